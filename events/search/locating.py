"""Everything that answers a question, with where it is and when it is next: for a map."""

import dataclasses
import datetime

import numpy as np
from numpy.typing import NDArray

from events.index import NEVER, Snapshot
from events.query import Query, from_local_minute
from events.search.narrowing import Narrowing


@dataclasses.dataclass(frozen=True, slots=True)
class Spots:
    """A number for each activity, in the order of their next dates. Starts and ends are local minutes.

    Positions are of that date: `venues` are 0 for the activity's own, 1 for the first of those elsewhere.
    """

    slots: NDArray[np.intp]
    venues: NDArray[np.int64]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    changes_at: datetime.datetime

    def __len__(self) -> int:
        return len(self.slots)


def spots(query: Query, snapshot: Snapshot, now: datetime.datetime) -> Spots:
    """What `find` finds on all its pages. One query for words, else none."""
    narrowing = Narrowing(query, snapshot, now)
    columns, dates = snapshot.columns, narrowing.next_dates()
    slots = np.flatnonzero(narrowing.visible & narrowing.asked() & (dates != NEVER))
    order = np.lexsort((columns.key[slots], columns.start[dates[slots]]))
    slots = slots[order]
    places = dates[slots]
    there = narrowing.coming.spots(places)
    return Spots(
        slots=slots,
        venues=there - columns.first_spot[slots],
        latitudes=columns.latitude[there],
        longitudes=columns.longitude[there],
        starts=columns.start[places],
        ends=columns.end[places],
        changes_at=from_local_minute(narrowing.coming.changes_at),
    )
