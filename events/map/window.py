"""Which piece of the map somebody looks at: `box` and `zoom` of an address."""

import math
import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from events.map.grouping import Box
from events.query.parsing import Parameters
from places.distance import bounding_box, miles_between
from places.models.place import EAST, NORTH, SOUTH, WEST
from places.rounding import LATITUDE_STEP, LONGITUDE_STEP

EVERYWHERE = Box(SOUTH, WEST, NORTH, EAST)
LEAST_ZOOM, MOST_ZOOM = 5, 17
FAR = 8  # the zoom where none is given: a region
RADII = (0.5, 1, 1.5, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100)

BOX = re.compile(r",".join([r"(-?[0-9]{1,3}(?:\.[0-9]{1,15})?)"] * 4))
ZOOM = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,3})?")


class Window(NamedTuple):
    """A piece of the map and how large it is drawn."""

    box: Box
    zoom: float


class Unreadable(ValueError):
    """Carries words for whoever asked."""


def read(parameters: Parameters) -> Window:
    """What stands in an address; everywhere, from afar, where nothing does.

    The box is widened to the grid to which we round positions, so that no address, log or cache tells more of
    where somebody looks, and those who look at one town share an answer.
    """
    boxes, zooms = parameters.getlist("box"), parameters.getlist("zoom")
    return Window(
        _widened(_box(boxes[0])) if boxes else EVERYWHERE,
        _zoom(zooms[0]) if zooms else FAR,
    )


def covering(box: Box, latitude: float, longitude: float) -> float:
    """The miles around a position within which all of the box lies: of the radii that we offer, the least."""
    corners = [(south, west) for south in (box.south, box.north) for west in (box.west, box.east)]
    farthest = max(miles_between(latitude, longitude, *corner) for corner in corners)
    return next((radius for radius in RADII if radius >= farthest), RADII[-1])


def around(latitude: float, longitude: float, miles: float) -> Box:
    return Box(*bounding_box(latitude, longitude, miles))


def _box(text: str) -> Box:
    match = BOX.fullmatch(text)
    if match is None:
        raise Unreadable(_("Give the box as four numbers: south, west, north, east."))
    box = Box(*(float(part) for part in match.groups()))
    if not (-90 <= box.south < box.north <= 90 and -180 <= box.west < box.east <= 180):
        raise Unreadable(_("South must be less than north, and west less than east."))
    return box


def _widened(box: Box) -> Box:
    return Box(
        round(math.floor(round(box.south / LATITUDE_STEP, 6)) * LATITUDE_STEP, 3),
        round(math.floor(round(box.west / LONGITUDE_STEP, 6)) * LONGITUDE_STEP, 3),
        round(math.ceil(round(box.north / LATITUDE_STEP, 6)) * LATITUDE_STEP, 3),
        round(math.ceil(round(box.east / LONGITUDE_STEP, 6)) * LONGITUDE_STEP, 3),
    )


def _zoom(text: str) -> float:
    if not ZOOM.fullmatch(text):
        raise Unreadable(_("Give the zoom as a number."))
    return min(max(float(text), LEAST_ZOOM), MOST_ZOOM)
