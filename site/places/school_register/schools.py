"""One row of the national register of schools (Get Information About Schools), by its own names of columns.

Who leads a school stands in the register too; no column with a person's name is read.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TextIO

from places.school_register.names import to_find
from places.school_register.rows import BadCell, BadRow, Row, Table, count, hundredths, urn

COLUMNS = {
    "urn": "URN",
    "name": "EstablishmentName",
    "kind": "TypeOfEstablishment (name)",
    "phase": "PhaseOfEducation (name)",
    "status": "EstablishmentStatus (name)",
    "opened_on": "OpenDate",
    "closed_on": "CloseDate",
    "street": "Street",
    "locality": "Locality",
    "town": "Town",
    "postcode": "Postcode",
    "authority": "LA (name)",
    "area_code": "DistrictAdministrative (code)",
    "easting": "Easting",
    "northing": "Northing",
    "gender": "Gender (name)",
    "age_from": "StatutoryLowAge",
    "age_to": "StatutoryHighAge",
    "pupils": "NumberOfPupils",
    "free_meals": "PercentageFSM",
}
NEEDED = ("urn", "name", "kind", "phase", "status", "area_code", "easting", "northing")
LONGEST = {
    "name": 160,
    "kind": 80,
    "street": 120,
    "locality": 120,
    "town": 80,
    "postcode": 8,
    "authority": 80,
}
# Half of a pair says nothing: what is known of the other half stays.
PAIRS = (("opened_on", "closed_on"), ("age_from", "age_to"))

STATUSES = {
    "open": "open",
    "open, but proposed to close": "closing",
    "closed": "closed",
    "proposed to open": "proposed",
}
PHASES = {
    "nursery": "nursery",
    "primary": "primary",
    "middle deemed primary": "middle-primary",
    "secondary": "secondary",
    "middle deemed secondary": "middle-secondary",
    "all-through": "all-through",
    "16 plus": "sixteen",
}
GENDERS = {"mixed": "mixed", "boys": "boys", "girls": "girls"}
AREA = re.compile(r"[EWSN][0-9]{8}")
POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})")
DAY_FIRST = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})")
YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
METRES = re.compile(r"[0-9]{1,7}(?:\.[0-9]+)?")


class SchoolRow(NamedTuple):
    """What the register says of a school. What it leaves out is None, or empty where it is words."""

    line: int
    urn: int
    name: str
    search_name: str
    kind: str
    phase: str
    status: str
    opened_on: datetime.date | None
    closed_on: datetime.date | None
    street: str
    locality: str
    town: str
    postcode: str
    authority: str
    area_code: str
    easting: float | None
    northing: float | None
    gender: str
    age_from: int | None
    age_to: int | None
    pupils: int | None
    free_meals: str | None


class SchoolFile:
    """The rows of an open file, each school once: a second row of a number is left out.

    `says` are the fields of which the file tells. Those of which it does not stay as they are known.
    """

    def __init__(self, stream: TextIO) -> None:
        self._table = Table(stream, COLUMNS, NEEDED)
        silent = {field for pair in PAIRS if not self._table.columns.issuperset(pair) for field in pair}
        self.says = (self._table.columns - silent) | {"search_name"}

    def __iter__(self) -> Iterator[SchoolRow | BadRow]:
        seen: dict[int, int] = {}
        for school in self._table.each(read):
            if isinstance(school, BadRow):
                yield school
            elif school.urn in seen:
                yield BadRow(school.line, f"number {school.urn} stands on line {seen[school.urn]} already")
            else:
                seen[school.urn] = school.line
                yield school


def read(row: Row) -> SchoolRow:
    """Raises `BadCell`, in words, for what no school can have."""
    said = dict.fromkeys(COLUMNS, "") | dict(row.cells)
    texts = {field: _text(COLUMNS[field], said[field], longest) for field, longest in LONGEST.items()}
    youngest, oldest = _ages(said["age_from"], said["age_to"])
    search_name = to_find(texts["name"])
    if not search_name:
        raise BadCell("no name")
    status = STATUSES.get(said["status"].casefold())
    if status is None:
        raise BadCell(f"“{said['status'][:40]}” is no status of a school")
    easting, northing = _position(said["easting"], said["northing"])
    opened, closed = _date(said["opened_on"]), _date(said["closed_on"])
    closed = None if status == "open" else closed
    if opened and closed and closed < opened:
        raise BadCell(f"it closed ({closed}) before it opened ({opened})")
    return SchoolRow(
        line=row.line,
        urn=urn(said["urn"]),
        name=texts["name"],
        search_name=search_name,
        kind=texts["kind"],
        phase=PHASES.get(said["phase"].casefold(), ""),
        status=status,
        opened_on=opened,
        closed_on=closed,
        street=texts["street"],
        locality=texts["locality"],
        town=texts["town"],
        postcode=_postcode(texts["postcode"]),
        authority=texts["authority"],
        area_code=said["area_code"] if AREA.fullmatch(said["area_code"]) else "",
        easting=easting,
        northing=northing,
        gender=GENDERS.get(said["gender"].casefold(), ""),
        age_from=youngest,
        age_to=oldest,
        pupils=count(said["pupils"]),
        free_meals=hundredths(said["free_meals"]),
    )


def _text(column: str, text: str, longest: int) -> str:
    if len(text) > longest:
        raise BadCell(f"{column} has {len(text)} letters, more than {longest}")
    return text


def _postcode(text: str) -> str:
    """Spaced as people write it; one that cannot be one is not known."""
    match = POSTCODE.fullmatch(text.upper())
    return f"{match[1]} {match[2]}" if match else ""


def _ages(low: str, high: str) -> tuple[int | None, int | None]:
    first, last = count(low), count(high)
    for age in (first, last):
        if age is not None and age > 120:
            raise BadCell(f"{age} is no age")
    if first is not None and last is not None and first > last:
        raise BadCell(f"its youngest are {first}, its oldest {last}")
    return first, last


def _position(easting: str, northing: str) -> tuple[float | None, float | None]:
    """Metres on the National Grid; both or neither. 0, 0 is how the register says that it does not know."""
    if not easting and not northing:
        return None, None
    if not (METRES.fullmatch(easting) and METRES.fullmatch(northing)):
        raise BadCell(f"“{easting[:20]}, {northing[:20]}” is no grid reference")
    east, north = float(easting), float(northing)
    return (east, north) if east or north else (None, None)


def _date(text: str) -> datetime.date | None:
    if not text:
        return None
    orders: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int, int]]], ...] = (
        (DAY_FIRST, lambda found: (int(found[3]), int(found[2]), int(found[1]))),
        (YEAR_FIRST, lambda found: (int(found[1]), int(found[2]), int(found[3]))),
    )
    for pattern, order in orders:
        if match := pattern.fullmatch(text):
            try:
                return datetime.date(*order(match))
            except ValueError:
                break
    raise BadCell(f"“{text[:40]}” is no day")
