"""A sheet of text, and what cannot be one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

MOST_ROWS = 2_000
MOST_COLUMNS = 60
MOST_LETTERS = 5_000  # in one cell: a long description
MOST_SIGNS = 3_000_000  # in all cells together

# What no keyboard types: control characters, halves of characters, marks of direction and order of bytes.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
GUARDED = re.compile(r"'\s*[=+@-]")  # the apostrophe by which a spreadsheet knows that this is no formula
SPACES = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u3000]+")
LINES = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")


class Unreadable(Exception):
    """What was sent cannot be read as a timetable, and why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a line or a whole timetable; `field` is the fact it is about."""

    field: str
    code: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells of text, all of one length, no empty row or column at the end.

    `remarks` says what was found out while it was read, by the number of the row; -1 is the whole.
    `ours` is true where the columns are named as in our template, by us.
    """

    rows: tuple[tuple[str, ...], ...]
    remarks: Mapping[int, tuple[Remark, ...]] = field(default_factory=lambda: MappingProxyType({}))
    ours: bool = False

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def turned(self) -> "Table":
        """Rows as columns."""
        return Table(tuple(zip(*self.rows, strict=True)))


def tidy(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Cells without what cannot be seen, as a rectangle. Raises Unreadable where it is empty or too large."""
    cleaned: list[list[str]] = []
    signs = 0
    for row in rows:
        cells = [clean(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        signs += sum(map(len, cells))
        if len(cells) > MOST_COLUMNS:
            raise Unreadable("too_many_columns", most=MOST_COLUMNS)
        cleaned.append(cells)
        if signs > MOST_SIGNS or (len(cleaned) > MOST_ROWS and cells):
            raise Unreadable("too_many_rows", most=MOST_ROWS)
    while cleaned and not cleaned[-1]:
        cleaned.pop()
    width = max(map(len, cleaned), default=0)
    if not width:
        raise Unreadable("empty")
    return tuple(tuple(cells + [""] * (width - len(cells))) for cells in cleaned)


def clean(cell: str) -> str:
    """Without what cannot be seen; spaces single, lines kept."""
    text = UNSEEN.sub("", LINES.sub("\n", cell[: MOST_LETTERS * 2]))
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    text = "\n".join(lines).strip()[:MOST_LETTERS]
    return text[1:] if GUARDED.match(text) else text
