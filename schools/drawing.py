"""A map of schools as a picture that needs no script: the ground, lines between pairs, marks of schools."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from events.map import picture
from events.map.grouping import Box, Group, grouped, together
from events.map.window import Window, around

A_TOWN = 1  # miles around a school that is alone
MOST_LABELS = 2
SKY = 0.15
MOST_DOTS = 1_000
"""With more schools than that a picture has thin lines alone: they draw the country themselves."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """`label` stands on the mark; one without is a dot. `href` is where it leads."""

    latitude: float
    longitude: float
    name: str
    label: str = ""
    href: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """Spots that would lie on each other, as one. There is one at least."""

    group: Group
    spots: tuple[Spot, ...]

    @property
    def name(self) -> str:
        return ", ".join(spot.name for spot in self.spots)

    @property
    def label(self) -> str:
        """ "3", "3, 4" or "3…"."""
        labels = [spot.label for spot in self.spots]
        return ", ".join(labels) if len(labels) <= MOST_LABELS else f"{labels[0]}…"


Line = tuple[tuple[float, float], tuple[float, float]]


def marks(spots: Sequence[Spot], window: Window) -> list[Mark]:
    """Of one piece of a map: no two lie on each other."""
    groups = grouped(
        [spot.latitude for spot in spots], [spot.longitude for spot in spots], window.box, window.zoom
    )
    return [Mark(group, tuple(spots[member] for member in group.members)) for group in groups]


def context(spots: Sequence[Spot], lines: Sequence[Line] = ()) -> dict[str, Any]:
    """For `schools/map.html`. There must be one spot at least."""
    boxes = [Box(spot.latitude, spot.longitude, spot.latitude, spot.longitude) for spot in spots]
    box = together(boxes if len(set(boxes)) > 1 else [around(*boxes[0].middle, A_TOWN)])
    frame = picture.framed(box)
    crowded = len(spots) > MOST_DOTS
    return {
        "width": picture.WIDTH,
        "height": picture.HEIGHT,
        "box": ",".join(f"{edge:.4f}" for edge in _with_sky(box)),
        "ground": reverse("map_ground"),
        "marks": [
            _drawn(mark, frame) for mark in marks([spot for spot in spots if spot.label], frame.window)
        ],
        "dots": "" if crowded else _dots([spot for spot in spots if not spot.label], frame),
        "crowded": crowded,
        "lines": _lines(lines, frame),
        "tiles": settings.TILES,
        "credit": settings.TILES_CREDIT,
        **picture.under(frame),
    }


def _with_sky(box: Box) -> Box:
    """A little more to the north: the map's buttons lie there."""
    return box._replace(north=box.north + SKY * (box.north - box.south))


def _drawn(mark: Mark, frame: picture.Frame) -> dict[str, Any]:
    x, y = frame.at(mark.group.latitude, mark.group.longitude)
    return {
        "x": f"{x:.1f}",
        "y": f"{y:.1f}",
        "name": mark.name,
        "label": mark.label,
        "href": next((spot.href for spot in mark.spots if spot.href), ""),
    }


def _dots(spots: Sequence[Spot], frame: picture.Frame) -> str:
    """A path of lines of no length: round ends make them dots, however many there are."""
    return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in (frame.at(s.latitude, s.longitude) for s in spots))


def _lines(lines: Sequence[Line], frame: picture.Frame) -> str:
    ends = ((frame.at(*one), frame.at(*other)) for one, other in lines)
    return "".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for (a, b), (c, d) in ends)
