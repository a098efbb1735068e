"""What the map is drawn on without a tile server: a place's postcodes as dots, with the names of its towns.

A drawing of the world (Web Mercator) halved eighteen times each way, of which only this piece is drawn, so
that it fits under any map without knowing more of it. `data-zoom` says how often the world was halved for the
cells of the dots, `data-x` and `data-y` which of them the first corner is.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from django.db.models import Avg, Count
from django.utils.html import escape
from numpy.typing import NDArray

from events.models import Listing
from places import mercator
from places.models import Place, Postcode

FINEST = 18  # cells of some 90 metres: no dot is a postcode's own place
MOST_DOTS = 6_000
MOST_TOWNS = 24
MAIN_TOWNS = 6

Cells = NDArray[np.int64]


class Dots(NamedTuple):
    """Cells of the world in which there are postcodes, from north to south, each once."""

    zoom: int
    x: Cells
    y: Cells


class Town(NamedTuple):
    """Where its activities meet, in the middle, and how many there are."""

    name: str
    latitude: float
    longitude: float
    activities: int


def read() -> str:
    """The ground of the whole installation. Three queries."""
    areas = {code for codes in Place.objects.values_list("area_codes", flat=True) for code in codes}
    rows = Postcode.objects.within(areas).positioned().values_list("latitude", "longitude")
    spots = np.array(list(rows), dtype=np.float64).reshape(-1, 2)
    return drawing(dots(spots[:, 0], spots[:, 1]), _towns())


def _towns() -> list[Town]:
    """Of what the public may see, since organisers type these names."""
    town, place = "activity__venue__town", "activity__venue__"
    rows = (
        Listing.objects.filter(public=True)
        .exclude(**{town: ""})
        .values_list(town)
        .annotate(Avg(f"{place}latitude"), Avg(f"{place}longitude"), Count("pk"))
        .order_by("-pk__count", town)
    )
    return [Town(*row) for row in rows[:MOST_TOWNS]]


def dots(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64], *, most: int = MOST_DOTS) -> Dots:
    """Cells are doubled until there are few enough."""
    x, y = mercator.world(latitudes, longitudes)
    for zoom in range(FINEST, -1, -1):
        cells = np.floor(np.stack([y, x], axis=1) * 2**zoom).astype(np.int64)
        found = np.unique(cells, axis=0)
        if len(found) <= most:
            break
    return Dots(zoom, found[:, 1], found[:, 0])


def drawing(dots: Dots, towns: Sequence[Town]) -> str:
    """SVG text. Colours and sizes are those of whoever uses it; so dots and names are taken by reference."""
    west, north = (int(dots.x.min()), int(dots.y.min())) if len(dots.x) else (0, 0)
    width, height = (int(dots.x.max()) - west + 1, int(dots.y.max()) - north + 1) if len(dots.x) else (1, 1)
    size = 2 ** (FINEST - dots.zoom)
    placed = [(town.name, *_cell(town)) for town in towns]
    main = _apart(placed, width * size, height * size)
    others = [each for each in placed if each not in main]
    points = _path(dots.x - west, dots.y - north)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{west * size} {north * size} {width * size} '
        f'{height * size}" data-zoom="{dots.zoom}" data-x="{west}" data-y="{north}">'
        f'<g id="dots" transform="translate({west * size} {north * size}) scale({size})">'
        f'<path fill="none" stroke="currentColor" stroke-linecap="round" '
        f'stroke-dasharray="0 1" stroke-dashoffset=".5" d="{points}"/></g>'
        f'<g id="towns" text-anchor="middle">{_names(main)}</g>'
        f'<g id="villages" text-anchor="middle">{_names(others)}</g></svg>'
    )


Placed = tuple[str, float, float]


def _cell(town: Town) -> tuple[float, float]:
    x, y = mercator.world(town.latitude, town.longitude)
    return float(x) * 2**FINEST, float(y) * 2**FINEST


def _apart(placed: Sequence[Placed], width: int, height: int) -> list[Placed]:
    """The towns that a small picture names: those with most on, as long as their names do not meet."""
    chosen: list[Placed] = []
    for name, x, y in placed:
        alone = all(abs(x - a) > width / 4 or abs(y - b) > height / 10 for _, a, b in chosen)
        if alone and len(chosen) < MAIN_TOWNS:
            chosen.append((name, x, y))
    return chosen


def _path(x: Cells, y: Cells) -> str:
    """A line along each run of cells, as `m3 0h2`: two dots, after three cells without. Its dashes are of no
    length and stand in the middles of cells; round ends make them dots.
    """
    steps: list[str] = []
    east = south = 0
    for run in np.split(np.arange(len(x)), np.flatnonzero((np.diff(x) != 1) | (np.diff(y) != 0)) + 1):
        if len(run):
            first, row = int(x[run[0]]), int(y[run[0]])
            steps.append(f"m{first - east} {row - south}h{len(run)}")
            east, south = first + len(run), row
    return "M0 .5" + "".join(steps)


def _names(placed: Iterable[Placed]) -> str:
    return "".join(f'<text x="{x:.1f}" y="{y:.1f}" dy="2em">{escape(name)}</text>' for name, x, y in placed)
