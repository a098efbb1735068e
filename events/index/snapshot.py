"""One state of everything that is listed, as columns. Immutable: a change makes a new snapshot.

Each listing has a slot. One that is written again gets a new slot and its old one dies; when a quarter is
dead the whole is read afresh. Each slot has a spot for every venue that its coming dates are at, the
activity's own before the others: nearly always that one alone.
"""

import dataclasses
import datetime
import functools
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.index.coming import Coming
from events.index.rows import CODES, Row, codes, day_number, numbers, spots_of
from events.models.activity import Audience
from events.query import Known
from places.distance import bounding_box, miles_from

AUDIENCES: list[str] = list(Audience.values)
Mask = NDArray[np.bool_]
Key = tuple[str, str | int]


@dataclasses.dataclass(frozen=True)
class Columns:
    """A number for each slot. `first` says where its dates begin in `start`, `end`, `code` and `cell`, the
    number of its spot and code together; `first_spot` where its spots begin in `slot`, `latitude` and
    `longitude`."""

    key: NDArray[np.int64]
    public: Mask
    until: NDArray[np.int32]
    age_from: NDArray[np.uint8]
    age_to: NDArray[np.uint8]
    type: NDArray[np.int16]
    audience: NDArray[np.int8]
    free: Mask
    alone: Mask
    first_spot: NDArray[np.int64]
    slot: NDArray[np.int32]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    first: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    code: NDArray[np.uint8]
    cell: NDArray[np.int32]

    def followed_by(self, other: "Columns") -> "Columns":
        return Columns(
            **{
                field.name: np.concatenate([getattr(self, field.name), getattr(other, field.name)])
                for field in dataclasses.fields(Columns)
            }
        )


class Snapshot:
    """What is listed as of one generation of the installation."""

    def __init__(self, rows: Sequence[Row], *, generation: int, known: Known) -> None:
        self.generation = generation
        self.known = known
        self.type_codes: dict[str, int] = {}
        self.columns = _columns(rows, before=None, types=self.type_codes)
        self.alive: Mask = np.ones(len(rows), dtype=bool)
        self.slots = {row.key: slot for slot, row in enumerate(rows)}
        self.picks = {row.uuid: slot for slot, row in enumerate(rows)}
        self.titles = [row.title for row in rows]
        self.postings = _postings(rows, self.columns.first_spot, first_slot=0)
        self.words = [row.words if row.public else "" for row in rows]
        self.uses = Counter(word for words in self.words for word in words.split())
        self.texts: dict[tuple, NDArray[np.float32]] = {}
        self.distances: dict[tuple[float, float, float], NDArray[np.float64]] = {}
        self._coming: Coming | None = None
        self._spelled: tuple[int, list[str]] | None = None

    def changed(self, rows: Sequence[Row], *, generation: int, known: Known) -> "Snapshot":
        """The snapshot after these rows were written; this one stays as it is."""
        after = object.__new__(Snapshot)
        after.generation, after.known = generation, known
        after.texts, after.distances, after._coming, after._spelled = {}, {}, None, None
        after.type_codes = dict(self.type_codes)
        size = len(self.alive)
        added = _columns(rows, before=self.columns, types=after.type_codes)
        after.columns = self.columns.followed_by(added)
        after.alive = np.concatenate([self.alive, np.ones(len(rows), dtype=bool)])
        dying = [self.slots[row.key] for row in rows if row.key in self.slots]
        after.alive[dying] = False
        after.slots = self.slots | {row.key: size + place for place, row in enumerate(rows)}
        after.picks = self.picks | {row.uuid: size + place for place, row in enumerate(rows)}
        after.titles = [*self.titles, *(row.title for row in rows)]
        after.postings = dict(self.postings)
        for key, slots in _postings(rows, added.first_spot, first_slot=size).items():
            after.postings[key] = np.concatenate([self.postings.get(key, NOTHING), slots])
        after.words = [*self.words, *(row.words if row.public else "" for row in rows)]
        after.uses = self.uses.copy()
        for slot in dying:
            after.uses.subtract(after.words[slot].split())
        for words in after.words[size:]:
            after.uses.update(words.split())
        return after

    @property
    def mostly_dead(self) -> bool:
        return len(self.alive) > LEAST_WORTH_READING_AGAIN and self.alive.mean() < LEAST_ALIVE

    def coming(self, minute: int) -> Coming:
        """The state of all dates at that local minute; kept until one of them begins or ends."""
        coming = self._coming
        if coming is None or not coming.since <= minute < coming.changes_at:
            coming = self._coming = Coming(self.columns, minute)
        return coming

    def visible(self, today: datetime.date) -> Mask:
        """What the public may see on that day."""
        return self.alive & self.columns.public & (self.columns.until >= day_number(today))

    def spelled(self, today: datetime.date) -> list[str]:
        """Every word of what the public may see on that day, in order; kept for the next question.

        All that is public holds the rest back: a word is left out where only what has lapsed has it.
        """
        day = day_number(today)
        if self._spelled is None or self._spelled[0] != day:
            uses = self.uses.copy()
            for slot in np.flatnonzero(self.alive & (self.columns.until < day)):
                uses.subtract(self.words[slot].split())
            self._spelled = day, sorted(word for word, number in uses.items() if number > 0)
        return self._spelled[1]

    def miles_from(self, latitude: float, longitude: float, *, within: float) -> NDArray[np.float64]:
        """The distance of each spot, infinite where it is more than `within`; kept for the next page."""
        asked = (latitude, longitude, within)
        miles = self.distances.get(asked)
        if miles is None:
            if len(self.distances) >= DISTANCES_KEPT:
                self.distances.clear()
            south, west, north, east = bounding_box(latitude, longitude, within)
            latitudes, longitudes = self.columns.latitude, self.columns.longitude
            box = (latitudes >= south) & (latitudes <= north) & (longitudes >= west) & (longitudes <= east)
            miles = np.full(len(box), np.inf)
            miles[box] = miles_from(latitude, longitude, latitudes[box], longitudes[box])
            self.distances[asked] = miles
        return miles

    def having(self, kind: str, values: Iterable[str | int]) -> Mask:
        """Slots that have one of these values."""
        return self._marked(kind, values, len(self.alive))

    def offering(self, kind: str, feature: str) -> Mask:
        """Spots whose answer on an access feature is of that kind."""
        return self._marked(kind, [feature], len(self.columns.slot))

    def _marked(self, kind: str, values: Iterable[str | int], size: int) -> Mask:
        mask = np.zeros(size, dtype=bool)
        for value in values:
            mask[self.postings.get((kind, value), NOTHING)] = True
        return mask

    def picked(self, picks: Iterable[uuid.UUID]) -> Mask:
        mask = np.zeros(len(self.alive), dtype=bool)
        mask[[self.picks[pick] for pick in picks if pick in self.picks]] = True
        return mask

    @functools.cached_property
    def title_order(self) -> NDArray[np.int64]:
        """The rank of each slot's title in the alphabet."""
        order = sorted(range(len(self.titles)), key=lambda slot: self.titles[slot].casefold())
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        return ranks


