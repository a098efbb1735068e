"""As days go by: dates reach ever further, and those that are over leave the listings."""

import datetime
import logging

from django.db import transaction

from events import dates, listing
from events.actions import publishing, refreshing
from events.models import Activity, Listing
from events.query import local_minute
from events.recurrence import SchoolYear
from organisations.models import Generation

log = logging.getLogger(__name__)
AT_ONCE = 500


def extend_dates(*, now: datetime.datetime) -> int:
    """Settle every live activity whose stored dates are not what its rules want up to the horizon today.

    New terms and bank holidays arrive here too. Returns how many were settled; again at once, it is none.
    """
    years: dict[int, SchoolYear] = {}
    done = 0
    live = Activity.objects.filter(live=True).select_related("host__place").order_by("pk")
    for activity in live.prefetch_related("rules").iterator(chunk_size=AT_ONCE):
        place = activity.host.place
        if place.pk not in years:
            years[place.pk] = dates.school_year(place)
        if not refreshing.is_agreed(activity=activity, year=years[place.pk], now=now):
            done += _settle(activity, now)
    return done


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


def _settle(activity: Activity, now: datetime.datetime) -> int:
    """One that fails never stops the others."""
    try:
        publishing.settle(activity=activity, by=None, now=now)
    except Exception:
        log.exception("activity %s: dates not extended", activity.uuid)
        return 0
    return 1
