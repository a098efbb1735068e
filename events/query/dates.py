"""Days and times of day as people ask for them, in local time. Pure."""

import datetime
from collections.abc import Iterable

from events.query.question import Query
from places.clock import LONDON

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHENS = ("today", "tomorrow", "weekend", "week", "month")
# The days that count, and from and before which minute of the day a meeting begins.
TIMES = {
    "morning": (range(7), 0, 12 * 60),
    "afterschool": (range(5), 15 * 60, 18 * 60),
    "evening": (range(7), 18 * 60, 24 * 60),
}
EPOCH = datetime.datetime(2020, 1, 1)  # noqa: DTZ001 - local time without an offset, on purpose
SATURDAY, SUNDAY = 5, 6


def local_minute(moment: datetime.datetime) -> int:
    """Minutes on London's clocks since the first of January 2020: what listings and the index count in."""
    return (moment.astimezone(LONDON).replace(tzinfo=None) - EPOCH) // datetime.timedelta(minutes=1)


def from_local_minute(minute: int) -> datetime.datetime:
    """The moment of such a minute; where clocks show it twice, the first."""
    return (EPOCH + datetime.timedelta(minutes=minute)).replace(tzinfo=LONDON)


def minute_of_day(day: datetime.date) -> int:
    """The local minute at which a day begins."""
    return (day - EPOCH.date()).days * 24 * 60


def span(query: Query, today: datetime.date) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day asked for; None where that side is open.

    The weekend is what is left of this one, or the next. A week is seven days from today, a month thirty-one.
    """
    if query.when == "weekend":
        weekday = today.weekday()
        first = today if weekday == SUNDAY else today + datetime.timedelta(days=SATURDAY - weekday)
        return first, first + datetime.timedelta(days=SUNDAY - first.weekday())
    if query.when:
        start, length = {"today": (0, 1), "tomorrow": (1, 1), "week": (0, 7), "month": (0, 31)}[query.when]
        first = today + datetime.timedelta(days=start)
        return first, first + datetime.timedelta(days=length - 1)
    return query.first_day, query.last_day


def time_of_day(weekday: int, minute: int) -> str:
    """Which of the named times a start belongs to, or empty: Saturday at 4 pm is not after school."""
    return next(
        (
            name
            for name, (days, first, before) in TIMES.items()
            if weekday in days and first <= minute < before
        ),
        "",
    )


def meets(start: datetime.datetime, *, days: Iterable[str], times: Iterable[str]) -> bool:
    """Whether a meeting that starts then, in local time, is on one of the days and at one of the times."""
    days, times = set(days), set(times)
    weekday = start.weekday()
    return (not days or DAYS[weekday] in days) and (
        not times or time_of_day(weekday, start.hour * 60 + start.minute) in times
    )
