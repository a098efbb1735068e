"""Which schools are near enough to be twins. Numbers only; no database.

Distances are along the great circle on a ball of the Earth's mean radius.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088

# How many of the nearest, and how far a coach may go, by phase. A phase that is not named has no twins.
NEAREST = 20
REACH_KM: Mapping[str, float] = MappingProxyType({"primary": 10.0, "secondary": 20.0})
STUDY_REACH_KM = 20.0  # all phases together
LEAST_CELL_KM = 0.001


@dataclass(frozen=True, slots=True)
class School:
    """What matching needs to know of a school."""

    urn: int
    phase: str
    latitude: float
    longitude: float
    is_open: bool = True
    wants_twin: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two schools that could be twins, `urn_a < urn_b`."""

    urn_a: int
    urn_b: int
    kilometres: float


@dataclass(frozen=True, slots=True)
class Search:
    """What an officer may ask for. `study` takes every open school; `mixes_phases` every phase, one reach.

    `most_km` is a cap on every reach, `least` the difference (0 to 1) that two schools have at least, `keep`
    are links that stay whatever they weigh, `never` those that may not be.
    """

    nearest: int = NEAREST
    reach_km: Mapping[str, float] = field(default_factory=lambda: REACH_KM)
    most_km: float = math.inf
    least: float = 0.0
    study: bool = False
    mixes_phases: bool = False
    left_out: frozenset[int] = frozenset()
    keep: frozenset[tuple[int, int]] = frozenset()
    never: frozenset[tuple[int, int]] = frozenset()

    def takes(self, school: School) -> bool:
        """Whether a school takes part at all. One with a link that is kept has its twin."""
        known = math.isfinite(school.latitude) and math.isfinite(school.longitude)
        asked = school.is_open and (school.wants_twin or self.study) and school.urn not in self.left_out
        free = not any(school.urn in pair for pair in self.keep)
        return known and asked and free and (self.mixes_phases or school.phase in self.reach_km)

    def reach(self, phase: str) -> float:
        """How far a school of that phase looks, in kilometres."""
        return min(self.most_km, STUDY_REACH_KM if self.mixes_phases else self.reach_km[phase])


def candidates(schools: Iterable[School], search: Search | None = None) -> list[Candidate]:
    """Each two schools of which one is among the nearest of the other and within reach, in the order of URNs.

    1. Schools that take part, by phase (or all together), in the order of URNs.
    2. For each, the `nearest` others within the phase's reach; of equally near ones those of lower URNs.
    3. Both directions make one candidate; pairs that are never to be are left out last, so that they do not
       make room for schools farther away.
    """
    asked = search or Search()
    parts: dict[str, list[School]] = {}
    for school in schools:
        if asked.takes(school):
            parts.setdefault("" if asked.mixes_phases else school.phase, []).append(school)
    never = {(min(pair), max(pair)) for pair in asked.never}
    found: dict[tuple[int, int], float] = {}
    for phase, part in parts.items():
        some = sorted(part, key=lambda school: school.urn)
        found.update(_near(some, asked.nearest, asked.reach(phase)))
    return [Candidate(*pair, km) for pair, km in sorted(found.items()) if pair not in never]


def _near(schools: Sequence[School], nearest: int, reach: float) -> Iterator[tuple[tuple[int, int], float]]:
    """Steps 2 and 3 for one phase, over a grid in space.

    1. Cells an eighth as wide as the reach. A straight line through the Earth is shorter than the way along
       its surface: whatever is within a cell's width lies in the same cell or in one of the 26 around it.
    2. A school that has enough others within that width is done.
    3. The rest go on with cells twice as wide, up to the reach itself.
    """
    urns, places = [school.urn for school in schools], _in_space(schools)
    waiting, width = np.arange(len(schools)), max(reach / 8, LEAST_CELL_KM)
    while waiting.size:
        cells, last = _cells(places, np.arange(len(schools)), width), width >= reach
        rest = []
        for cell, own in _cells(places, waiting, width).items():
            around = np.sort(np.concatenate([cells[near] for near in _around(cell) if near in cells]))
            for school, apart in zip(own, _kilometres(places[own], places[around]), strict=True):
                within = np.flatnonzero((apart <= min(width, reach)) & (around != school))
                if within.size < nearest and not last:
                    rest.append(school)
                    continue
                for at in within[np.argsort(apart[within], kind="stable")[:nearest]]:
                    one, other = urns[school], urns[around[at]]
                    yield (one, other) if one < other else (other, one), float(apart[at])
        waiting, width = np.array(rest, dtype=int), width * 2


def _in_space(schools: Sequence[School]) -> NDArray[np.float64]:
    """Positions as x, y and z from the middle of the Earth, in kilometres."""
    phi = np.radians([school.latitude for school in schools])
    theta = np.radians([school.longitude for school in schools])
    unit = [np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)]
    return EARTH_RADIUS_KM * np.column_stack(unit)


def _cells(
    places: NDArray[np.float64], some: NDArray[np.int_], width: float
) -> dict[tuple[int, ...], NDArray[np.int_]]:
    """Some of the places, by the cell that they lie in."""
    numbers = np.floor(places[some] / width).astype(int)
    cells: dict[tuple[int, ...], list[int]] = {}
    for at, cell in zip(some.tolist(), map(tuple, numbers.tolist()), strict=True):
        cells.setdefault(cell, []).append(at)
    return {cell: np.array(inside) for cell, inside in cells.items()}


def _around(cell: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    x, y, z = cell
    steps = (-1, 0, 1)
    return ((x + i, y + j, z + k) for i in steps for j in steps for k in steps)


def _kilometres(some: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distances from the straight lines between positions: 2R · asin(line / 2R)."""
    lines = np.sqrt(((some[:, None, :] - others[None, :, :]) ** 2).sum(axis=2))
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, lines / (2 * EARTH_RADIUS_KM)))
