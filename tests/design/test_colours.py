"""Colours: they can be told apart in light and dark, and pages use no pair that nobody has looked at."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from design import colours
from design.colours import GROUNDS, PAIRS, SHAPE, TEXT, Mode

FOLDER = Path(__file__).resolve().parents[2] / "static" / "css"
# The editor's own sheet has Wagtail's colours; paper has ink alone.
SHEETS = sorted(sheet for sheet in FOLDER.rglob("*.css") if sheet.name not in {"cms.css", "print.css"})
EDGE = re.compile(
    r"(?<![\w-])(?:border|outline|text-decoration|fill|stroke|accent)[\w-]*: [^;]*?var\(--([\w-]+)\)"
)
# The threads of the mark and the figures of mixing lie between ink outlines; a picture's edge is that of its
# own cloth.
BETWEEN_OUTLINES = {
    ("frame.css", f"mark__{thread}") for thread in ("coral", "marigold", "teal", "violet")
} | {
    ("front.css", "hero-picture"),
    ("map.css", "map__disc"),
    ("map.css", "map__disc--one"),
    ("layout.css", "footer::before"),
    *(("mixing.css", f"mixing__{shape}") for shape in ("dot--asian", "dot--white", "shape--here")),
}

# What is drawn on a shape, and on which; the dots of the map's ground are decoration.
DRAWN_ON = {".map__number": ("marigold",), ".map__number--one": ("day",), ".map__disc + use": ("day",)}
DECORATION = ".map__still,\n  .map__canvas"


def rules() -> Iterator[tuple[str, str, str]]:
    """Sheet, selector and body of each rule."""
    for sheet in SHEETS:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        for selector, body in re.findall(r"([^{}]+){([^{}]*)}", text):
            yield sheet.name, selector.strip(), body


def used(body: str, name: str) -> str:
    """The token of a property, or nothing."""
    found = re.search(rf"(?<![\w-]){name}: [^;]*?var\(--([\w-]+)\)", body)
    return found[1] if found and found[1] in colours.tokens("light") else ""


def grounds(selector: str, body: str) -> tuple[str, ...]:
    """The ground that a rule sets, that of the block or shape it lies on, or else paper and surface."""
    if selector in DRAWN_ON:
        return DRAWN_ON[selector]
    ground = used(body, "background") or ("hero" if selector.startswith(".band--hero ") else "")
    return (ground,) if ground else GROUNDS


def listed(least: float) -> set[tuple[str, str]]:
    return {(front, back) for front, back, asked in PAIRS if asked >= least}


def test_contrast_is_computed_as_the_guidelines_say() -> None:
    assert colours.contrast("#000000", "#ffffff") == 21
    assert round(colours.contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("mode", colours.MODES)
def test_every_pair_can_be_told_apart(mode: Mode) -> None:
    have = colours.tokens(mode)
    faint = {
        (front, back): round(colours.contrast(have[front], have[back]), 2)
        for front, back, least in PAIRS
        if colours.contrast(have[front], have[back]) < least
    }
    assert faint == {}


def test_dark_has_its_own_of_every_colour_that_is_not_the_same_always() -> None:
    light, dark = colours.tokens("light"), colours.tokens("dark")
    assert {name for name in light if light[name] == dark[name]} == {
        "night",
        "day",
        "on-marigold",
    }


def test_text_is_listed_on_the_ground_that_its_rule_sets() -> None:
    """A rule that sets a ground alone is read in ink."""
    pairs = {
        (sheet, used(body, "color") or "ink", back)
        for sheet, _selector, body in rules()
        if (back := used(body, "background"))
    }
    assert {pair for pair in pairs if pair[1:] not in listed(TEXT)} == set()


def test_text_without_a_ground_of_its_own_is_listed_on_paper_and_surface() -> None:
    fronts = {
        (sheet, front, ground)
        for sheet, selector, body in rules()
        if (front := used(body, "color")) and not used(body, "background") and selector != DECORATION
        for ground in DRAWN_ON.get(selector, GROUNDS)
    }
    assert {pair for pair in fronts if pair[1:] not in listed(TEXT)} == set()


def test_edges_and_underlines_are_listed_where_they_stand() -> None:
    """On the ground that the rule sets, or else on paper and surface."""
    edges = {
        (sheet, selector, edge, back)
        for sheet, selector, body in rules()
        if (sheet, selector.split(".")[-1].strip()) not in BETWEEN_OUTLINES
        for edge in EDGE.findall(body)
        if edge in colours.tokens("light")
        for back in grounds(selector, body)
        if edge != back
    }
    assert {pair for pair in edges if pair[2:] not in listed(SHAPE)} == set()
