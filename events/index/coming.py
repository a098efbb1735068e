"""The coming dates of all listings at one moment: the next of each, by weekday and time of day."""

import dataclasses
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from events.index.rows import CODES, DAY

NEVER = np.iinfo(np.int32).max
SPANS_KEPT = 12


class Dates(Protocol):
    """The columns that this needs."""

    @property
    def first(self) -> NDArray[np.int64]: ...
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


class Coming:
    """Dates that are not over at a local minute.

    `next_of(span)` is a table with a row for each code (weekday and time of day) and a column for each slot:
    the place of the slot's first such date among all dates, or NEVER. Whatever days and times somebody asks
    for, the next date is the least of some rows.
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

    def next_of(self, span: Span) -> NDArray[np.int32]:
        table = self._tables.get(span)
        if table is None:
            inside = (self.begins >= span.start) & (self.begins < span.before)
            table = self._table(self.places[inside])
            if len(self._tables) >= SPANS_KEPT:
                self._tables = {ALWAYS: self._tables[ALWAYS]}
            self._tables[span] = table
        return table

    def after(
        self, place: int, slot: int, *, span: Span, codes: NDArray[np.intp], most: int
    ) -> Sequence[int]:
        """The places of a slot's dates from `place` on that begin in the span and have one of the codes."""
        last = int(self.dates.first[slot + 1]) if slot + 1 < len(self.dates.first) else len(self.dates.start)
        wanted = np.isin(self.dates.code[place:last], codes) & (self.dates.start[place:last] < span.before)
        return (place + np.flatnonzero(wanted)[:most]).tolist()

    def _table(self, places: NDArray[np.intp]) -> NDArray[np.int32]:
        slots = len(self.dates.first)
        table = np.full(slots * CODES, NEVER, dtype=np.int32)
        np.minimum.at(table, self.dates.cell[places], places.astype(np.int32))
        return np.ascontiguousarray(table.reshape(slots, CODES).T)
