"""A published table as rows: comma-separated, with names of columns in its first line, of any size.

1. The file is read once to learn its encoding (UTF-8 with or without a mark, else Windows-1252) and that it
   is text.
2. It is read again record by record. Columns are found by name; their order and further ones mean nothing.
3. A record that cannot be read is a `BadRow` with the line on which it begins. What makes the whole file
   worthless is a `BadFile`.
"""

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO, TypeVar

Read = TypeVar("Read")

PIECE = 1 << 20
LONGEST_CELL = 131_072
MOST_LINES = 50
"""No published row has more lines: beyond them a quote was left open."""

URN = re.compile(r"[1-9][0-9]{5}", re.ASCII)
"""A school's number in the register."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f�]")
WHITE = re.compile(r"\s+")
# How the Department and the register write that there is no figure, and what each mark says. None is nought.
HIDDEN, SMALL = "kept back, so that nobody is known by it", "too small to be told"
ABSENT, NOT_ASKED = "not known to who published it", "not asked of this school"
EMPTY = "empty"
MARKS: Mapping[str, str] = {
    "": EMPTY,
    **dict.fromkeys(("c", "*", "supp", "suppressed"), HIDDEN),  # confidential
    **dict.fromkeys(("low", "k", "~"), SMALL),  # more than nought, and would be rounded to it
    **dict.fromkeys(
        ("x", ":", "..", ".", "-", "u", "na", "n/a", "ne", "null", "dna"), ABSENT
    ),  # or unreliable
    "z": NOT_ASKED,  # not applicable
}


class BadFile(Exception):  # noqa: N818 - not an error of ours
    """Nothing of the file can be used; says why in words."""


class BadCell(ValueError):  # noqa: N818 - not an error of ours
    """What stands in a cell cannot be what its column says; says why in words."""


class BadRow(NamedTuple):
    """A row that is left out: the line on which it begins, and why."""

    line: int
    why: str


class Row(NamedTuple):
    """One record: the line on which it begins, and its cells by the key of their column."""

    line: int
    cells: Mapping[str, str]


class _Lines:
    """Counts the lines that the reader of records takes."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = iter(stream)
        self.number, self.ended = 0, False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = next(self._stream)
        except StopIteration:
            self.ended = True
            raise
        self.number += 1
        return line


def encoding(file: Path) -> str:
    """How the text is written. Raises `BadFile` for what is empty, a folder, or no text."""
    if not file.is_file():
        raise BadFile(f"There is no file {file}.")
    decoder, is_utf8, size = codecs.getincrementaldecoder("utf-8")(), True, 0
    with file.open("rb") as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if b"\0" in piece:
                raise BadFile("This is not a table of text. Is it packed, or a spreadsheet? Save it as CSV.")
            is_utf8 = is_utf8 and _decodes(decoder, piece)
    if not size:
        raise BadFile("The file is empty.")
    return "utf-8-sig" if is_utf8 and _decodes(decoder, b"", final=True) else "cp1252"


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def named(header: Sequence[str], wanted: Mapping[str, str], needed: Iterable[str]) -> dict[str, int]:
    """Where each wanted column stands, by its key. `wanted` gives the names that the register uses."""
    places: dict[str, list[int]] = {}
    for at, name in enumerate(header):
        places.setdefault(plain(name).casefold(), []).append(at)
    found = {key: places.get(name.casefold(), []) for key, name in wanted.items()}
    if twice := [wanted[key] for key, at in found.items() if len(at) > 1]:
        raise BadFile(f"The first line names a column twice: {', '.join(twice)}.")
    if missing := [wanted[key] for key in needed if not found[key]]:
        raise BadFile(f"The first line does not name these columns: {', '.join(missing)}.")
    return {key: at[0] for key, at in found.items() if at}


class Table:
    """The rows of an open file. `columns` are the keys of those wanted columns that it has."""

    def __init__(self, stream: TextIO, wanted: Mapping[str, str], needed: Iterable[str]) -> None:
        csv.field_size_limit(LONGEST_CELL)
        self._lines = _Lines(stream)
        self._records = csv.reader(self._lines, strict=True)
        try:
            header = next(self._records)
        except StopIteration:
            raise BadFile("The file is empty.") from None
        except csv.Error:
            raise BadFile("The first line is not a list of columns with commas between them.") from None
        self._at = named(header, wanted, needed)
        self._width = len(header)

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self._at)

    def __iter__(self) -> Iterator[Row | BadRow]:
        while True:
            begins = self._lines.number + 1
            try:
                record = next(self._records)
            except StopIteration:
                return
            except csv.Error:
                if self._lines.ended:
                    raise BadFile(
                        f"The file ends within quotation marks that open on line {begins} or after it: "
                        "it was cut off. Fetch it again."
                    ) from None
                yield BadRow(begins, _reach(begins, self._lines.number, "quotation marks in a wrong place"))
                continue
            if record:
                yield self._row(begins, record)

    def each(self, read: Callable[[Row], Read]) -> Iterator[Read | BadRow]:
        """What `read` makes of each row. Where it raises `BadCell` the row is left out, for that reason."""
        for row in self:
            if isinstance(row, BadRow):
                yield row
                continue
            try:
                found = read(row)
            except BadCell as problem:
                yield BadRow(row.line, str(problem))
            else:
                yield found

    def _row(self, begins: int, record: list[str]) -> Row | BadRow:
        if self._lines.number - begins >= MOST_LINES:
            return BadRow(begins, _reach(begins, self._lines.number, "a quotation mark was left open"))
        if len(record) != self._width:
            return BadRow(begins, f"{len(record)} cells where there are {self._width} columns")
        cells = {key: record[at] for key, at in self._at.items()}
        if any(CONTROL.search(cell) for cell in cells.values()):
            return BadRow(begins, "signs in it that are no text")
        return Row(begins, {key: plain(cell) for key, cell in cells.items()})


def _reach(first: int, last: int, why: str) -> str:
    return why if last <= first else f"{why}, up to line {last}"


def plain(text: str) -> str:
    """Without white space around it or in a row."""
    return WHITE.sub(" ", text).strip()


def why_unknown(text: str) -> str:
    """What a mark in place of a figure says; empty where it is none."""
    return MARKS.get(text.casefold(), "")


def count(text: str) -> int | None:
    """A whole number; None where the register does not know it or may not say it."""
    if why_unknown(text):
        return None
    digits = text.replace(",", "").removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 6:
        raise BadCell(f"“{text[:40]}” is no number of people")
    return int(digits)


def hundredths(text: str) -> str | None:
    """A percentage from 0 to 100 as it is written, at most two decimals; None where it is not known."""
    text = text.removesuffix("%").rstrip()
    if why_unknown(text):
        return None
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,15})?", text) or not 0 <= float(text) <= 100:
        raise BadCell(f"“{text[:40]}” is no percentage")
    return f"{float(text):.2f}"


def urn(text: str) -> int:
    """A school's number in the register: six digits."""
    if not URN.fullmatch(text):
        raise BadCell(f"“{text[:40]}” is no school's number (URN)" if text else "no number of a school (URN)")
    return int(text)
