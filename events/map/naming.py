"""The names on the map's still picture: of the towns that its marks stand in, where there is room. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

RADIUS = 22  # of a mark
LETTER = 9.5  # pixels across, the widest that a name has on average
ABOVE, BELOW = -29, 40  # from a mark's middle to the line that its name stands on
RISES, HANGS = 13, 5  # pixels above and under that line


class Spot(NamedTuple):
    """A mark's middle, in pixels."""

    x: float
    y: float
    town: str
    count: int


class Name(NamedTuple):
    """A town's, its middle and its line."""

    words: str
    x: float
    y: float


class _Area(NamedTuple):
    west: float
    north: float
    east: float
    south: float

    def meets(self, other: "_Area") -> bool:
        across = self.west < other.east and other.west < self.east
        return across and self.north < other.south and other.north < self.south


def names(spots: Iterable[Spot], *, width: int, height: int) -> list[Name]:
    """Each town once, under or above the mark that has most on. Whole, and on no mark or other name."""
    spots = sorted(spots, key=lambda spot: -spot.count)
    taken = [_Area(spot.x - RADIUS, spot.y - RADIUS, spot.x + RADIUS, spot.y + RADIUS) for spot in spots]
    found: dict[str, Name] = {}
    for spot in spots:
        for line in (spot.y + BELOW, spot.y + ABOVE):
            half = len(spot.town) * LETTER / 2
            area = _Area(spot.x - half, line - RISES, spot.x + half, line + HANGS)
            inside = area.west > 0 and area.east < width and area.north > 0 and area.south < height
            free = spot.town and spot.town not in found
            if free and inside and not any(area.meets(other) for other in taken):
                found[spot.town] = Name(spot.town, spot.x, line)
                taken.append(area)
    return list(found.values())
