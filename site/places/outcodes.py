"""Every outcode's position, kept in the worker's memory so that a search near "HX1" costs no query."""

import time
from typing import NamedTuple

import numpy as np

from places.distance import miles_from
from places.models import Outcode
from places.retired import RETIRED

# How long a worker goes on without asking whether the directory has been loaded again.
SECONDS_UNASKED = 300


class Known(NamedTuple):
    """`complete`: every postcode of it is loaded, so that one which is not there does not exist."""

    code: str
    latitude: float | None
    longitude: float | None
    area_code: str
    complete: bool


class _Memory:
    """What this worker knows. Replaced whole, never changed, so that threads see one or the other."""

    def __init__(self, known: dict[str, Known], edition: int, asked: float) -> None:
        self.known, self.edition, self.asked = known, edition, asked
        placed = [each for each in known.values() if each.latitude is not None and each.code not in RETIRED]
        self.used = [each.code for each in placed]
        self.latitudes = np.array([each.latitude for each in placed], dtype=np.float64)
        self.longitudes = np.array([each.longitude for each in placed], dtype=np.float64)


_memory = _Memory({}, -1, -SECONDS_UNASKED)


def get(code: str) -> Known | None:
    """The outcode in the directory, or None. At most one query: none where it was asked for of late."""
    global _memory
    known = _memory.known.get(code)
    if time.monotonic() - _memory.asked < SECONDS_UNASKED:
        return known or _ask(code)
    _memory = _refreshed(_memory)
    return _memory.known.get(code)


def nearest(latitude: float, longitude: float) -> str:
    """The outcode in use whose middle is nearest, or empty where none is known. At most one query."""
    global _memory
    if time.monotonic() - _memory.asked >= SECONDS_UNASKED:
        _memory = _refreshed(_memory)
    if not _memory.used:
        return ""
    miles = miles_from(latitude, longitude, _memory.latitudes, _memory.longitudes)
    return _memory.used[int(miles.argmin())]


def forget() -> None:
    """Read again at the next question; for whoever has just changed the table."""
    global _memory
    _memory = _Memory({}, -1, -SECONDS_UNASKED)


def _refreshed(memory: _Memory) -> _Memory:
    """The table is always written whole under a new edition: one query finds all of it or nothing."""
    newer = list(Outcode.objects.exclude(edition=memory.edition).values_list("edition", *Known._fields))
    if not newer:
        return _Memory(memory.known, memory.edition, time.monotonic())
    known = [Known(*fields) for _, *fields in newer]
    return _Memory({each.code: each for each in known}, newer[0][0], time.monotonic())


def _ask(code: str) -> Known | None:
    """Perhaps the directory was loaded a moment ago."""
    fields = Outcode.objects.filter(pk=code).values_list(*Known._fields).first()
    return Known(*fields) if fields else None
