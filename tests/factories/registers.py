"""Schools of a register that nobody published: rows of the same shape, and files of any size."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from places import school_words
from places.models import School
from places.school_register.names import to_find
from places.school_register.pupils import COLUMNS as PUPIL_COLUMNS
from places.school_register.schools import COLUMNS

_REAL = Path(__file__).parents[3] / "shared" / "data" / "schools"
if not _REAL.exists():  # a worktree lies one folder deeper
    _REAL = Path(__file__).parents[4] / "shared" / "data" / "schools"
REAL_SCHOOLS = _REAL / "edubasealldata20250524.csv"
REAL_PUPILS = _REAL / "school_pupils_characteristics_2024_25.csv"
ABSENT = "the real registers are not beside the project"

TOWNS = ("Halifax", "Brighouse", "Elland", "Todmorden", "Hebden Bridge", "Sowerby Bridge")
SAINTS = ("Aidan’s", "Bega's", "Chad's", "Dwynwen's", "Ebba's", "Frideswide's", "Gwen's", "Hild's")
KINDS = ("Community school", "Academy converter", "Voluntary aided school", "Other independent school")


def school_row(urn: int = 900_001, **said: str) -> dict[str, str]:
    """Everything that is read of a school, by the register's own names of columns; `said` by ours."""
    facts = {
        "urn": str(urn),
        "name": "Heron Bank Primary School",
        "kind": "Community school",
        "phase": "Primary",
        "status": "Open",
        "opened_on": "01-09-1998",
        "closed_on": "",
        "street": "Heron Bank",
        "locality": "Skircoat",
        "town": "Halifax",
        "postcode": "HX1 5ER",
        "authority": "Calderdale",
        "area_code": "E08000033",
        "easting": "409000",
        "northing": "425000",
        "gender": "Mixed",
        "age_from": "4",
        "age_to": "11",
        "pupils": "210",
        "free_meals": "21.7",
        **said,
    }
    return {COLUMNS[key]: value for key, value in facts.items()}


def pupil_row(urn: int = 900_001, **said: str) -> dict[str, str]:
    """A row of the census; `said` by our own keys: `headcount`, `year`, codes of groups."""
    facts = {"urn": str(urn), "year": "202425", "headcount": "210", "free_meals": "21.7"}
    facts |= {"WBRI": "100", "WOTH": "20", "AIND": "0", "APKN": "60", "REST": "30", **said}
    return {PUPIL_COLUMNS[key]: value for key, value in facts.items()}


def as_csv(rows: Iterable[dict[str, str]]) -> str:
    rows = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write(file: Path, rows: Iterable[dict[str, str]], encoding: str = "cp1252") -> Path:
    file.write_bytes(as_csv(rows).encode(encoding))
    return file


def write_schools(file: Path, *, rows: int, columns: int, closed: int = 0) -> Path:
    """So many rows in Windows-1252, ours among so many columns, every twentieth from `closed` on closed."""
    names = list(school_row())
    fillers = [f"Further column {number} (name)" for number in range(columns - len(names))]
    header = [*fillers[: len(fillers) // 2], *reversed(names), *fillers[len(fillers) // 2 :]]
    with file.open("w", encoding="cp1252", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        filled = {name: "Not applicable" for name in fillers}
        for number in range(rows):
            said = {
                "name": f"St {SAINTS[number % 8]} {TOWNS[number // 8 % 6]} {number} Primary School",
                "kind": KINDS[number % 4],
                "phase": "Secondary" if number % 5 == 0 else "Primary",
                "town": TOWNS[number // 8 % 6],
                "easting": str(400_000 + number % 300 * 37),
                "northing": str(410_000 + number % 700 * 31),
                **({"status": "Closed", "closed_on": "31-08-2024"} if number % 20 == closed else {}),
            }
            row = filled | school_row(100_000 + number, **said)
            writer.writerow([row[name] for name in header])
    return file


def write_pupils(file: Path, *, rows: int) -> Path:
    return write(
        file, (pupil_row(100_000 + number, APKN=str(number % 90)) for number in range(rows)), "utf-8-sig"
    )


def make_school(urn: int = 900_001, name: str = "Heron Bank Primary School", **fields: Any) -> School:
    facts = {
        "kind": "Community school",
        "phase": "primary",
        "status": "open",
        "street": "Heron Bank",
        "town": "Halifax",
        "postcode": "HX1 5ER",
        "authority": "Calderdale",
        "area_code": "E08000033",
        "latitude": 53.7236,
        "longitude": -1.8631,
        "gender": "mixed",
        "age_from": 4,
        "age_to": 11,
        "pupils": 210,
        **fields,
    }
    school = School.objects.create(urn=urn, name=name, search_name=to_find(name), **facts)
    school_words.refresh()
    return school
