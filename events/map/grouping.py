"""Which markers a map shows: positions that would lie on each other make one group. Pure: no Django."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from places import mercator

MOST = 300
CELL = 56  # pixels; a marker is 45 wide
APART = 46  # pixels between the middles of two markers, at the least

Positions = NDArray[np.float64]
Places = NDArray[np.intp]


class Box(NamedTuple):
    """A piece of a map, in degrees; its edges belong to it."""

    south: float
    west: float
    north: float
    east: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.south + self.north) / 2, (self.west + self.east) / 2


class Group(NamedTuple):
    """What one marker stands for. `members` are places in the positions given, the least first."""

    latitude: float
    longitude: float
    members: tuple[int, ...]
    bounds: Box

    @property
    def is_one_spot(self) -> bool:
        """Zooming in would not part them."""
        return self.bounds.south == self.bounds.north and self.bounds.west == self.bounds.east


def grouped(
    latitudes: ArrayLike, longitudes: ArrayLike, box: Box, zoom: float, *, most: int = MOST
) -> list[Group]:
    """Every position in the box, in exactly one group; from north to south, at most so many groups.

    1. Lay a grid over the map as it looks at this zoom. It is fixed to the world, so that groups stay what
       they are while the map is moved, but for those that come in at its edge.
    2. Positions in one cell are a group, in the middle of its members. Cells double until there are few
       enough.
    3. The largest group takes in those whose middles are so near that markers would lie on each other, the
       next largest what is left near it, and so on. It stays where it is, so all that stay are apart.
    """
    latitudes = np.asarray(latitudes, dtype=np.float64)
    longitudes = np.asarray(longitudes, dtype=np.float64)
    inside = np.flatnonzero(
        (latitudes >= box.south)
        & (latitudes <= box.north)
        & (longitudes >= box.west)
        & (longitudes <= box.east)
    )
    if not len(inside):
        return []
    x, y = mercator.world(latitudes[inside], longitudes[inside])
    pixels = mercator.PIXELS * 2.0**zoom
    cells = _cells(x * pixels, y * pixels, most)
    across, down = _middles(x * pixels, y * pixels, cells)
    groups = [
        _group(latitudes, longitudes, inside[np.isin(cells, taken)], inside[cells == taken[0]])
        for taken in _apart(across, down, np.bincount(cells))
    ]
    return sorted(groups, key=lambda group: (-group.latitude, group.longitude))


def _cells(x: Positions, y: Positions, most: int) -> Places:
    """The number of each position's cell."""
    cell = float(CELL)
    while True:
        corners = np.stack([np.floor(x / cell), np.floor(y / cell)], axis=1)
        found, cells = np.unique(corners, axis=0, return_inverse=True)
        if len(found) <= most:
            return cells.reshape(-1)
        cell *= 2


def _middles(x: Positions, y: Positions, cells: Places) -> tuple[Positions, Positions]:
    numbers = np.bincount(cells)
    return np.bincount(cells, x) / numbers, np.bincount(cells, y) / numbers


def _apart(x: Positions, y: Positions, numbers: Places) -> Iterator[list[int]]:
    """The cells of each group, the one that gives it its place first."""
    free = np.ones(len(x), dtype=bool)
    for cell in np.lexsort((np.arange(len(x)), -numbers)):
        if free[cell]:
            near = free & (np.hypot(x - x[cell], y - y[cell]) < APART)
            near[cell] = True
            free &= ~near
            yield [int(cell), *(int(other) for other in np.flatnonzero(near) if other != cell)]


def _group(latitudes: Positions, longitudes: Positions, members: Places, middle: Places) -> Group:
    bounds = bounds_of(latitudes[members], longitudes[members])
    core = bounds_of(latitudes[middle], longitudes[middle])
    latitude = float(np.clip(latitudes[middle].mean(), core.south, core.north))
    longitude = float(np.clip(longitudes[middle].mean(), core.west, core.east))
    return Group(latitude, longitude, tuple(members.tolist()), bounds)


def bounds_of(latitudes: Positions, longitudes: Positions) -> Box:
    """The smallest box that holds them all. There must be one at least."""
    return Box(
        float(latitudes.min()), float(longitudes.min()), float(latitudes.max()), float(longitudes.max())
    )


def together(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of these."""
    south, west, north, east = zip(*boxes, strict=True)
    return Box(min(south), min(west), max(north), max(east))
