"""As days go by: dates reach ever further, follow the school year, and leave the listings when over."""

import datetime
import logging
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Case, F, QuerySet, When
from django.utils import timezone

from accounts.models import User
from events import dates, listing
from events.actions import publishing, refreshing
from events.models import Activity, Listing, Occurrence, State
from events.query import local_minute
from events.recurrence import SchoolYear
from organisations.models import Generation
from places.models import Place

log = logging.getLogger(__name__)
AT_ONCE = 500


def extend_dates(*, now: datetime.datetime) -> int:
    """Settle every live activity whose stored dates are not what its rules want up to the horizon today.

    Returns how many were settled; again at once, it is none.
    """
    return sum(_settle(activity, now) for activity in _out_of_step(Activity.objects.all(), now))


@transaction.atomic
def follow_school_year(*, places: Iterable[Place], by: User | None) -> int:
    """Settle the live activities of places whose terms or bank holidays have changed; returns how many.

    In the transaction of that change, so that nobody meets new terms with old dates, and all or none. Dates
    keep their identity: one that is no longer in term time is withdrawn, as when its rule is edited.
    """
    now = timezone.now()
    there = Activity.objects.filter(host__place__in=list(places))
    keys = [activity.pk for activity in _out_of_step(there, now)]
    for activity in publishing.lock_all(Activity.objects.filter(pk__in=keys)):
        publishing.settle(activity=activity, by=by, action="activity.followed_school_year", now=now)
    return len(keys)


def let_past_dates_go(*, now: datetime.datetime) -> int:
    """Write the listings anew whose first date is over."""
    over = Listing.objects.filter(public=True, ends__0__lt=local_minute(now)).order_by("pk")
    keys = list(over.values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        with transaction.atomic():
            publishing.lock_all(Activity.objects.filter(pk__in=some))
            listing.write_many(some, generation=Generation.objects.raised(), now=now)
    return len(keys)


def past_dates(*, now: datetime.datetime) -> QuerySet[Occurrence]:
    """Dates that are over and that nobody called off, but for those that were never public."""
    open_ones = Occurrence.objects.once_public().filter(state__in=[State.SCHEDULED, State.MOVED])
    return open_ones.filter(ends_at__lte=now)


def hold_past_dates(*, now: datetime.datetime) -> int:
    """Dates that are over were held, in one statement; returns how many. Again at once, it is none.

    No reader is told anything new: a date that was moved keeps `moved_from`, by which its calendar entry goes
    on saying so.
    """
    was_moved = Case(When(state=State.MOVED, then=F("moved_from")), default=None)
    return past_dates(now=now).update(state=State.HELD, moved_from=was_moved)


def put_listings_right(*, now: datetime.datetime) -> int:
    """Write the listings anew that are no longer true, or whose cards an earlier release has drawn."""
    keys = list(Listing.objects.order_by("pk").values_list("pk", flat=True))
    written = 0
    for first in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            if some := listing.untrue(keys[first : first + AT_ONCE], now):
                publishing.lock_all(Activity.objects.filter(pk__in=some))
                listing.write_many(some, generation=Generation.objects.raised(), now=now)
        written += len(some)
    return written


def _out_of_step(activities: QuerySet[Activity], now: datetime.datetime) -> Iterator[Activity]:
    """Live ones whose rules want other dates than are stored."""
    years: dict[int, SchoolYear] = {}
    live = activities.filter(live=True).select_related("host__place").order_by("pk")
    for activity in live.prefetch_related("rules").iterator(chunk_size=AT_ONCE):
        place = activity.host.place
        if place.pk not in years:
            years[place.pk] = dates.school_year(place)
        if not refreshing.is_agreed(activity=activity, year=years[place.pk], now=now):
            yield activity


def _settle(activity: Activity, now: datetime.datetime) -> int:
    """One that fails never stops the others."""
    try:
        publishing.settle(activity=activity, by=None, now=now)
    except Exception:
        log.exception("activity %s: dates not extended", activity.uuid)
        return 0
    return 1
