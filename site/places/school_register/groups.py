"""The code list that maps the school census's ethnic groups onto the five of the 2021 census.

The list is `site/places/data/ethnic_groups.csv`. A count is kept under the code that it was published with,
and mapped when it is read, so that a new version of the list changes no count. Two versions never meet in a
ratio.

Chinese pupils are a group of their own in the school census; the 2021 census counts them as Asian. Codes
without a group cannot be told apart: pupils who are not classified (`UNCL`), and what some files have put
together from Mixed, Other and unclassified (`REST`).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).parents[1] / "data" / "ethnic_groups.csv"
VERSION = 1
FIVE = ("asian", "black", "mixed", "white", "other")


class Code(NamedTuple):
    """`group` is empty where it is none of the five; `column` is what the Department calls it."""

    code: str
    group: str
    column: str


@dataclass(frozen=True, slots=True)
class Five:
    """Pupils by the five groups. None: not one number of that group is known.

    `incomplete` are groups of which a part is not known: published without it, suppressed, or held in
    `apart`, those pupils of whom the file does not tell which group they belong to.
    """

    version: int
    counts: Mapping[str, int | None]
    apart: int | None
    incomplete: frozenset[str]


@cache
def codes(version: int = VERSION) -> tuple[Code, ...]:
    with LIST.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if int(row["version"]) == version]
    return tuple(Code(row["code"], row["group"], row["column"]) for row in rows)


def five(published: Mapping[str, int | None], version: int = VERSION) -> Five:
    """1. Add up what is known of each group. 2. Name the groups of which anything is missing."""
    counts: dict[str, int | None] = dict.fromkeys(FIVE)
    apart: int | None = None
    incomplete = set()
    for code, group, _ in codes(version):
        number = published.get(code)
        if group and number is None:
            incomplete.add(group)
        elif group:
            counts[group] = (counts[group] or 0) + (number or 0)
        elif number is not None:
            apart = (apart or 0) + number
    return Five(version, counts, apart, frozenset(incomplete))
