"""What a person asks of one date, checked: times, venue, reason. Raises ValidationError beside the field."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import in_hand
from events.models import Activity
from events.recurrence import horizon
from events.recurrence.dates import exists
from events.wording import full_date_words, time_words
from organisations.models import Organisation, Venue
from places.clock import LONDON

LONGEST = datetime.timedelta(hours=24)
LONGEST_REASON = 200


def checked_times(
    starts_at: datetime.datetime, ends_at: datetime.datetime
) -> tuple[datetime.datetime, datetime.datetime]:
    """Start and end as moments: to come, within the horizon, in order. No zone means London's clock."""
    start, end = _moment("starts_at", starts_at), _moment("ends_at", ends_at)
    if start <= timezone.now():
        raise ValidationError({"starts_at": _("Choose a time that is still to come.")})
    if timezone.localdate(start) >= horizon(timezone.localdate()):
        raise ValidationError({"starts_at": _("Choose a date within the next 18 months.")})
    if end <= start:
        raise ValidationError({"ends_at": _("The end must be after the start.")})
    if end - start > LONGEST:
        raise ValidationError({"ends_at": _("One date lasts 24 hours at most.")})
    return start, end


def _moment(name: str, value: datetime.datetime) -> datetime.datetime:
    """The moment that London's clock means, the first of two; refused where it never shows that time."""
    if timezone.is_aware(value) and value.tzinfo is not LONDON:
        return value
    day, clock = value.date(), value.time().replace(fold=0)
    if not exists(day, clock):
        raise ValidationError(
            {
                name: _("On %(date)s the clocks go forward and there is no %(time)s. Choose another time.")
                % {"date": full_date_words(day), "time": time_words(clock)}
            }
        )
    return datetime.datetime.combine(day, clock, tzinfo=LONDON)


@in_hand.held_by(None)
def venues_for(activity: Activity) -> QuerySet[Venue]:
    """Where it can meet: at its own venue, those of its host and of whoever runs it too, and shared ones."""
    running = Organisation.objects.filter(Q(pk=activity.host_id) | Q(pk__in=activity.partners()))
    shared = Q(organisation=None, place__in=running.values("place"))
    return Venue.objects.filter(Q(pk=activity.venue_id) | Q(organisation__in=running) | shared)


def check_venue(venue: Venue, activity: Activity) -> None:
    """One of those where the activity can meet."""
    if not venues_for(activity).filter(pk=venue.pk).exists():
        raise ValidationError({"venue": _("Choose one of your own venues or a shared one.")})


def checked_reason(reason: str, *, needed: bool = True) -> str:
    """Without the spaces around it."""
    reason = reason.strip()
    if needed and not reason:
        raise ValidationError({"reason": _("Say why, in a few words: families see it.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("Keep it under 200 letters.")})
    return reason


def checked_notice(notice: str) -> str:
    """Without the spaces around it; empty for none."""
    notice = notice.strip()
    if len(notice) > LONGEST_REASON:
        raise ValidationError({"notice": _("Keep it under 200 letters.")})
    return notice
