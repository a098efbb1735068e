"""When the form behind the code takes answers, and of which date: on count days alone.

A count day that is drawn and not announced yet is as secret here as anywhere: its date is no count day.
"""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from events import addresses
from events.models import LETTERS, AnswerCode, Occurrence, State
from organisations.models import Organisation

BEFORE = datetime.timedelta(minutes=15)
"""People come early, and answer while they wait."""
AFTER = datetime.timedelta(hours=2)
"""They answer on the way home. Then the session is closed for good."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the code leads to: the count day that is on, or else the next that was announced, if any."""

    title: str
    address: str
    """Of the activity's page."""
    now: Occurrence | None
    following: Occurrence | None


def begins_at(occurrence: Occurrence) -> datetime.datetime:
    return occurrence.starts_at - BEFORE


def closes_at(occurrence: Occurrence) -> datetime.datetime:
    return occurrence.ends_at + AFTER


def takes_answers(occurrence: Occurrence, now: datetime.datetime) -> bool:
    """On a count day from 15 minutes before its start until two hours after its end, unless it is off."""
    if occurrence.announced_count_day is None:
        return False
    if occurrence.state == State.CANCELLED or occurrence.public_since is None:
        return False
    return begins_at(occurrence) <= now < closes_at(occurrence)


def find(code: str, now: datetime.datetime) -> Opened | None:
    """None where no activity has the code, or the public may not see it now."""
    code = code.lower()
    if not set(code) <= set(LETTERS):
        return None
    public = Organisation.objects.public(timezone.localdate(now))
    rows = AnswerCode.objects.filter(code=code, activity__live=True, activity__host__in=public)
    known = rows.values_list("activity", "activity__title", "activity__host__slug", "activity__slug").first()
    if known is None:
        return None
    activity, title, host, slug = known
    near = _near(activity, now)
    following = next((row for row in near if row.starts_at > now), None)
    return Opened(title, addresses.path(host, slug), _now(near, now), following)


def _near(activity: int, now: datetime.datetime) -> list[Occurrence]:
    """Count days that are on, have just been, or come next: a handful, in order, with what an answer asks.
    Not joined with the code: to plan for nine tables takes far longer than to read twice.
    """
    rows = Occurrence.objects.filter(activity=activity, count_day__announced_at__isnull=False)
    rows = rows.happening().once_public().filter(ends_at__gt=now - AFTER)
    rows = rows.select_related("count_day", "register__answer_session")
    return list(rows.order_by("starts_at", "id")[:10])


def _now(near: list[Occurrence], now: datetime.datetime) -> Occurrence | None:
    """Of several that take answers the one that has begun and is not over, then the next, then the last."""
    open_now = [row for row in near if takes_answers(row, now)]
    begun = [row for row in open_now if row.starts_at <= now < row.ends_at]
    coming = [row for row in open_now if row.starts_at > now]
    return next(iter([*begun[::-1], *coming, *open_now[::-1]]), None)
