"""The colours of `tokens.css`, in light and dark, and which of them meet on pages.

Every pair is to be told apart: text by 4.5 to 1, shapes and edges by 3 to 1, as WCAG 2.2 asks. No sheet
uses a pair that is not listed here, and a test computes them all.
"""

import re
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

Mode = Literal["light", "dark"]
MODES: tuple[Mode, ...] = ("light", "dark")
TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")

TEXT, SHAPE = 4.5, 3.0
THREADS = ("coral", "marigold", "teal", "violet", "sky")
GROUNDS = ("paper", "surface")
PALES = tuple(f"{thread}-pale" for thread in THREADS)
WRITTEN = ("coral-text", "teal-text")


class Pair(NamedTuple):
    """What is drawn, what it is drawn on, and the least contrast between the two."""

    front: str
    back: str
    least: float


PAIRS = (
    *(Pair("ink", ground, TEXT) for ground in (*GROUNDS, *PALES)),
    *(Pair("quiet", ground, TEXT) for ground in (*GROUNDS, *PALES)),
    *(Pair("when", ground, TEXT) for ground in GROUNDS),
    *(Pair(text, ground, TEXT) for text in WRITTEN for ground in GROUNDS),
    *(Pair(text, text.replace("-text", "-pale"), TEXT) for text in WRITTEN),
    *(Pair(f"on-{thread}", thread, TEXT) for thread in ("marigold", "violet")),  # marked text, a button
    Pair("on-hero", "hero", TEXT),
    Pair("on-button", "button", TEXT),
    Pair("night", "day", TEXT),  # pictograms
    *(Pair("line", ground, SHAPE) for ground in (*GROUNDS, *PALES, "hero")),
    *(Pair("hairline", ground, SHAPE) for ground in GROUNDS),
    *(Pair("focus", ground, SHAPE) for ground in (*GROUNDS, *PALES, "hero")),
    *(Pair("button", ground, SHAPE) for ground in (*GROUNDS, *PALES, "hero")),
    *(Pair("violet", ground, SHAPE) for ground in (*GROUNDS, *PALES)),  # underlines, ticked boxes
    *(Pair("coral", ground, SHAPE) for ground in GROUNDS),  # underlines
    *(Pair("coral-text", ground, SHAPE) for ground in GROUNDS),  # the edges of fields that are wrong
)


@cache
def tokens(mode: Mode) -> dict[str, str]:
    """Name to colour. What the dark part does not name is as in the light."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    found = dict(COLOUR.findall(light))
    return found | dict(COLOUR.findall(dark)) if mode == "dark" else found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """(lighter + 0.05) / (darker + 0.05), from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
