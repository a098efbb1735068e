"""A list of activities on somebody else's site: how long it is, its colours, the code that puts it there."""

import dataclasses
import re
from collections.abc import Mapping
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from design import host_colours
from design.colours import PALES, contrast
from events.query import Query

LEAST, MOST, USUAL = 1, 20, 5
COLOURS = ("paper", "ink", "accent")
PAPER, INK, ACCENT = "#fffbf4", "#1d1b3a", "#5a35b8"
LONGEST_TYPED = 30
NUMBER = re.compile(r"[0-9]{1,4}\Z")
# Pixels: what stands around the cards, and one of them on a phone.
AROUND, A_CARD, TALLEST = 190, 165, 800
# Raise it when the stylesheet changes: caches keep one for a year.
DRAWING = 1

Typed = Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Frame:
    """How the list looks there. A colour that is not given is empty; with none it has ours, dark at night.

    `problems` are words by the name of the parameter, `typed` what was written there.
    """

    count: int = USUAL
    paper: str = ""
    ink: str = ""
    accent: str = ""
    problems: Typed = dataclasses.field(default_factory=dict, compare=False)
    typed: Typed = dataclasses.field(default_factory=dict, compare=False)

    @property
    def is_coloured(self) -> bool:
        return bool(self.paper or self.ink or self.accent)

    def height(self, found: int) -> int:
        """Of the frame, so that few lists scroll in it and a short one leaves no hole."""
        return min(AROUND + A_CARD * min(self.count, max(found, 1)), TALLEST)

    def pairs(self) -> list[tuple[str, str]]:
        """What its address says of it."""
        count = [("count", str(self.count))] if self.count != USUAL else []
        return count + self.colour_pairs()

    def colour_pairs(self) -> list[tuple[str, str]]:
        return [(name, value.removeprefix("#")) for name in COLOURS if (value := getattr(self, name))]

    def colours_path(self) -> str:
        """Of its stylesheet; empty where its colours are ours."""
        if not self.is_coloured:
            return ""
        return f"{reverse('embed_colours')}?{urlencode([*self.colour_pairs(), ('v', DRAWING)])}"


def read(parameters: Mapping[str, str]) -> Frame:
    """Takes anything: what cannot be used is answered in words and left out."""
    problems: dict[str, str] = {}
    typed: dict[str, str] = {}
    given: dict[str, str] = {}
    for name in COLOURS:
        text = parameters.get(name, "").strip()
        if text and (colour := host_colours.read(text)):
            given[name] = colour
        elif text:
            typed[name] = text[:LONGEST_TYPED]
            problems[name] = _(
                "We cannot read this colour. Write it in six letters and figures, like 5a35b8."
            )
    text = parameters.get("count", "").strip()
    count = int(text) if NUMBER.match(text) else 0
    if text and not LEAST <= count <= MOST:
        typed["count"] = text[:LONGEST_TYPED]
        problems["count"] = _("Choose how many to show, from 1 to 20.")
    return Frame(count=count if LEAST <= count <= MOST else USUAL, problems=problems, typed=typed, **given)


def stylesheet(frame: Frame) -> str:
    """Our colours' names with the site's own. Text that could not be read on its ground is black or white."""
    paper = frame.paper or PAPER
    ink = host_colours.readable(frame.ink or INK, paper)
    accent = host_colours.readable(frame.accent or ACCENT, paper)
    night = contrast(paper, host_colours.WHITE) > contrast(paper, host_colours.BLACK)
    values = {
        "color-scheme": "dark" if night else "light",
        **dict.fromkeys(["--paper", "--surface", *(f"--{name}" for name in PALES)], paper),
        **dict.fromkeys(["--ink", "--quiet", "--line", "--hairline"], ink),
        **dict.fromkeys(["--when", "--violet", "--coral", "--focus", "--button"], accent),
        **dict.fromkeys([f"--{name}-text" for name in ("coral", "teal", "violet", "sky")], ink),
        "--on-button": host_colours.readable(paper, accent),
    }
    lines = "\n".join(f"  {name}: {value};" for name, value in values.items())
    return f":root {{\n{lines}\n}}\n"


def path(query: Query, frame: Frame) -> str:
    """Of the list in a frame."""
    asked = "&".join(filter(None, [query.to_querystring(page=1), urlencode(frame.pairs())]))
    return reverse("embed") + (f"?{asked}" if asked else "")


def code(query: Query, frame: Frame, title: str, *, height: int, width: str = "100%") -> SafeString:
    """What somebody puts into their own page; without a style, which a strict policy there would refuse."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" frameborder="0"></iframe>',
        f"{settings.PUBLIC_ADDRESS}{path(query, frame)}",
        title,
        width,
        height,
    )
