"""Organisers go on saying that what families read is right, and how they keep children safe: what nobody
confirms leaves the lists, and all of who does not sign again leaves the site.

Declarations are signed again at a start of the demonstration before they run out, or after. Most confirm
their activities at every start, some within the last weeks and some months ago. In `content/`
`confirmed = "late"` was answered so long ago that its page says since when, `confirmed = "never"` has left.
"""

import datetime
import random
from uuid import UUID

from django.utils import timezone

from events.actions import confirming
from events.confirmed import UNSURE_AFTER, has_left
from events.models import Activity
from mingle.demo import clock, organisers, reading
from mingle.demo.reading import same_every_time
from organisations.models import Organisation

LATE, NEVER = "late", "never"
DAYS_AGO = 10, 100
LATE_AGO = datetime.timedelta(days=130)


def keep(now: datetime.datetime) -> int:
    """Confirm what has gone unconfirmed for too long; returns how many that were.

    As who reads an organiser's mail would: nothing that a visitor changed becomes another thing, and what a
    visitor has added, withdrawn or taken off the site is left alone.
    """
    today = timezone.localdate(now)
    organisers.sign_again(reading.organisations(), now)
    how = _how_confirmed()
    shown = Activity.objects.filter(live=True, host__in=Organisation.objects.public(today))
    known = shown.filter(uuid__in=how, confirmed_on__lte=today - UNSURE_AFTER).order_by("pk")
    return sum(_confirm(activity, how[activity.uuid], now) for activity in known)


def _how_confirmed() -> dict[UUID, str]:
    """Of each activity in `content/` how its people confirm it; empty where they do as most."""
    return {
        same_every_time("activity", slug, words["title"]): words.get("confirmed", "")
        for slug, facts in reading.organisations().items()
        for words in facts["activity"]
    }


def _confirm(activity: Activity, how: str, now: datetime.datetime) -> bool:
    on, today = activity.confirmed_on, timezone.localdate(now)
    if on is None or how == NEVER or (how == LATE and not has_left(on, today)):
        return False
    with clock.at(now - (LATE_AGO if how == LATE else _ago(activity.uuid))):
        return confirming.confirm(activity=activity)


def _ago(uuid: UUID) -> datetime.timedelta:
    days = random.Random(str(uuid)).randint(*DAYS_AGO)  # noqa: S311 (the same in every run)
    return datetime.timedelta(days=days)
