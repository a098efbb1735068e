"""Answers to a question: a page of activities with their next dates, and the numbers beside the filters."""

import dataclasses
import datetime
import math

import numpy as np
from numpy.typing import NDArray

from events import index
from events.index import NEVER, Snapshot
from events.index.snapshot import Mask
from events.query import Query, from_local_minute
from events.search.narrowing import Narrowing

A_PAGE = 20
DATES_SHOWN = 3
# What is sorted by, in one number: 42 bits for the order, of which 24 for a local minute, 20 for the slot.
SLOT_BITS, SORT_BITS, START_BITS = 20, 42, 24
LEAST_FIT = 1 << 10


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """An activity that answers the question, with its next dates that do."""

    key: int
    dates: tuple[tuple[datetime.datetime, datetime.datetime], ...]
    miles: float | None
    suits: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Results:
    """A page of answers. `total` is of all pages; each count leaves its own filter out.

    `ask` is how many more there could be, if what nobody has said of access turns out well.
    `changes_at` is when this may look different although nothing was changed.
    """

    found: list[Found]
    total: int
    pages: int
    types: dict[str, int]
    days: dict[str, int]
    free: int
    ask: int
    ages: tuple[int, ...]
    instead: dict[str, str]
    changes_at: datetime.datetime


def find(
    query: Query, now: datetime.datetime, *, generation: int | None = None, most: int = A_PAGE
) -> Results:
    """The page of answers asked for, so many a page. One query for words, beside what is new."""
    return answer(query, index.current(generation), now, most=most)


def answer(query: Query, snapshot: Snapshot, now: datetime.datetime, *, most: int = A_PAGE) -> Results:
    """`find` in one snapshot."""
    narrowing = Narrowing(query, snapshot, now)
    visible = narrowing.visible
    next_dates = narrowing.next_dates()
    possible = visible & narrowing.others
    answered = possible & (next_dates != NEVER)
    mask = answered & narrowing.types & narrowing.free
    total = int(np.count_nonzero(mask))
    asking = possible & narrowing.types & narrowing.free & narrowing.meets_where_nobody_said()
    return Results(
        found=[
            _found(narrowing, slot, int(next_dates[slot]))
            for slot in _page(narrowing, mask, next_dates, most)
        ],
        total=total,
        pages=max(1, math.ceil(total / most)),
        types=narrowing.type_counts(answered & narrowing.free),
        days=narrowing.day_counts(visible & narrowing.asked()),
        free=int(np.count_nonzero(answered & narrowing.types & snapshot.columns.free)),
        ask=int(np.count_nonzero(asking)),
        ages=narrowing.ages,
        instead=narrowing.matches.instead if narrowing.matches else {},
        changes_at=from_local_minute(narrowing.coming.changes_at),
    )


def count(query: Query, snapshot: Snapshot, now: datetime.datetime) -> int:
    """How many activities answer the question."""
    narrowing = Narrowing(query, snapshot, now)
    return int(np.count_nonzero(narrowing.visible & narrowing.asked() & (narrowing.next_dates() != NEVER)))


def matching(query: Query, now: datetime.datetime, *, generation: int | None = None) -> list[int]:
    """Keys of the listed activities that answer the question, dates or no dates. Dates, days and times of the
    question are left out: they are of single meetings; see `query.meets`.
    """
    narrowing = Narrowing(query, index.current(generation), now)
    return np.sort(narrowing.snapshot.columns.key[narrowing.asked() & narrowing.visible]).tolist()


def meant(query: Query, now: datetime.datetime, *, generation: int | None = None) -> NDArray[np.int64]:
    """Keys of the activities that a subscription to the question is about: as `matching`, and those that are
    withheld. A host may have lapsed, or the activity have been taken away.
    """
    narrowing = Narrowing(query, index.current(generation), now)
    return narrowing.snapshot.columns.key[narrowing.asked()]


def _page(narrowing: Narrowing, mask: Mask, next_dates: NDArray[np.int32], most: int) -> list[int]:
    """The slots of the page, in order, without sorting all that were found.

    1. Make one number for each: whether it suits every child, then what is sorted by, then the slot.
    2. Take the least up to the page's end, and sort these.
    """
    slots = np.flatnonzero(mask)
    first = (narrowing.query.page - 1) * most
    if first >= len(slots):
        return []
    order = (_sorted_by(narrowing, slots, next_dates) << SLOT_BITS) | slots
    if len(narrowing.suits) > 1:
        for_all = np.logical_and.reduce(narrowing.suits)[slots]
        order |= (~for_all).astype(np.int64) << (SLOT_BITS + SORT_BITS)
    last = min(first + most, len(slots))
    places = np.argpartition(order, last - 1)[:last]
    return slots[places[np.argsort(order[places])]][first:].tolist()


def _sorted_by(
    narrowing: Narrowing, slots: NDArray[np.intp], next_dates: NDArray[np.int32]
) -> NDArray[np.int64]:
    """A whole number for each slot: the title's rank, or the next date after distance or fit, if asked for.

    Distance counts in tens of yards, so that what meets in one house is in the order of its dates.
    """
    sort = narrowing.query.sort or ("match" if narrowing.matches else "date")
    if sort == "title":
        return narrowing.snapshot.title_order[slots]
    start = narrowing.snapshot.columns.start[next_dates[slots]].astype(np.int64)
    if sort == "distance" and narrowing.miles is not None:
        miles = narrowing.miles[narrowing.coming.spots(next_dates[slots])]
        return np.rint(miles * 176).astype(np.int64) << START_BITS | start
    if sort == "match" and narrowing.matches:
        worse = (1 - np.minimum(narrowing.matches.fit[slots], 1)) * LEAST_FIT
        return np.rint(worse).astype(np.int64) << START_BITS | start
    return start


def _found(narrowing: Narrowing, slot: int, place: int) -> Found:
    """Where a distance is said, it holds for every date that is shown."""
    columns = narrowing.snapshot.columns
    places = narrowing.coming.after(
        place,
        slot,
        span=narrowing.span,
        codes=narrowing.codes,
        spots=narrowing.spots_with(place),
        most=DATES_SHOWN,
    )
    return Found(
        key=int(columns.key[slot]),
        dates=tuple(
            (from_local_minute(int(columns.start[each])), from_local_minute(int(columns.end[each])))
            for each in places
        ),
        miles=narrowing.miles_to(place),
        suits=narrowing.ages_suited(slot),
    )
