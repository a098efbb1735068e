"""The national registers as plain numbers, read straight from the files as published."""

import csv
from dataclasses import dataclass
from pathlib import Path

from places import grid
from schools.matching import scoring
from schools.matching.candidates import Candidate, School

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "schools"
# The folder beside a work tree elsewhere than in its usual place.
FOLDERS = [FOLDER, *(parent / "shared" / "data" / "schools" for parent in Path(__file__).resolve().parents)]
PHASES = {
    "Primary": "primary",
    "Middle deemed primary": "primary",
    "Secondary": "secondary",
    "Middle deemed secondary": "secondary",
    "All-through": "secondary",
}
MEALS = "% of pupils known to be eligible for free school meals"


@dataclass(frozen=True, slots=True)
class Pupils:
    """Of one school: how many of each group, and the share with free school meals where it is known."""

    groups: tuple[int, ...]
    meals: float | None


def folder() -> Path | None:
    """Where the registers are; None on machines without them."""
    return next((each for each in FOLDERS if each.is_dir()), None)


def read(place: str | None = None) -> tuple[list[School], dict[int, Pupils]]:
    """Schools with pupils and a position, of England or of one local authority district."""
    found = folder()
    if found is None:
        raise FileNotFoundError("The registers are not on this machine.")
    pupils = _pupils(found)
    with (found / "edubasealldata20250524.csv").open(encoding="cp1252", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if int(row["URN"]) in pupils
            and row["Easting"]
            and place in (None, row["DistrictAdministrative (code)"])
        ]
    positions = grid.positions(
        [float(row["Easting"]) for row in rows], [float(row["Northing"]) for row in rows]
    )
    schools = [
        School(
            int(row["URN"]),
            PHASES.get(row["PhaseOfEducation (name)"], "other"),
            float(latitude),
            float(longitude),
            is_open=row["EstablishmentStatus (name)"].startswith("Open"),
        )
        for row, latitude, longitude in zip(rows, *positions, strict=True)
    ]
    return schools, pupils


def weights(near: list[Candidate], pupils: dict[int, Pupils]) -> dict[tuple[int, int], int]:
    """What each two candidates weigh."""
    return {
        (each.urn_a, each.urn_b): scoring.weight(scoring.difference(a.groups, b.groups, a.meals, b.meals))
        for each in near
        for a, b in [(pupils[each.urn_a], pupils[each.urn_b])]
    }


def _pupils(found: Path) -> dict[int, Pupils]:
    with (found / "school_pupils_characteristics_2024_25.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in rows[0] if name.startswith("number of pupils")]
    read = {
        int(row["urn"]): Pupils(
            tuple(int(float(row[name] or 0)) for name in columns),
            float(row[MEALS]) / 100 if row[MEALS] else None,
        )
        for row in rows
    }
    return {urn: each for urn, each in read.items() if sum(each.groups)}
