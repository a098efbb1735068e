"""The coming dates of all listings at one moment: the next of each, by weekday and time of day."""

import dataclasses
import functools
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from events.index.rows import CODES, DAY

NEVER = np.iinfo(np.int32).max
SPANS_KEPT = 12
Spots = NDArray[np.bool_]


class Dates(Protocol):
    """The columns that this needs."""

    @property
    def first(self) -> NDArray[np.int64]: ...
    @property
    def first_spot(self) -> NDArray[np.int64]: ...
    @property
    def slot(self) -> NDArray[np.int32]: ...
    @property
    def start(self) -> NDArray[np.int32]: ...
    @property
    def end(self) -> NDArray[np.int32]: ...
    @property
    def code(self) -> NDArray[np.uint8]: ...
    @property
    def cell(self) -> NDArray[np.int32]: ...


@dataclasses.dataclass(frozen=True)
class Span:
    """Local minutes from which and before which a meeting begins."""

    start: int = 0
    before: int = NEVER


ALWAYS = Span()


def by_slot(join: np.ufunc, of_spots: NDArray[Any], first_spot: NDArray[np.int64]) -> NDArray[Any]:
    """Of each slot what its spots make together. Where every slot has one, that is all."""
    return of_spots if len(of_spots) == len(first_spot) else join.reduceat(of_spots, first_spot)


@dataclasses.dataclass(frozen=True)
class Table:
    """A row for each code (weekday and time of day), a column for each spot.

    `places` are those of the spot's first such date among all dates, or NEVER; `held` has a bit for each code
    that a spot has dates of. Answers are of slots.
    """

    places: NDArray[np.int32]
    held: NDArray[np.uint32]
    first_spot: NDArray[np.int64]

    @functools.cached_property
    def _soonest(self) -> NDArray[np.int32]:
        """Of any code."""
        return self.places.min(axis=0, initial=NEVER)

    @functools.cached_property
    def next(self) -> NDArray[np.int32]:
        """The place of each slot's first date of any code at any spot, or NEVER."""
        return by_slot(np.minimum, self._soonest, self.first_spot)

    def first(self, codes: NDArray[np.intp], spots: Spots) -> NDArray[np.int32]:
        """The place of each slot's first date of one of the codes at one of the spots, or NEVER."""
        soonest = self._soonest if len(codes) == CODES else self.places[codes].min(axis=0, initial=NEVER)
        return by_slot(np.minimum, np.where(spots, soonest, np.int32(NEVER)), self.first_spot)

    def codes(self, spots: Spots) -> NDArray[np.uint32]:
        """A bit for each code that a slot has dates of at one of the spots."""
        return by_slot(np.bitwise_or, np.where(spots, self.held, np.uint32(0)), self.first_spot)


class Coming:
    """Dates that are not over at a local minute.

    Whatever days and times somebody asks for, the next date is the least of some rows of one table.
    """

    def __init__(self, dates: Dates, minute: int) -> None:
        self.dates = dates
        self.since = minute
        self.places = np.flatnonzero(dates.end > minute)
        self.begins = begins = dates.start[self.places]
        ends = dates.end[self.places]
        midnight = (minute // DAY + 1) * DAY
        moments = [midnight, *(part.min() for part in (begins[begins > minute], ends) if len(part))]
        self.changes_at = int(min(moments))
        self._tables = {ALWAYS: self._table(self.places)}

    def table(self, span: Span) -> Table:
        """The dates that begin in the span; kept for the spans that were asked for last."""
        table = self._tables.get(span)
        if table is None:
            inside = (self.begins >= span.start) & (self.begins < span.before)
            table = self._table(self.places[inside])
            if len(self._tables) >= SPANS_KEPT:
                self._tables = {ALWAYS: self._tables[ALWAYS]}
            self._tables[span] = table
        return table

    def after(
        self, place: int, slot: int, *, span: Span, codes: NDArray[np.intp], spots: Spots, most: int
    ) -> list[int]:
        """The places of a slot's dates from `place` on that begin in the span, have one of the codes and are
        at one of the spots."""
        last = int(self.dates.first[slot + 1]) if slot + 1 < len(self.dates.first) else len(self.dates.start)
        wanted = self.dates.start[place:last] < span.before
        if len(codes) < CODES:
            asked = np.zeros(CODES, dtype=bool)
            asked[codes] = True
            wanted &= asked[self.dates.code[place:last]]
        if len(self.dates.slot) > len(self.dates.first):
            wanted &= spots[self.dates.cell[place:last] // CODES]
        return (place + np.flatnonzero(wanted)[:most]).tolist()

    def spots(self, places: NDArray[Any]) -> NDArray[np.int32]:
        """Where the dates are that stand in these places."""
        return self.dates.cell[places] // CODES

    def _table(self, places: NDArray[np.intp]) -> Table:
        spots = len(self.dates.slot)
        table = np.full(spots * CODES, NEVER, dtype=np.int32)
        np.minimum.at(table, self.dates.cell[places], places.astype(np.int32))
        firsts = np.ascontiguousarray(table.reshape(spots, CODES).T)
        bits = np.zeros((spots, 4), dtype=np.uint8)
        bits[:] = np.packbits(firsts != NEVER, axis=0, bitorder="little").T
        return Table(firsts, bits.view("<u4").reshape(spots), self.dates.first_spot)
