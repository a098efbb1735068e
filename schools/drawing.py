"""A map of schools as a picture that needs no script: the ground, lines between pairs, marks of schools."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from events.map import picture
from events.map.grouping import Box, together
from events.map.window import around

A_TOWN = 1  # miles around a school that is alone


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """`label` stands on the mark; one without is a dot. `href` is where it leads."""

    latitude: float
    longitude: float
    name: str
    label: str = ""
    href: str = ""
    is_home: bool = False


Line = tuple[tuple[float, float], tuple[float, float]]


def context(spots: Sequence[Spot], lines: Sequence[Line] = ()) -> dict[str, Any]:
    """For `schools/map.html`. There must be one spot at least."""
    boxes = [Box(spot.latitude, spot.longitude, spot.latitude, spot.longitude) for spot in spots]
    box = together(boxes if len(set(boxes)) > 1 else [around(*boxes[0].middle, A_TOWN)])
    frame = picture.framed(box)
    return {
        "width": picture.WIDTH,
        "height": picture.HEIGHT,
        "box": ",".join(f"{edge:.4f}" for edge in box),
        "ground": reverse("map_ground"),
        "marks": [_mark(spot, frame) for spot in spots if spot.label],
        "dots": _dots([spot for spot in spots if not spot.label], frame),
        "lines": _lines(lines, frame),
        "tiles": settings.TILES,
        "credit": settings.TILES_CREDIT,
        **picture.under(frame),
    }


def _mark(spot: Spot, frame: picture.Frame) -> dict[str, Any]:
    x, y = frame.at(spot.latitude, spot.longitude)
    return {
        "x": f"{x:.1f}",
        "y": f"{y:.1f}",
        "name": spot.name,
        "label": spot.label,
        "href": spot.href,
        "is_home": spot.is_home,
    }


def _dots(spots: Sequence[Spot], frame: picture.Frame) -> str:
    """A path of lines of no length: round ends make them dots, however many there are."""
    return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in (frame.at(s.latitude, s.longitude) for s in spots))


def _lines(lines: Sequence[Line], frame: picture.Frame) -> str:
    ends = ((frame.at(*one), frame.at(*other)) for one, other in lines)
    return "".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for (a, b), (c, d) in ends)
