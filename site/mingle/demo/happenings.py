"""What befell single dates: called off, moved, told something, each at the time when somebody did it.

`coming = 2` is the second date from now, `past = 6` the sixth back from now.
"""

import datetime

from django.utils import timezone

from accounts.models import User
from events.actions import extending, occurrences
from events.models import Activity, Occurrence
from mingle.demo import clock, schedules
from mingle.demo.reading import Facts

SHORT_NOTICE = datetime.timedelta(days=2)
EARLIER_TODAY = datetime.timedelta(hours=2)


def happen(activity: Activity, words: Facts, by: User, now: datetime.datetime) -> None:
    for line in words.get("cancel", []):
        occurrence = _date(activity, line, now)
        with clock.at(_when_said(occurrence, now)):
            occurrences.cancel(occurrence=occurrence, reason=line["why"], by=by)
    for line in words.get("move", []):
        _move(_date(activity, line, now), line, by, now)
    for line in words.get("notices", []):
        occurrence = _date(activity, line, now)
        with clock.at(_when_said(occurrence, now)):
            occurrences.put_notice(occurrence=occurrence, notice=line["say"], by=by)


def _move(occurrence: Occurrence, line: Facts, by: User, now: datetime.datetime) -> None:
    start, end = schedules.times(line["at"])
    local = timezone.localtime(occurrence.starts_at)
    day = local.date() + datetime.timedelta(days=line.get("days", 0))
    with clock.at(_when_said(occurrence, now)):
        occurrences.move(
            occurrence=occurrence,
            starts_at=datetime.datetime.combine(day, start),
            ends_at=datetime.datetime.combine(day, end),
            by=by,
            reason=line["why"],
        )


def _when_said(occurrence: Occurrence, now: datetime.datetime) -> datetime.datetime:
    """Two days before, and not later than this morning."""
    return min(occurrence.starts_at - SHORT_NOTICE, now - EARLIER_TODAY)


def _date(activity: Activity, line: Facts, now: datetime.datetime) -> Occurrence:
    rows = Occurrence.objects.filter(activity=activity).select_related("activity", "venue")
    if "past" in line:
        return rows.filter(ends_at__lte=now).order_by("-starts_at")[line["past"] - 1]
    return rows.filter(starts_at__gt=now).order_by("starts_at")[line["coming"] - 1]


def catch_up(now: datetime.datetime) -> None:
    """Dates as far ahead as the horizon of today, and none in the listings that is over."""
    extending.extend_dates(now=now)
    extending.let_past_dates_go(now=now)
