"""Covers as PNG, 1200 × 630, for what shows no SVG: shared links, search results, calendars.

The cloth with the pictogram on its patch, and beside it the words, so that a shared link can be told apart.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from design import pictograms
from images.covers import shapes
from images.covers.geometry import NIGHT, PAPER, THREADS, Cloth, Cover, cloth

SIZE = (1200, 630)
CLOTH = 480  # the cloth's width; the words have the rest
MARGIN = 56
FINE = 2  # everything is drawn twice as large and scaled down, which smooths its edges
SCALE = 1.35 * FINE  # the bands, against those of a cover on a page
FONTS = Path(__file__).resolve().parents[3] / "static" / "fonts"
HEADING, TEXT = "bricolage-grotesque", "atkinson-hyperlegible-next"
QUIET = "#55527a"


def write(cover: Cover, title: str, subtitle: str = "") -> bytes:
    """The card's bytes; the same for the same words. Letters that our typefaces lack are left out."""
    card = Image.new("RGB", SIZE, PAPER)
    card.paste(_cover(cover, CLOTH), (0, 0))
    pen = ImageDraw.Draw(card)
    pen.line([(CLOTH, 0), (CLOTH, SIZE[1])], fill=NIGHT, width=5)
    _words(pen, title, subtitle)
    _mark(card)
    return _bytes(card)


def write_plain(cover: Cover) -> bytes:
    """The cover alone, for what brings its own words: calendars, directories."""
    return _bytes(_cover(cover, SIZE[0]))


def _bytes(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _cover(cover: Cover, across: int) -> Image.Image:
    width, height = across * FINE, SIZE[1] * FINE
    laid = cloth(cover, width, height, SCALE)
    picture = _weave(laid)
    if cover.slug:
        _patch(ImageDraw.Draw(picture), cover.slug, width / 2, height / 2, CLOTH * FINE * 0.36)
    return picture.resize((across, SIZE[1]), Image.Resampling.LANCZOS)


def _weave(laid: Cloth) -> Image.Image:
    """Weft, warp, and the weft again where it is on top: each band in ink, then narrower in its thread."""
    left, right, top, bottom = laid.reach
    picture = Image.new("RGB", (right - left, bottom - top), laid.ground)
    pen = ImageDraw.Draw(picture)
    over = [
        (start, row, end)
        for number, row in enumerate(laid.rows)
        for start, end in laid.runs[number % laid.period]
    ]
    for colour, half in ((NIGHT, laid.band / 2 + laid.edge), (laid.weft, laid.band / 2)):
        for y in laid.rows:
            pen.rectangle([0, y - top - half, right - left, y - top + half], fill=colour)
    for colour, half in ((NIGHT, laid.band / 2 + laid.edge), (laid.warp, laid.band / 2)):
        for x in laid.columns:
            pen.rectangle([x - left - half, 0, x - left + half, bottom - top], fill=colour)
    for colour, half in ((NIGHT, laid.band / 2 + laid.edge), (laid.weft, laid.band / 2)):
        for start, y, end in over:
            pen.rectangle([start - left, y - top - half, end - left, y - top + half], fill=colour)
    if laid.turned:
        picture = picture.rotate(-45, Image.Resampling.BICUBIC)
    x, y = (picture.width - laid.width) // 2, (picture.height - laid.height) // 2
    return picture.crop((x, y, x + laid.width, y + laid.height))


def _patch(pen: ImageDraw.ImageDraw, slug: str, x: float, y: float, radius: float) -> None:
    pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=PAPER, outline=NIGHT, width=5 * FINE)
    scale = radius / 46
    drawing = pictograms.drawings()[pictograms.known(slug)]
    for shape in shapes.read(drawing, NIGHT):
        points = [(x + (px - 32) * scale, y + (py - 32) * scale) for px, py in shape.points]
        if shape.fill and len(points) > 2:
            pen.polygon(points, fill=shape.fill)
        _stroke(pen, points, shape, shape.width * scale)


