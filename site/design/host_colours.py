"""Colours that other sites choose: read strictly, put right where they could not be read on each other."""

import re

from design.colours import TEXT, contrast

HEX = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
BLACK, WHITE = "#000000", "#ffffff"


def read(text: str) -> str | None:
    """ "#fffbf4" for "fffbf4", "#FFFBF4" and the like; "#aabbcc" for "abc"; None for anything else."""
    if not HEX.match(text):
        return None
    digits = text.removeprefix("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def readable(colour: str, ground: str) -> str:
    """The colour where it can be read on the ground, else black or white, whichever can be read better."""
    if colour and contrast(colour, ground) >= TEXT:
        return colour
    return max((BLACK, WHITE), key=lambda other: contrast(other, ground))
