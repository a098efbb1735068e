"""Rows of a published file on their way into the database: by COPY into a table beside, then as a set."""

import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from django.db import connection
from django.db.backends.utils import CursorWrapper

from places.school_register import rows
from places.school_register.rows import BadFile, BadRow

ROWS_AT_ONCE = 5_000
MOST_NAMED = 20
SAID = re.compile(r"“[^”]*”|\d+")
"""What a row says, in quotes or a number: without it rows that are wrong in one way have one reason."""
# Shows how far an import has come: bytes read, bytes in all.
Progress = Callable[[int, int], None]


@dataclass
class Skipped:
    """Rows that were left out. The first say what is wrong with them; each reason names the lines of all."""

    named: list[BadRow] = field(default_factory=list)
    lines: dict[str, list[int]] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return sum(map(len, self.lines.values()))

    def add(self, row: BadRow) -> None:
        self.lines.setdefault(SAID.sub("…", row.why), []).append(row.line)
        if len(self.named) < MOST_NAMED:
            self.named.append(row)

    def words(self) -> Iterator[str]:
        if self.number:
            yield f"{self.number:,} rows skipped:"
        for line, why in self.named:
            yield f"  line {line}: {why}"
        if self.number > len(self.named):
            yield f"  and {self.number - len(self.named):,} more. All by their reason:"
            for why, lines in sorted(self.lines.items(), key=lambda each: -len(each[1])):
                yield f"  {len(lines):,}: {why} (lines {spans(lines)})"


def spans(numbers: Sequence[int]) -> str:
    """ "5–29, 40": what follows each other as one."""
    told: list[list[int]] = []
    for number in numbers:
        if told and number == told[-1][1] + 1:
            told[-1][1] = number
        else:
            told.append([number, number])
    return ", ".join(f"{first}–{last}" if last > first else f"{first}" for first, last in told)


@contextmanager
def opened(file: Path, progress: Progress | None) -> Generator[tuple[TextIO, Callable[[], None]]]:
    """The text of a file, and what tells `progress` how far it has been read."""
    encoding = rows.encoding(file)
    with file.open("rb") as raw:
        size = file.stat().st_size
        # What Windows-1252 leaves undefined becomes a sign that no row may have.
        text = io.TextIOWrapper(raw, encoding, errors="replace", newline="")
        yield text, lambda: progress(raw.tell(), size) if progress else None


def stage(
    cursor: CursorWrapper,
    copy: str,
    found: Iterator[Any],
    tuples: Callable[[Sequence[Any]], Iterator[tuple[Any, ...]]],
    tell: Callable[[], None],
) -> Skipped:
    """Copy what is read, some thousand rows at a time; returns what was left out.

    `tuples` turns read rows into rows of the table. A file without one good row is a bad file.
    """
    skipped, good, batch = Skipped(), 0, []
    with cursor.copy(copy) as copying:

        def put() -> None:
            for row in tuples(batch):
                copying.write_row(row)
            batch.clear()
            tell()

        for row in found:
            if isinstance(row, BadRow):
                skipped.add(row)
                continue
            good += 1
            batch.append(row)
            if len(batch) == ROWS_AT_ONCE:
                put()
        put()
    if not good:
        first = f" Line {skipped.named[0].line}: {skipped.named[0].why}." if skipped.named else ""
        raise BadFile(f"Not one row of the file can be used.{first}")
    return skipped


def one(cursor: CursorWrapper, question: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
    cursor.execute(question, values)
    return cursor.fetchall()[0]


def columns(names: Sequence[str], of: str = "") -> str:
    """Names in a row, as columns of a table where one is given."""
    quote = connection.ops.quote_name
    return ", ".join(f"{of}.{quote(name)}" if of else quote(name) for name in names)
