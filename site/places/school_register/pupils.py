"""One row of the school census by school: pupils by ethnic group, and how many may have free meals."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TextIO

from places.school_register import groups
from places.school_register.rows import (
    BadCell,
    BadFile,
    BadRow,
    Row,
    Table,
    count,
    hundredths,
    urn,
    why_unknown,
)

COLUMNS = {
    "urn": "urn",
    "year": "time_period",
    "headcount": "headcount of pupils",
    "free_meals": "% of pupils known to be eligible for free school meals",
} | {code: column for code, _, column in groups.codes()}
NEEDED = ("urn", "headcount", "free_meals")
NOUGHT = "nought, in a file that writes it for what it may not tell"
YEAR = re.compile(r"(20[0-9]{2})(?:[/-]?(?:20)?([0-9]{2}))?")


class PupilRow(NamedTuple):
    """`counts` has a number by the code of each group of which the file tells; None is not known.

    One figure that is not known leaves the others of its row as they are. `why` has the reason of each.
    """

    line: int
    urn: int
    year: int
    headcount: int | None
    free_meals: str | None
    counts: Mapping[str, int | None]
    why: tuple[str, ...] = ()


def year(text: str) -> int:
    """The year in which a school year begins: "202425", "2024/25" and "2024" are 2024."""
    match = YEAR.fullmatch(text)
    if not match or (match[2] and int(match[2]) != (int(match[1]) + 1) % 100):
        raise BadCell(f"“{text[:40]}” is no school year")
    return int(match[1])


class PupilFile:
    """The rows of an open file, each school once a year.

    `only` is the year that is wanted: rows of other years are counted in `other_years`. A file without a
    column of years needs it. `unknown` counts the figures that rows are without, by the reason. With
    `zero_is_unknown` no nought is believed: the file cannot mark a number that is too small to be told.
    """

    def __init__(self, stream: TextIO, *, only: int | None = None, zero_is_unknown: bool = False) -> None:
        self._table = Table(stream, COLUMNS, NEEDED)
        self._only, self._zero_is_unknown = only, zero_is_unknown
        self._codes = [code for code, _, _ in groups.codes() if code in self._table.columns]
        self.other_years, self.unknown = 0, Counter[str]()
        if not self._codes:
            raise BadFile("The first line names no ethnic group that we know.")
        if "year" not in self._table.columns and only is None:
            raise BadFile(
                "The file has no column time_period. Say with --year which school year it tells of."
            )

    def __iter__(self) -> Iterator[PupilRow | BadRow]:
        seen: dict[tuple[int, int], int] = {}
        for pupils in self._table.each(self._read):
            if isinstance(pupils, BadRow):
                yield pupils
            elif self._only is not None and pupils.year != self._only:
                self.other_years += 1
            elif (key := (pupils.urn, pupils.year)) in seen:
                yield BadRow(pupils.line, f"school {pupils.urn} stands on line {seen[key]} already")
            else:
                seen[key] = pupils.line
                self.unknown.update(pupils.why)
                yield pupils

    def _read(self, row: Row) -> PupilRow:
        said = row.cells
        headcount, free_meals = count(said["headcount"]), hundredths(said["free_meals"])
        counts = {code: count(said[code]) for code in self._codes}
        noughts = [headcount, free_meals and float(free_meals), *counts.values()].count(0)
        why = [why_unknown(said[key]) for key in ("headcount", "free_meals", *self._codes)]
        return PupilRow(
            row.line,
            urn(said["urn"]),
            year(said["year"]) if "year" in said else self._only or 0,
            self._believed(headcount),
            None if self._zero_is_unknown and free_meals == "0.00" else free_meals,
            {code: self._believed(number) for code, number in counts.items()},
            (*filter(None, why), *([NOUGHT] * noughts if self._zero_is_unknown else [])),
        )

    def _believed(self, number: int | None) -> int | None:
        return None if self._zero_is_unknown and number == 0 else number
