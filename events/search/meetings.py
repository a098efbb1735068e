"""Single meetings that answer a question, a month at a time: what the calendar shows."""

import dataclasses
import datetime
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.index import NEVER, Snapshot
from events.index.coming import Span
from events.index.rows import CODES, DAY, day_number
from events.index.snapshot import Mask
from events.query import Query, from_local_minute, minute_of_day
from events.query.dates import EPOCH
from events.search.finding import SLOT_BITS
from events.search.narrowing import Narrowing

A_PAGE = 100
# Up to so many activities, cancelled dates are looked for of all that answer; else of those on the page.
FEW = 500
Places = NDArray[np.intp]


@dataclasses.dataclass(frozen=True, slots=True)
class Meeting:
    """`day` is the one under which it stands: that on which it begins, or today if it has begun before."""

    key: int
    day: datetime.date
    starts_at: datetime.datetime
    ends_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Month:
    """A page of a month's meetings in the order of time, and what there is on each day of the month.

    `activities` counts how many meet on a day, `pages_of` says on which page a day begins. The page answers
    for the time from `opens` to `closes`. `suits` says which of the children asked for, of every activity
    whose cancelled dates should show too. `later` is the next month after it that has something.
    """

    first: datetime.date
    meetings: list[Meeting]
    activities: dict[datetime.date, int]
    pages_of: dict[datetime.date, int]
    total: int
    pages: int
    opens: datetime.datetime
    closes: datetime.datetime
    suits: dict[int, tuple[int, ...]]
    earlier: datetime.date | None
    later: datetime.date | None


def month(query: Query, snapshot: Snapshot, now: datetime.datetime) -> Month:
    """The month asked for, or that of the first meeting that answers; for a question that finds something.

    1. Which activities answer, by all but dates.
    2. Which of their dates begin in the month and are on the days and at the times asked for, in order.
    3. How many activities meet each day; then the page's meetings, and what else may be said of them.
    """
    narrowing = Narrowing(query, snapshot, now)
    mask = narrowing.visible & narrowing.asked()
    first = query.month or _first_of(_first_day(narrowing, mask))
    span = _span(narrowing, first)
    places, slots = _within(narrowing, mask, span)
    starts = snapshot.columns.start[places]
    days = np.maximum(starts // DAY, day_number(narrowing.today))
    begin = (query.page - 1) * A_PAGE
    shown = slice(begin, begin + A_PAGE)
    return Month(
        first=first,
        meetings=[
            _meeting(snapshot, *each) for each in zip(slots[shown], places[shown], days[shown], strict=True)
        ],
        activities=_activities(days, slots),
        pages_of=_pages_of(days),
        total=len(places),
        pages=max(1, math.ceil(len(places) / A_PAGE)),
        opens=_moment(starts, begin, span.start) if begin else from_local_minute(span.start),
        closes=_moment(starts, begin + A_PAGE, span.before),
        suits=_suits(narrowing, mask, slots[shown]),
        earlier=_before(first) if first > _first_of(narrowing.today) else None,
        later=_later(narrowing, mask, span),
    )


def _first_of(day: datetime.date) -> datetime.date:
    return day.replace(day=1)


def _before(first: datetime.date) -> datetime.date:
    return _first_of(first - datetime.timedelta(days=1))


def _after(first: datetime.date) -> datetime.date:
    return _first_of(first + datetime.timedelta(days=31))


def _day_of(minute: int) -> datetime.date:
    return EPOCH.date() + datetime.timedelta(days=minute // DAY)


def _first_day(narrowing: Narrowing, mask: Mask) -> datetime.date:
    """That of the first meeting that answers, today if it goes on since before, or if there is none."""
    first = _first_start(narrowing, mask, narrowing.next_dates())
    return max(narrowing.today, _day_of(first)) if first is not None else narrowing.today


def _first_start(narrowing: Narrowing, mask: Mask, places: NDArray[np.int32]) -> int | None:
    found = places[mask]
    found = found[found != NEVER]
    return int(narrowing.snapshot.columns.start[found].min()) if len(found) else None


def _span(narrowing: Narrowing, first: datetime.date) -> Span:
    """The part of the month that was asked for. What goes on since before this month belongs to it."""
    asked = narrowing.span
    start = 0 if first == _first_of(narrowing.today) else minute_of_day(first)
    return Span(max(start, asked.start), min(minute_of_day(_after(first)), asked.before))


def _within(narrowing: Narrowing, mask: Mask, span: Span) -> tuple[Places, NDArray[np.int32]]:
    """The places of the dates that answer, with their slots, in the order of their starts."""
    columns, coming = narrowing.snapshot.columns, narrowing.coming
    places = coming.places[(coming.begins >= span.start) & (coming.begins < span.before)]
    spots = coming.spots(places)
    slots = columns.slot[spots]
    asked = np.zeros(CODES, dtype=bool)
    asked[narrowing.codes] = True
    wanted = mask[slots] & narrowing.spots[spots] & asked[columns.code[places]]
    places, slots = places[wanted], slots[wanted]
    order = np.argsort(columns.start[places].astype(np.int64) << SLOT_BITS | slots)
    return places[order], slots[order]


def _meeting(snapshot: Snapshot, slot: int, place: int, day: int) -> Meeting:
    columns = snapshot.columns
    return Meeting(
        key=int(columns.key[slot]),
        day=_day_of(int(day) * DAY),
        starts_at=from_local_minute(int(columns.start[place])),
        ends_at=from_local_minute(int(columns.end[place])),
    )


def _activities(days: NDArray[np.int32], slots: NDArray[np.int32]) -> dict[datetime.date, int]:
    """How many meet on each day; one that meets twice counts once."""
    meetings = np.sort(days.astype(np.int64) << SLOT_BITS | slots)
    once = meetings[_firsts(meetings)] >> SLOT_BITS
    starts = _firsts(once)
    counts = np.diff(starts, append=len(once))
    return {_day_of(int(day) * DAY): int(count) for day, count in zip(once[starts], counts, strict=True)}


def _pages_of(days: NDArray[np.int32]) -> dict[datetime.date, int]:
    return {_day_of(int(days[at]) * DAY): int(at) // A_PAGE + 1 for at in _firsts(days)}


def _firsts(numbers: NDArray[Any]) -> NDArray[np.intp]:
    """Where each number comes first, in numbers that are in order and not negative."""
    return np.flatnonzero(np.diff(numbers, prepend=-1))


def _moment(starts: NDArray[np.int32], at: int, otherwise: int) -> datetime.datetime:
    return from_local_minute(int(starts[at]) if at < len(starts) else otherwise)


def _suits(narrowing: Narrowing, mask: Mask, shown: NDArray[np.int32]) -> dict[int, tuple[int, ...]]:
    slots = np.flatnonzero(mask)
    if len(slots) > FEW:
        slots = np.unique(shown)
    return {int(narrowing.snapshot.columns.key[slot]): narrowing.ages_suited(slot) for slot in slots}


def _later(narrowing: Narrowing, mask: Mask, span: Span) -> datetime.date | None:
    """Found in the table of what begins after the span, which is kept for the next question."""
    rest = Span(max(span.before, narrowing.span.start), narrowing.span.before)
    if rest.start >= rest.before:
        return None
    after = narrowing.coming.table(rest).first(narrowing.codes, narrowing.spots)
    first = _first_start(narrowing, mask, after)
    return None if first is None else _first_of(_day_of(first))
