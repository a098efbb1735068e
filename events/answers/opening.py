"""When the form behind the code takes answers, and of which date."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from events import permissions
from events.models import LETTERS, Activity, AnswerCode, Occurrence, State

BEFORE = datetime.timedelta(minutes=15)
"""People come early, and answer while they wait."""
AFTER = datetime.timedelta(hours=2)
"""They answer on the way home. Then the session is closed for good."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What the code leads to: the session that is on, or else the next one, if there is any."""

    activity: Activity
    now: Occurrence | None
    following: Occurrence | None


def closes_at(occurrence: Occurrence) -> datetime.datetime:
    return occurrence.ends_at + AFTER


def takes_answers(occurrence: Occurrence, now: datetime.datetime) -> bool:
    """From 15 minutes before its start until two hours after its end, unless it is called off."""
    if occurrence.state == State.CANCELLED or occurrence.public_since is None:
        return False
    return occurrence.starts_at - BEFORE <= now < closes_at(occurrence)


def find(code: str, now: datetime.datetime) -> Opened | None:
    """None where no activity has the code, or the public may not see it now."""
    code = code.lower()
    if not set(code) <= set(LETTERS):
        return None
    rows = AnswerCode.objects.select_related("activity__host__place", "activity__type")
    known = rows.filter(code=code).first()
    if known is None or not permissions.is_public(known.activity, timezone.localdate(now)):
        return None
    near = _near(known.activity, now)
    return Opened(known.activity, _now(near, now), next((row for row in near if row.starts_at > now), None))


def _near(activity: Activity, now: datetime.datetime) -> list[Occurrence]:
    """What is on, has just been, or comes next: a handful, in order."""
    rows = Occurrence.objects.filter(activity=activity).happening().once_public()
    return list(rows.filter(ends_at__gt=now - AFTER).select_related("venue").order_by("starts_at", "id")[:10])


def _now(near: list[Occurrence], now: datetime.datetime) -> Occurrence | None:
    """Of several that take answers the one that has begun and is not over, then the next, then the last."""
    open_now = [row for row in near if takes_answers(row, now)]
    begun = [row for row in open_now if row.starts_at <= now < row.ends_at]
    coming = [row for row in open_now if row.starts_at > now]
    return next(iter([*begun[::-1], *coming, *open_now[::-1]]), None)
