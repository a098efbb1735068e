"""The cloth of a cover, computed from an id alone: the same id gives the same cloth for ever.

Plain numbers in and out; the two writers draw what this says.
"""

import hashlib
import math
from dataclasses import dataclass
from uuid import UUID

NIGHT = "#1d1b3a"
PAPER = "#fffbf4"
THREADS = {
    "coral": "#f0644a",
    "marigold": "#ffb61e",
    "teal": "#007a6e",
    "violet": "#5a35b8",
    "sky": "#2467d1",
}
GROUNDS = {
    "coral": "#fde4dd",
    "marigold": "#ffedc2",
    "teal": "#cdebe5",
    "violet": "#e3dbfa",
    "sky": "#dce8fa",
}

# Of a cover 640 by 270.
BANDS = (46, 52, 58, 64, 72, 80)
GAPS = (9, 12, 16, 20)
EDGE = 3  # ink on each side of a band
WEAVES = ("plain", "twill", "basket")
PERIOD = {"plain": 2, "twill": 4, "basket": 4}


@dataclass(frozen=True)
class Cover:
    """What a cover is made from: `warp` runs up and down, `weft` across, `slug` is the pictogram on it."""

    id: UUID
    warp: str
    weft: str
    slug: str = ""


@dataclass(frozen=True)
class Cloth:
    """Bands by their middle lines. Turned cloth is laid out upright and then turned about the middle.

    `columns` are the warp's x, `rows` the weft's y; `runs[row % period]` says from where to where the weft
    lies over the warp. All reach beyond the edges of the picture.
    """

    width: int
    height: int
    turned: bool
    weave: str
    band: int
    edge: float
    columns: tuple[int, ...]
    rows: tuple[int, ...]
    runs: tuple[tuple[tuple[float, float], ...], ...]
    reach: tuple[int, int, int, int]  # from x, to x, from y, to y
    warp: str
    weft: str
    ground: str

    @property
    def period(self) -> int:
        return len(self.runs)


def cloth(cover: Cover, width: int = 640, height: int = 270, scale: float = 1) -> Cloth:
    """Lay out a cover's cloth; `scale` makes bands and edges larger for larger pictures.

    1. Take eight numbers from a hash of the id, so that ids made one after the other look nothing alike.
    2. They choose band, gap, weave, turn, ground and where the first band lies.
    3. Lay columns and rows over the picture, or over the circle around it where the cloth is turned.
    4. In each row of one period, join neighbouring crossings where the weft is on top into runs.
    """
    chance = hashlib.blake2b(cover.id.bytes, digest_size=8).digest()
    band = round(BANDS[chance[0] % len(BANDS)] * scale)
    pitch = band + round(GAPS[chance[1] % len(GAPS)] * scale)
    weave = WEAVES[chance[2] % len(WEAVES)]
    turned = chance[3] % 3 == 0
    ground = (GROUNDS[cover.warp], GROUNDS[cover.weft], PAPER)[chance[4] % 3]
    reach = _reach(width, height, turned)
    columns = tuple(range(reach[0] + chance[5] * pitch // 256, reach[1] + pitch, pitch))
    rows = tuple(range(reach[2] + chance[6] * pitch // 256, reach[3] + pitch, pitch))
    edge = EDGE * scale
    # One more than the warp's edge, or its ink shows through where the two meet.
    runs = tuple(_runs(weave, row, columns, band / 2 + edge + scale) for row in range(PERIOD[weave]))
    return Cloth(
        width, height, turned, weave, band, edge, columns, rows, runs, reach,
        THREADS[cover.warp], THREADS[cover.weft], ground,
    )  # fmt: skip


def weft_is_over(weave: str, column: int, row: int) -> bool:
    """Plain: every other crossing. Twill: two over, two under, one further each row. Basket: two by two."""
    if weave == "plain":
        return (column + row) % 2 == 0
    if weave == "twill":
        return (column + row) % 4 < 2
    return (column // 2 + row // 2) % 2 == 0


def _reach(width: int, height: int, turned: bool) -> tuple[int, int, int, int]:
    if not turned:
        return (0, width, 0, height)
    # Turned by 45°, an upright square of this half-side still covers every corner.
    half = math.ceil((width + height) / (2 * math.sqrt(2)))
    return (width // 2 - half, width // 2 + half, height // 2 - half, height // 2 + half)


def _runs(weave: str, row: int, columns: tuple[int, ...], half: float) -> tuple[tuple[float, float], ...]:
    runs: list[tuple[float, float]] = []
    joins = False
    for number, x in enumerate(columns):
        over = weft_is_over(weave, number, row)
        if over and joins:
            runs[-1] = (runs[-1][0], x + half)
        elif over:
            runs.append((x - half, x + half))
        joins = over
    return tuple(runs)
