"""Colours that other sites choose."""

import pytest

from design import host_colours
from design.colours import contrast


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("fffbf4", "#fffbf4"),
        ("#FFFBF4", "#fffbf4"),
        ("abc", "#aabbcc"),
        ("#abc", "#aabbcc"),
        ("", None),
        ("red", None),
        ("#ffff", None),
        ("fffbf4;", None),
        ("url(//evil)", None),
        ("fffbf4\n", None),
        ("١٢٣", None),
    ],
)
def test_colour_is_read_strictly(text: str, colour: str | None) -> None:
    assert host_colours.read(text) == colour


@pytest.mark.parametrize(
    ("colour", "ground", "drawn"),
    [
        ("#767676", "#ffffff", "#767676"),
        ("#777777", "#ffffff", "#000000"),
        ("#222222", "#000000", "#ffffff"),
        ("", "#5a35b8", "#ffffff"),
        ("#808080", "#808080", "#000000"),
    ],
)
def test_what_cannot_be_read_on_its_ground_becomes_black_or_white(
    colour: str, ground: str, drawn: str
) -> None:
    assert host_colours.readable(colour, ground) == drawn
    assert contrast(drawn, ground) >= 4.5
