"""The map as it is first seen, drawn here: what stands there before the script comes, or without it."""

import datetime
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from design import pictograms
from events.browsing.chips import address
from events.index import Snapshot
from events.map.ground import FINEST
from events.map.grouping import Box, bounds_of, together
from events.map.markers import Marker, markers
from events.map.naming import Spot, names
from events.map.window import EVERYWHERE, LEAST_ZOOM, Window, around, covering
from events.query import Query
from events.search import Spots, spots
from places import mercator, near
from places.distance import EARTH_RADIUS_MILES
from places.models import Place

WIDTH, HEIGHT = 400, 340
MARGIN = 40
CLOSEST = 15
DOT, LARGEST_DOT = 0.75, 5  # a dot's width: a part of its cell, and pixels at the most
NAME = 15  # pixels
A_TOWN = 3  # miles around the middle of a place where nothing is found


class Frame(NamedTuple):
    """What the picture shows of the world: its corner, and how many pixels the world is wide."""

    west: float
    north: float
    pixels: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        x, y = mercator.world(latitude, longitude)
        return (float(x) - self.west) * self.pixels, (float(y) - self.north) * self.pixels

    @property
    def window(self) -> Window:
        (south, north), (west, east) = mercator.degrees(
            [self.west, self.west + WIDTH / self.pixels], [self.north + HEIGHT / self.pixels, self.north]
        )
        zoom = math.log2(self.pixels / mercator.PIXELS)
        return Window(Box(float(south), float(west), float(north), float(east)), zoom)


def context(query: Query, snapshot: Snapshot, now: datetime.datetime) -> dict[str, Any]:
    """For `events/browse/map.html`: the first view, its markers, and where the script asks for others."""
    found = spots(query, snapshot, now)
    box = _first_view(query, found)
    frame = framed(box)
    drawn = markers(found, frame.window, snapshot, timezone.localdate(now))
    question = query.changed(view="list").to_querystring()
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "box": ",".join(f"{edge:.4f}" for edge in box),
        "points": reverse("map_points") + (f"?{question}" if question else ""),
        "ground": reverse("map_ground"),
        "marks": [_mark(marker, frame, query) for marker in drawn],
        "names": _names(drawn, frame),
        "tiles": settings.TILES,
        "credit": settings.TILES_CREDIT,
        **_ring(query, frame),
        **under(frame),
    }


def here(query: Query, box: Box) -> Query | None:
    """The question asked again of this piece of the map; None where no address can say where it is."""
    middle = near.around(*box.middle)
    if middle is None:
        return None
    radius = covering(box, middle.latitude, middle.longitude)
    return query.changed(near=middle, radius=float(radius), view="map")


def _first_view(query: Query, found: Spots) -> Box:
    """Around where was asked; else all that was found; else the middle of every place."""
    if query.near:
        return around(query.near.latitude, query.near.longitude, query.radius)
    if len(found):
        return bounds_of(found.latitudes, found.longitudes)
    centres = Place.objects.values_list("latitude", "longitude")
    return together([around(*centre, A_TOWN) for centre in centres] or [EVERYWHERE])


def framed(box: Box) -> Frame:
    """The box in the middle of the picture, as large as it goes."""
    west, north = (float(part) for part in mercator.world(box.north, box.west))
    east, south = (float(part) for part in mercator.world(box.south, box.east))
    least = 2.0**-30  # of the world, for a box that is a point
    fit = min(
        (WIDTH - 2 * MARGIN) / max(east - west, least), (HEIGHT - 2 * MARGIN) / max(south - north, least)
    )
    closest, farthest = (mercator.PIXELS * 2.0**zoom for zoom in (CLOSEST, LEAST_ZOOM))
    pixels = min(max(fit, farthest), closest)
    return Frame((west + east - WIDTH / pixels) / 2, (north + south - HEIGHT / pixels) / 2, pixels)


def _names(drawn: Sequence[Marker], frame: Frame) -> list[dict[str, str]]:
    """Of the towns that the marks stand in."""
    spots = [
        Spot(*frame.at(marker.group.latitude, marker.group.longitude), marker.town, marker.count)
        for marker in drawn
    ]
    found = names(spots, width=WIDTH, height=HEIGHT)
    return [{"words": name.words, "x": f"{name.x:.1f}", "y": f"{name.y:.1f}"} for name in found]


def _mark(marker: Marker, frame: Frame, query: Query) -> dict[str, Any]:
    """A disc that leads to the one activity, or to the list of those that are around it."""
    x, y = frame.at(marker.group.latitude, marker.group.longitude)
    if marker.count == 1:
        href = marker.items[0].href
    else:
        narrower = here(query, marker.group.bounds)
        href = address(narrower or query)
    symbol = pictograms.known(marker.type) if marker.count == 1 else ""
    return {
        "x": f"{x:.1f}",
        "y": f"{y:.1f}",
        "name": marker.name,
        "href": href,
        "count": marker.count,
        "symbol": symbol,
    }


def _ring(query: Query, frame: Frame) -> dict[str, Any]:
    """The circle within which was asked."""
    if not query.near:
        return {}
    x, y = frame.at(query.near.latitude, query.near.longitude)
    around_the_world = 2 * math.pi * EARTH_RADIUS_MILES * math.cos(math.radians(query.near.latitude))
    ring = {"x": x, "y": y, "radius": query.radius / around_the_world * frame.pixels}
    centre = f"{query.near.latitude},{query.near.longitude},{query.radius:g}"
    return {"ring": {name: f"{number:.1f}" for name, number in ring.items()}, "centre": centre}


def under(frame: Frame) -> dict[str, str]:
    """How the ground lies under the picture, whose dots and names are in the ground's own units."""
    scale = frame.pixels / 2**FINEST
    return {
        "lies": f"scale({scale:.6f}) translate({-frame.west * 2**FINEST:.3f} {-frame.north * 2**FINEST:.3f})",
        "dot": f"{min(DOT, LARGEST_DOT / scale):.3f}",
        "letters": f"{NAME / scale:.2f}",
    }
