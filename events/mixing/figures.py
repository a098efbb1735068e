"""What the figures of mixing look like: shapes with their places, in units of the drawing.

A template draws them. Nothing is told by colour alone: groups have patterns, bars and marks have words.
"""

import datetime
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diversity.disclosure import Interval
from diversity.reading import Figure

WIDTH = 320
MARGIN = 12
DOT, DOTS_A_ROW, MOST_DOTS = 16, 20, 200
SAMPLE = 28
BAR, GAP_BETWEEN, LABEL = 14, 10, 20
YEAR_HEIGHT = 120
MOST_TIMES = 3.0
# Grounds that are no colour. Groups of whom only a range is told are hatched together, as "few".
PATTERNS = {"mixed": "crossed", "other": "barred", "few": "hatched", "beside": "hatched"}


@dataclass(frozen=True, slots=True)
class Shape:
    """`kind` names the part of the template and the class; `text` is what stands at it."""

    kind: str
    x: float
    y: float
    width: float = 0
    height: float = 0
    text: str = ""
    group: str = ""

    @property
    def pattern(self) -> str:
        return PATTERNS.get(self.group or self.kind, "")


@dataclass(frozen=True, slots=True)
class Drawing:
    """`each`: how many people one dot stands for."""

    width: float
    height: float
    shapes: Sequence[Shape]
    each: int = 1


@dataclass(frozen=True, slots=True)
class Key:
    """What a mark of a drawing says: the mark by itself, and words that name it for who does not see it."""

    sample: Drawing
    words: str


def key(kind: str, words: str, *, group: str = "") -> Key:
    """`kind` as in a drawing: its mark is drawn the same."""
    shapes = {
        "mark": Shape("mark", SAMPLE / 2, 2, 0, SAMPLE - 4),
        "area": Shape("area", SAMPLE / 2, 2, 0, SAMPLE - 4),
        "range": Shape("range", 2, (SAMPLE - BAR) / 2, SAMPLE - 4, BAR),
        "dot": Shape("dot", SAMPLE / 2, SAMPLE / 2, DOT / 2 - 2, group=group),
        "point": Shape("point", SAMPLE / 2, SAMPLE / 2, DOT / 2 - 3),
    }
    return Key(Drawing(SAMPLE, SAMPLE, [shapes[kind]]), words)


def people(groups: Sequence[tuple[str, int | Interval]]) -> Drawing:
    """A dot a person, by group with its code; groups that are told as a range together, as one hatched block.

    With more than `MOST_DOTS` people a dot stands for several.
    """
    told = [(name, count) for name, count in groups if isinstance(count, int)]
    ranges = [count for _name, count in groups if isinstance(count, tuple)]
    blocks = [(name, count) for name, count in told if count]
    if ranges:
        blocks.append(("few", sum(low + high for low, high in ranges) // 2))
    each = max(1, -(-sum(count for _, count in blocks) // MOST_DOTS))
    dots = [name for name, count in blocks for _ in range(max(1, round(count / each)))]
    shapes = [
        Shape("dot", x, y, DOT / 2 - 2, group=name) for name, (x, y) in zip(dots, _rows(), strict=False)
    ]
    return Drawing(DOTS_A_ROW * DOT, -(-len(dots) // DOTS_A_ROW) * DOT, shapes, each)


def meetings(held: int) -> Drawing:
    """A mark a meeting."""
    shapes = [Shape("point", x, y, DOT / 2 - 3) for _, (x, y) in zip(range(held), _rows(), strict=False)]
    return Drawing(DOTS_A_ROW * DOT, -(-held // DOTS_A_ROW) * DOT, shapes)


def _rows() -> Iterator[tuple[float, float]]:
    """Where dots stand, row by row."""
    for place in itertools.count():
        row, column = divmod(place, DOTS_A_ROW)
        yield column * DOT + DOT / 2, row * DOT + DOT / 2


def chance(here: Figure, area: float | None) -> Drawing:
    """A bar from lowest to highest on a line from 0 to 100, a mark at the figure and one at the area's."""
    return _ranged(here, 1.0, area, ("0", "100"))


def times(here: Figure) -> Drawing:
    """The same for a ratio; 1 is the area."""
    most = max(MOST_TIMES, here.high)
    return _ranged(here, most, 1.0, ("0", f"{most:g}"))


def _ranged(here: Figure, most: float, area: float | None, ends: tuple[str, str]) -> Drawing:
    line = 26.0
    shapes = [
        Shape("axis", MARGIN, line, WIDTH - 2 * MARGIN),
        Shape("range", _at(here.low, most), line - BAR / 2, _wide(here.high - here.low, most), BAR),
        Shape("mark", _at(here.value, most), line - BAR, 0, 2 * BAR),
        Shape("end", MARGIN, line + LABEL + 6, text=ends[0]),
        Shape("last", WIDTH - MARGIN, line + LABEL + 6, text=ends[1]),
    ]
    if area is not None:
        shapes.append(Shape("area", _at(area, most), line - BAR, 0, 2 * BAR))
    return Drawing(WIDTH, line + LABEL + 14, shapes)


def pairs(rows: Sequence[tuple[str, float, str, float | None]]) -> Drawing:
    """Two bars a row, from 0 to 1: here, and what it is held beside."""
    shapes, y = [], 0.0
    for name, here, other, beside in rows:
        shapes.append(Shape("label", MARGIN, y + 12, text=name))
        shapes.append(Shape("here", MARGIN, y + LABEL, _wide(here, 1.0), BAR))
        y += LABEL + BAR
        if beside is not None:
            shapes.append(Shape("beside", MARGIN, y + 4, _wide(beside, 1.0), BAR))
            shapes.append(Shape("label", MARGIN, y + BAR + 18, text=other))
            y += BAR + LABEL
        y += GAP_BETWEEN
    return Drawing(WIDTH, y, shapes)


def year(values: Sequence[tuple[datetime.date, float]], ends: tuple[str, str]) -> Drawing:
    """A mark a count day, oldest first, as far apart as the days are; 0 at the foot and 100 at the head.

    `ends` name the first day and the last.
    """
    (first, _), (last, _) = values[0], values[-1]
    across = (WIDTH - 2 * MARGIN) / max(1, (last - first).days)
    points = [(round(MARGIN + (day - first).days * across, 1), _up(value)) for day, value in values]
    shapes = [
        Shape("axis", MARGIN, _up(0), WIDTH - 2 * MARGIN),
        Shape("axis", MARGIN, _up(1), WIDTH - 2 * MARGIN),
    ]
    shapes += [
        Shape("step", x, y, after_x - x, after_y - y)
        for (x, y), (after_x, after_y) in zip(points, points[1:], strict=False)
    ]
    shapes += [Shape("point", x, y, 5) for x, y in points]
    shapes += [Shape("end", MARGIN, _up(0) + 16, text="0"), Shape("end", MARGIN, _up(1) - 6, text="100")]
    shapes.append(Shape("end", MARGIN, _up(0) + 16 + LABEL, text=ends[0]))
    shapes.append(Shape("last", WIDTH - MARGIN, _up(0) + 16 + LABEL, text=ends[1]))
    return Drawing(WIDTH, YEAR_HEIGHT + 24 + LABEL, shapes)


def _up(value: float) -> float:
    return 20 + (1 - value) * (YEAR_HEIGHT - 20)


def _at(value: float, most: float) -> float:
    return MARGIN + _wide(value, most)


def _wide(value: float, most: float) -> float:
    return round(min(value, most) / most * (WIDTH - 2 * MARGIN), 1)
