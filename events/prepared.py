"""Markup written once and filled in at every reading: cards, the form of filters.

A template is given `hole("when")` where words will stand that are not known yet. `seal` turns what it
rendered into text to keep; `Prepared` reads such text and joins it with today's words, some fifty times
quicker than a template.
"""

import re
import secrets
from collections.abc import Iterable, Mapping

from django.utils.safestring import SafeString

# No text that people type holds these: `clean` takes them out.
OPEN, CLOSE, EDGE, WITHIN, ICONS = "\x02", "\x03", "\x1e", "\x1f", "\x1d"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
BETWEEN_TAGS = re.compile(r">\s+<")
HOLE = re.compile(f"{OPEN}([^{CLOSE}]+){CLOSE}")
PLAIN = rf"(?:(?!</?(?:li|p)\b)[^{OPEN}{CLOSE}])*"
TAG = r'<(?P<tag>li|p)(?: class="[\w -]+")?>'
ITEM = re.compile(f"({TAG}{PLAIN}){OPEN}([^{CLOSE}]+){CLOSE}({PLAIN}</(?P=tag)>)")


def hole(name: str) -> str:
    return f"{OPEN}{name}{CLOSE}"


def clean(text: str) -> str:
    """Text without control characters, so that nobody can type a hole. A whole page goes through here, for
    which a translation table takes many times as long."""
    return CONTROLS.sub("", text)


class Holes:
    """Holes that nobody can type, for a page that is full of what people have typed.

    `words` are what its template is given; `seal` makes of what that rendered text for `Prepared`.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._token = secrets.token_hex(8)
        self.words = {name: SafeString(f"{OPEN}{self._token}-{name}{CLOSE}") for name in names}  # nosec B703

    def seal(self, markup: str) -> str:
        pieces = re.split(f"{OPEN}{self._token}-([^{CLOSE}]+){CLOSE}", markup)
        return EDGE.join(
            f"{piece}{WITHIN}{WITHIN}" if place % 2 else clean(piece) for place, piece in enumerate(pieces)
        )


def seal(markup: str, *, icons: str = "") -> str:
    """Text to keep. A list item or paragraph around a single hole goes with it when it stays empty, unless
    it has an id: then something else points at it.

    `icons` is the address of the sprite, which changes with a release and is put in at reading; text that no
    other release will read needs none.
    """
    text = BETWEEN_TAGS.sub("><", markup.strip())
    text = ITEM.sub(rf"{EDGE}\3{WITHIN}\1{WITHIN}\4{EDGE}", text)
    text = HOLE.sub(rf"{EDGE}\1{WITHIN}{WITHIN}{EDGE}", text)
    return text.replace(icons, ICONS) if icons else text


class Prepared:
    """Sealed text, taken apart. `icons` is the address of the sprite, where it was taken out."""

    __slots__ = ("holes", "pieces")

    def __init__(self, text: str, *, icons: str = "") -> None:
        self.pieces = text.replace(ICONS, icons).split(EDGE)
        self.holes = [(at, *piece.split(WITHIN)) for at, piece in enumerate(self.pieces) if at % 2]

    def filled(self, words: Mapping[str, str]) -> str:
        """The markup. Words are put in as they are: they must be markup already."""
        pieces = self.pieces.copy()
        for at, name, before, after in self.holes:
            word = words.get(name, "")
            pieces[at] = f"{before}{word}{after}" if word else ""
        return "".join(pieces)