DISTANCES_KEPT = 24
NOTHING = np.empty(0, dtype=np.int32)
LEAST_WORTH_READING_AGAIN = 1000
LEAST_ALIVE = 0.75


def _columns(rows: Sequence[Row], *, before: Columns | None, types: dict[str, int]) -> Columns:
    """Those of the rows, to follow those `before`."""
    slots, all_spots, all_dates = (
        (len(before.key), len(before.slot), len(before.start)) if before else (0, 0, 0)
    )

    def column(name: str, kind: Any) -> NDArray[Any]:
        return np.array([getattr(row, name) for row in rows], dtype=kind)

    starts, ends = numbers(row.starts for row in rows), numbers(row.ends for row in rows)
    lengths = np.array([len(each) for each in starts], dtype=np.int64)
    start = np.concatenate([NOTHING, *starts])
    code = codes(start)
    first = np.cumsum(lengths) - lengths
    spots = [spots_of(row) for row in rows]
    numbers_of_spots = np.array([len(each) for each in spots], dtype=np.int64)
    first_spot = all_spots + np.cumsum(numbers_of_spots) - numbers_of_spots
    spot = np.repeat(first_spot, lengths)
    for at in np.flatnonzero(numbers_of_spots > 1):
        [apart] = numbers([rows[at].spots])
        spot[first[at] : first[at] + lengths[at]] += apart
    return Columns(
        key=column("key", np.int64),
        public=column("public", bool),
        until=np.array([day_number(row.public_until) for row in rows], dtype=np.int32),
        age_from=column("age_from", np.uint8),
        age_to=column("age_to", np.uint8),
        type=np.array([types.setdefault(row.type, len(types)) for row in rows], dtype=np.int16),
        audience=np.array([AUDIENCES.index(row.audience) for row in rows], dtype=np.int8),
        free=column("free", bool),
        alone=column("alone", bool),
        first_spot=first_spot,
        slot=np.repeat(np.arange(slots, slots + len(rows), dtype=np.int32), numbers_of_spots),
        latitude=np.array([spot.latitude for each in spots for spot in each], dtype=np.float64),
        longitude=np.array([spot.longitude for each in spots for spot in each], dtype=np.float64),
        first=all_dates + first,
        start=start,
        end=np.concatenate([NOTHING, *ends]),
        code=code,
        cell=(spot * CODES + code).astype(np.int32),
    )


def _postings(
    rows: Sequence[Row], first_spot: NDArray[np.int64], *, first_slot: int
) -> Mapping[Key, NDArray[np.int32]]:
    """For each value of the columns that hold several, the slots that have it; of access, the spots."""
    found: dict[Key, list[int]] = defaultdict(list)
    for slot, row in enumerate(rows, first_slot):
        found["place", row.place].append(slot)
        for kind, values in (
            ("organiser", row.organisers),
            ("school", row.schools),
            ("aim", row.aims),
            ("language", row.languages),
        ):
            for value in values:
                found[kind, value].append(slot)
        for at, spot in enumerate(spots_of(row), int(first_spot[slot - first_slot])):
            for kind, features in (("access", spot.access), ("ask", spot.ask)):
                for feature in features:
                    found[kind, feature].append(at)
    return {key: np.array(slots, dtype=np.int32) for key, slots in found.items()}
