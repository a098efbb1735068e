"""From the words of a schedule in `content/` to a rule, with dates counted from the week of loading.

    { every = "2 weeks", on = "tue thu", at = "16:30-18:00", since = -40, until = 12, season = "term" }

`every`: once, day, week, n weeks, month on the date (`on = "15"`), month on the weekday (`on = "2 sat"`),
month on the last weekday (`on = "fri"`). `since`, `until`, `left_out` count weeks from this one, `added` is a
week and a day ("2 sat"). `interval` is for days and months; `times`, `season` and `where` as in the editor.
"""

import datetime
from collections.abc import Iterator
from itertools import count

from events.models import ScheduleRule
from events.recurrence import Repeat
from mingle.demo.reading import Facts
from organisations.models import Venue

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHLY = {
    "month on the date": Repeat.MONTHLY_DATE,
    "month on the weekday": Repeat.MONTHLY_WEEKDAY,
    "month on the last weekday": Repeat.MONTHLY_LAST_WEEKDAY,
}


def rule(words: Facts, today: datetime.date, venues: dict[str, Venue]) -> ScheduleRule:
    """The row, unsaved."""
    monday = today - datetime.timedelta(days=today.weekday())
    since = monday + datetime.timedelta(weeks=words["since"])
    start, end = times(words["at"])
    repeat, interval = _repeat(words)
    on = words.get("on", "")
    weekdays = sorted(DAYS.index(day) for day in on.split()) if repeat == Repeat.WEEKLY else []
    return ScheduleRule(
        first_date=_first(repeat, on, since),
        start=start,
        end=end,
        repeat=repeat.value,
        interval=interval,
        weekdays=weekdays,
        until=_end_of_week(monday, words.get("until")),
        times=words.get("times"),
        season=words.get("season", "any"),
        left_out=[
            monday + datetime.timedelta(weeks=week, days=day)
            for week in words.get("left_out", [])
            for day in weekdays
        ],
        added=[_day(monday, text) for text in words.get("added", [])],
        venue=venues[words["where"]] if "where" in words else None,
    )


def times(text: str) -> tuple[datetime.time, datetime.time]:
    """ "16:30-18:00" as two times."""
    start, end = map(datetime.time.fromisoformat, text.split("-"))
    return start, end


def _repeat(words: Facts) -> tuple[Repeat, int]:
    every, interval = words["every"], words.get("interval", 1)
    if every in MONTHLY:
        return MONTHLY[every], interval
    if every == "once":
        return Repeat.ONCE, 1
    if every == "day":
        return Repeat.DAILY, interval
    return Repeat.WEEKLY, int(every.split()[0]) if every != "week" else 1


def _first(repeat: Repeat, on: str, since: datetime.date) -> datetime.date:
    """The first day from `since` on that the words name."""
    if repeat == Repeat.DAILY:
        return since
    if repeat == Repeat.MONTHLY_DATE:
        return next(day for day in _days_from(since) if day.day == int(on))
    if repeat == Repeat.MONTHLY_WEEKDAY:
        place, name = on.split()
        named = (day for day in _days_from(since) if day.weekday() == DAYS.index(name))
        return next(day for day in named if (day.day - 1) // 7 == int(place) - 1)
    first = min(DAYS.index(name) for name in on.split())
    return next(day for day in _days_from(since) if day.weekday() == first)


def _days_from(first: datetime.date) -> Iterator[datetime.date]:
    return (first + datetime.timedelta(days=days) for days in count())


def _end_of_week(monday: datetime.date, weeks: int | None) -> datetime.date | None:
    return None if weeks is None else monday + datetime.timedelta(weeks=weeks, days=6)


def _day(monday: datetime.date, text: str) -> datetime.date:
    week, name = text.split()
    return monday + datetime.timedelta(weeks=int(week), days=DAYS.index(name))
