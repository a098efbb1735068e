"""Text with something between the cells: a .csv, or what was copied out of a spreadsheet or a letter."""

import csv
import io
import re
from collections.abc import Iterator

from events.importing.table import MOST_ROWS, Table, Unreadable, tidy

# The likeliest first: tabs come of copying; semicolons are what spreadsheets write where commas are decimal.
SEPARATORS = ("\t", "|", ";", ",")
GAP = re.compile(r" {2,}|\t")
RULE = re.compile(r"[\s|+:=_-]*")
LOOKED_AT = 50


def decoded(data: bytes) -> str:
    """As text. Files say rarely how they are written: a mark of byte order, UTF-8, else what Windows writes.

    Every byte is some letter in the last of these, so this cannot fail.
    """
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(encoding, errors="replace")
    if data[1:2] == b"\x00" and data[3:4] == b"\x00":
        return data.decode("utf-16-le", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read(text: str) -> Table:
    """Its rows. Raises Unreadable."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Unreadable("empty")
    return Table(tidy(_without_rules(_rows(text))))


def _rows(text: str) -> Iterator[list[str]]:
    separator = _separator(text)
    if separator:
        try:
            yield from list(csv.reader(io.StringIO(text), delimiter=separator))
        except csv.Error:
            yield from (line.split(separator) for line in text.split("\n"))
        return
    lines = text.split("\n")
    gaps = sum(1 for line in lines[:LOOKED_AT] if GAP.search(line.strip()))
    for line in lines[: MOST_ROWS * 2]:
        yield GAP.split(line.strip()) if gaps > 1 else [line]


def _separator(text: str) -> str:
    """What stands most evenly between the cells: on most lines, and on the same number of places in them.

    A comma within sentences stands on some lines only. An empty string where nothing does.
    """
    lines = [line for line in text.split("\n", LOOKED_AT)[:LOOKED_AT] if line.strip()]
    for separator in SEPARATORS:
        counts = [line.count(separator) for line in lines]
        with_it = [count for count in counts if count]
        needed = 1 if separator == "\t" else max(1, round(0.6 * len(lines)))
        if len(with_it) >= needed and (separator != "," or _is_even(with_it)):
            return separator
    return ""


def _is_even(counts: list[int]) -> bool:
    """Lines of a list have about as many commas each. Quoted ones hide some, so near is enough."""
    middle = sorted(counts)[len(counts) // 2]
    return middle >= 2 or len(set(counts)) == 1


def _without_rules(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Lines drawn with dashes, and the empty cells outside | of a drawn table, are no content."""
    for row in rows:
        line = "".join(row).strip()
        if not ("-" in line and RULE.fullmatch(line) and len(line) > 2 * len(row)):
            yield row