def _stroke(
    pen: ImageDraw.ImageDraw, points: list[tuple[float, float]], shape: shapes.Shape, width: float
) -> None:
    closed = [*points, points[0]] if shape.closed else points
    pen.line(closed, fill=shape.stroke, width=round(width))
    for px, py in closed:  # round joins and ends
        pen.circle((px, py), width / 2, fill=shape.stroke)


def _mark(card: Image.Image) -> None:
    """The woven mark and the name, at the foot."""
    x, y = CLOTH + MARGIN, SIZE[1] - MARGIN - 44
    mark = Image.new("RGB", (160, 160), PAPER)
    pen = ImageDraw.Draw(mark)
    for colour, box in (
        ("marigold", (4, 20, 156, 60)),
        ("violet", (4, 96, 156, 136)),
        ("coral", (24, 4, 64, 156)),
        ("teal", (96, 4, 136, 156)),
        ("marigold", (80, 20, 156, 60)),
        ("violet", (4, 96, 80, 136)),
    ):
        pen.rectangle(box, fill=THREADS[colour], outline=NIGHT, width=8)
    card.paste(mark.resize((44, 44), Image.Resampling.LANCZOS), (x, y))
    ImageDraw.Draw(card).text(
        (x + 58, y + 22), "Mingle", NIGHT, _font(HEADING, "latin", 36, 750), anchor="lm"
    )


def _words(pen: ImageDraw.ImageDraw, title: str, subtitle: str) -> None:
    """The title as large as fits in four lines, then the subtitle in at most two."""
    width = SIZE[0] - CLOTH - 2 * MARGIN
    y = float(MARGIN)
    for size in (76, 68, 60, 52, 44):
        lines = list(_wrapped(title, HEADING, size, 800, width))
        if len(lines) <= 4:
            break
    for line in lines[:4]:
        _line(pen, line, y, HEADING, size, 800, NIGHT)
        y += size * 1.12
    y += 14
    for line in list(_wrapped(subtitle, TEXT, 32, 500, width))[:2]:
        _line(pen, line, y, TEXT, 32, 500, QUIET)
        y += 42


def _wrapped(text: str, family: str, size: int, weight: int, width: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        if not any(_runs(word, family)):
            continue
        longer = f"{line} {word}".strip()
        if line and _length(longer, family, size, weight) > width:
            yield line
            longer = word
        while len(longer) > 1 and _length(longer, family, size, weight) > width:
            fits = max(n for n in range(1, len(longer)) if _fits(longer[:n], family, size, weight, width))
            yield longer[:fits]
            longer = longer[fits:]
        line = longer
    if line:
        yield line


def _fits(text: str, family: str, size: int, weight: int, width: float) -> bool:
    return len(text) == 1 or _length(text, family, size, weight) <= width


def _length(text: str, family: str, size: int, weight: int) -> float:
    return sum(_font(family, part, size, weight).getlength(run) for part, run in _runs(text, family))


def _line(
    pen: ImageDraw.ImageDraw, text: str, y: float, family: str, size: int, weight: int, ink: str
) -> None:
    x = float(CLOTH + MARGIN)
    for part, run in _runs(text, family):
        font = _font(family, part, size, weight)
        pen.text((x, y + size), run, ink, font, anchor="ls")
        x += font.getlength(run)


def _runs(text: str, family: str) -> Iterator[tuple[str, str]]:
    """Pieces of a text, each with the part of the typeface that has its letters."""
    part, run = "latin", ""
    for letter in text:
        needed = next((one for one in ("latin", "latin-ext") if _has(letter, family, one)), None)
        if needed is None:
            continue
        if needed != part and run:
            yield part, run
            run = ""
        part, run = needed, run + letter
    if run:
        yield part, run


@cache
def _font(family: str, part: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / f"{family}-{part}.woff2", size)
    font.set_variation_by_axes([weight])
    return font


@cache
def _has(letter: str, family: str, part: str) -> bool:
    def pixels(one: str) -> bytes:
        mask: Any = _font(family, part, 32, 500).getmask(one)
        return bytes(mask)

    return letter == " " or pixels(letter) != pixels("\uffff")
