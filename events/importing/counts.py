"""A sheet of numbers as it is kept beside the door: one session a line, how many came and, on count days, how
many gave which answer.

1. Find the line that names the columns. A sheet that says who came is refused before anything of it is read.
2. Read each line that has a number in it: its day, its time, its activity and its numbers, and what is wrong.

Which column is about which figure is told by the caller: the words for groups and ages are not this module's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from events.importing import clock, days
from events.importing.table import Remark, Table, Unreadable

MOST_LINES = 500
LOOKED_AT = 25
"""Names of columns stand somewhere in the first rows, below a heading."""
DAY, TIME, TITLE, CAME = "day", "time", "title", "came"
HEADS: Mapping[str, str] = {
    name: field
    for field, names in {
        DAY: ("date", "day", "session date", "date of session"),
        TIME: ("time", "start", "starts", "start time", "begins"),
        TITLE: ("activity", "activity name", "class", "class name", "club", "session", "what"),
        CAME: ("came", "how many came", "attendance", "attended", "head count", "headcount", "present",
               "total", "people"),
    }.items()
    for name in names
}  # fmt: skip
PERSON = re.compile(
    r"\b(?:sur|fore|first |last |full |middle |nick|child(?:ren)?s? |pupils? |students? |parents? )?names?\b"
    r"|\b(?:child|pupil|student|player|participant|attendee|parent|guardian|carer)s?\b"
    r"|\b(?:e ?mail|phone|telephone|mobile|address|initials|dob|birthday|date of birth)\b"
)
PERSONS_NAME = re.compile(
    r"[A-Z][\w’'-]*[a-z][\w’'-]*(?: [A-Z]\.?)?(?:,? [A-Z][\w’'-]*[a-z][\w’'-]*){1,2}|\S+@\S+"
)
NUMBER = re.compile(r"[0-9]{1,4}")
NOTHING = frozenset({"", "-", "–", "—", "n/a", "none"})


@dataclass(frozen=True, slots=True)
class CountLine:
    """`row` as the spreadsheet numbers it."""

    row: int
    day: date | None
    start: time | None
    title: str
    numbers: Mapping[str, int]
    problems: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """`without`: lines in which nobody had typed a number; `ignored`: names of columns that say nothing."""

    lines: tuple[CountLine, ...]
    without: int
    ignored: tuple[str, ...]


def read(table: Table, figures: Mapping[str, str], today: date) -> Sheet:
    """`figures`: which figure a column of that name counts. Raises Unreadable."""
    heads = {**HEADS, **{plain(name): figure for name, figure in figures.items()}}
    head = _head(table, heads)
    names = table.rows[head]
    fields = [heads.get(plain(name), "") for name in names]
    for name, field in zip(names, fields, strict=True):
        if field and fields.count(field) > 1:
            raise Unreadable("column_twice", column=name)
    body = list(enumerate(table.rows[head + 1 :], start=head + 2))
    _refuse_people(names, fields, [cells for _row, cells in body])
    lines, without = [], 0
    for row, cells in body:
        found = _line(row, dict(zip(fields, cells, strict=True)), today)
        if found:
            lines.append(found)
        elif any(cells):
            without += 1
    if len(lines) > MOST_LINES:
        raise Unreadable("too_many_sessions", most=MOST_LINES)
    ignored = [name for name, field in zip(names, fields, strict=True) if name and not field]
    return Sheet(tuple(lines), without, tuple(ignored))


def plain(name: str) -> str:
    """Of a column: small letters and digits alone."""
    return " ".join(re.sub(r"[^a-z0-9]", " ", name.lower().replace("’", "").replace("'", "")).split())


def _head(table: Table, heads: Mapping[str, str]) -> int:
    """The first line that names a day and how many came."""
    for at, row in enumerate(table.rows[:LOOKED_AT]):
        found = {heads.get(plain(name)) for name in row}
        if {DAY, CAME} <= found:
            return at
    for at, row in enumerate(table.rows[:LOOKED_AT]):
        _refuse_people(row, [heads.get(plain(name), "") for name in row], table.rows[at + 1 :])
    raise Unreadable("no_columns")


def _refuse_people(names: Sequence[str], fields: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A column of ours counts, or says when and what. Any other may say who: by its name, where more than
    numbers stand in it, or by most of what stands in it."""
    for at, (name, field) in enumerate(zip(names, fields, strict=True)):
        if field:
            continue
        cells = [row[at] for row in rows if row[at]]
        persons = [cell for cell in cells if PERSONS_NAME.fullmatch(cell)]
        said = any(not NUMBER.fullmatch(cell) for cell in cells)
        if (said and PERSON.search(plain(name))) or (len(cells) > 1 and len(persons) * 2 > len(cells)):
            raise Unreadable("names_of_people", column=name or f"{at + 1}")


def _line(row: int, cells: Mapping[str, str], today: date) -> CountLine | None:
    """None where no number is in it."""
    numbers: dict[str, int] = {}
    problems: list[Remark] = []
    for field, text in cells.items():
        if field in {"", DAY, TIME, TITLE} or text.lower() in NOTHING:
            continue
        if NUMBER.fullmatch(text):
            numbers[field] = int(text)
        else:
            problems.append(Remark(field, "number_unclear", {"text": text[:40]}))
    if not numbers and not problems:
        return None
    day = _day(cells[DAY], today, problems)
    start = _start(cells.get(TIME, ""), problems)
    return CountLine(row, day, start, cells.get(TITLE, ""), numbers, tuple(problems))


def _day(text: str, today: date, problems: list[Remark]) -> date | None:
    """Without a year it is the last such day."""
    found = days.read(text[: days.LONGEST], today - timedelta(days=364))
    if found is None or found.day is None:
        problems.append(Remark(DAY, "date_unclear" if text else "date_missing", {"text": text[:40]}))
        return None
    return found.day


def _start(text: str, problems: list[Remark]) -> time | None:
    read = clock.read(text[: days.LONGEST])
    if text and read.start is None:
        problems.append(Remark(TIME, "time_unclear", {"text": text[:40]}))
    return read.start
