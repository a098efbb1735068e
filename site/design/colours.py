"""Colours that other sites choose: read strictly, put right where they could not be read on each other."""

import re

HEX = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")
LEAST = 4.5
BLACK, WHITE = "#000000", "#ffffff"


def read(text: str) -> str | None:
    """ "#fffbf4" for "fffbf4", "#FFFBF4" and the like; "#aabbcc" for "abc"; None for anything else."""
    if not HEX.match(text):
        return None
    digits = text.removeprefix("#").lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_light(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, ground: str) -> str:
    """The colour where it can be read on the ground, else black or white, whichever can be read better."""
    if colour and contrast(colour, ground) >= LEAST:
        return colour
    return max((BLACK, WHITE), key=lambda other: contrast(other, ground))


def _light(part: float) -> float:
    """How much light a part of a colour gives."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
