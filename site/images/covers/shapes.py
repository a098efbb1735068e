"""Reads the few SVG shapes that our pictograms are drawn with, so that a raster writer can draw them too.

Understands circle, ellipse, rect and path (M L H V C S A Z, either case); curves become short lines.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

Point = tuple[float, float]
STEPS = 16  # lines a curve; at 300 pixels for 64 units no corner can be seen
TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}


@dataclass(frozen=True)
class Shape:
    """Lines through points; `closed` where the last joins the first."""

    points: tuple[Point, ...]
    closed: bool
    fill: str | None
    stroke: str
    width: float


def read(drawing: str, ink: str) -> list[Shape]:
    """The shapes of one pictogram in painting order. `currentColor` becomes the ink."""
    shapes = []
    # Our own sprite, never anything from outside.
    for element in ElementTree.fromstring(f"<g>{drawing.replace('currentColor', ink)}</g>"):  # noqa: S314 # nosec B314
        get = element.attrib.get
        for points, closed in _outlines(element):
            shapes.append(
                Shape(
                    tuple(points), closed, get("fill"), get("stroke", ink), float(get("stroke-width", "2.5"))
                )
            )
    return shapes


def _outlines(element: ElementTree.Element) -> Iterator[tuple[list[Point], bool]]:
    number = {
        key: float(value)
        for key, value in element.attrib.items()
        if key in ("cx", "cy", "r", "rx", "ry", "x", "y", "width", "height")
    }
    if element.tag == "path":
        yield from _path(element.attrib["d"])
    elif element.tag == "rect":
        yield _rectangle(number, number.get("rx", 0.0)), True
    else:
        across, down = number.get("rx", number.get("r", 0)), number.get("ry", number.get("r", 0))
        yield list(_arc(number["cx"], number["cy"], across, down, 0, 2 * math.pi, 4 * STEPS)), True


def _arc(
    x: float, y: float, across: float, down: float, start: float, sweep: float, steps: int
) -> Iterator[Point]:
    for step in range(steps + 1):
        angle = start + sweep * step / steps
        yield x + across * math.cos(angle), y + down * math.sin(angle)


def _rectangle(box: dict[str, float], round_: float) -> list[Point]:
    left, top = box["x"] + round_, box["y"] + round_
    right, bottom = box["x"] + box["width"] - round_, box["y"] + box["height"] - round_
    corners = ((right, top), (right, bottom), (left, bottom), (left, top))
    return [
        point
        for turn, (x, y) in enumerate(corners, start=-1)
        for point in _arc(x, y, round_, round_, turn * math.pi / 2, math.pi / 2, STEPS // 2)
    ]


def _path(text: str) -> Iterator[tuple[list[Point], bool]]:
    """Each stroke of a path.

    1. Split into commands, repeating one where its numbers repeat; further pairs after M are L.
    2. Make every number absolute.
    3. Follow it, putting curves down as short lines.
    """
    here: Point = (0.0, 0.0)
    points: list[Point] = []
    handle: Point | None = None
    for command, values in _absolute(text):
        if command == "M":
            if len(points) > 1:
                yield points, False
            points = [(values[0], values[1])]
        elif command == "Z":
            yield points, True
            points = [points[0]]
        elif command == "A":
            points += list(_elliptic(points[-1], values))
        elif command in "CS":
            here = points[-1]
            if command == "S":
                first = (2 * here[0] - handle[0], 2 * here[1] - handle[1]) if handle else here
                values = [*first, *values]
            points += _bezier(here, values)
        else:
            points.append((values[0], values[1]))
        handle = (values[2], values[3]) if command in "CS" else None
    if len(points) > 1:
        yield points, False


def _absolute(text: str) -> Iterator[tuple[str, list[float]]]:
    tokens = TOKEN.findall(text)
    at, command = 0, "M"
    x = y = 0.0
    start = (0.0, 0.0)
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        name, relative = command.upper(), command.islower()
        values = [float(token) for token in tokens[at : at + TAKES[name]]]
        at += TAKES[name]
        if name == "H":
            x = values[0] + (x if relative else 0)
            yield "L", [x, y]
        elif name == "V":
            y = values[0] + (y if relative else 0)
            yield "L", [x, y]
        elif name == "Z":
            x, y = start
            yield "Z", []
        else:
            ends = 5 if name == "A" else 0
            if relative:
                values[ends::2] = [value + x for value in values[ends::2]]
                values[ends + 1 :: 2] = [value + y for value in values[ends + 1 :: 2]]
            x, y = values[-2:]
            yield name, values
            if name == "M":
                start = (x, y)
                command = "l" if relative else "L"


def _bezier(start: Point, values: list[float]) -> list[Point]:
    (ax, ay), (bx, by, cx, cy, dx, dy) = start, values
    found = []
    for step in range(1, STEPS + 1):
        t, u = step / STEPS, 1 - step / STEPS
        found.append(
            (
                u**3 * ax + 3 * u * u * t * bx + 3 * u * t * t * cx + t**3 * dx,
                u**3 * ay + 3 * u * u * t * by + 3 * u * t * t * cy + t**3 * dy,
            )
        )
    return found


def _elliptic(start: Point, values: list[float]) -> Iterator[Point]:
    """A circle's arc between two points (SVG 1.1, appendix F.6.5, for equal radii and no turn)."""
    radius, _, _, large, clockwise, x, y = values
    dx, dy = (start[0] - x) / 2, (start[1] - y) / 2
    radius = max(radius, math.hypot(dx, dy))
    reach = math.sqrt(max(0.0, radius**2 / (dx * dx + dy * dy) - 1))
    sign = -1 if large == clockwise else 1
    middle = ((start[0] + x) / 2 + sign * reach * dy, (start[1] + y) / 2 - sign * reach * dx)
    begin = math.atan2(start[1] - middle[1], start[0] - middle[0])
    sweep = (math.atan2(y - middle[1], x - middle[0]) - begin) % (2 * math.pi)
    if not clockwise:
        sweep -= 2 * math.pi
    yield from _arc(*middle, radius, radius, begin, sweep, STEPS)
