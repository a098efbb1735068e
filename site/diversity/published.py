"""Census tables as they are published, read by the names of their columns.

A table has one row an area, whose code stands under a name like `ltla24_code` or `lsoa21_code`, and one
column a code of its list. Order and further columns mean nothing. An area of which one number is missing is
left out: what is not known is never zero.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, TextIO

from diversity.categories import ETHNIC_GROUPS
from places.school_register.rows import BadCell, BadFile, BadRow, Row, Table, count

AREA_COLUMNS = tuple(f"{kind}{year}_code" for kind in ("ltla", "lsoa") for year in (21, 22, 23, 24, 25))
AREA_CODE_LENGTH = 9
_AREA = "area"


@dataclass(frozen=True, slots=True)
class CodeList:
    """`columns` are the published names of the codes in order; `groups` maps them onto the five."""

    source: str
    year: int
    columns: Mapping[str, str]
    groups: Mapping[str, str]


FIVE = {
    "asian": "Asian, Asian British or Asian Welsh",
    "black": "Black, Black British, Black Welsh, Caribbean or African",
    "mixed": "Mixed or Multiple ethnic groups",
    "white": "White",
    "other": "Other ethnic group",
}
_DETAIL = {
    "asian": {
        "bangladeshi": "Bangladeshi",
        "chinese": "Chinese",
        "indian": "Indian",
        "pakistani": "Pakistani",
        "other-asian": "Other Asian",
    },
    "black": {"african": "African", "caribbean": "Caribbean", "other-black": "Other Black"},
    "mixed": {
        "white-and-asian": "White and Asian",
        "white-and-african": "White and Black African",
        "white-and-caribbean": "White and Black Caribbean",
        "other-mixed": "Other Mixed or Multiple ethnic groups",
    },
    "white": {
        "british": "English, Welsh, Scottish, Northern Irish or British",
        "irish": "Irish",
        "traveller": "Gypsy or Irish Traveller",
        "roma": "Roma",
        "other-white": "Other White",
    },
    "other": {"arab": "Arab", "any-other": "Any other ethnic group"},
}
CENSUS = "Census 2021, Office for National Statistics"

LISTS: Mapping[str, CodeList] = MappingProxyType(
    {
        "ethnic-5-2021": CodeList(
            CENSUS,
            2021,
            MappingProxyType({group: FIVE[group] for group in ETHNIC_GROUPS}),
            MappingProxyType({group: group for group in ETHNIC_GROUPS}),
        ),
        "ethnic-19-2021": CodeList(
            CENSUS,
            2021,
            MappingProxyType(
                {
                    code: f"{FIVE[group]}: {name}"
                    for group in ETHNIC_GROUPS
                    for code, name in _DETAIL[group].items()
                }
            ),
            MappingProxyType({code: group for group in ETHNIC_GROUPS for code in _DETAIL[group]}),
        ),
    }
)


class AreaRow(NamedTuple):
    """One area: the line on which it stands, its code, and its residents by code."""

    line: int
    area_code: str
    counts: Mapping[str, int]


def rows(stream: TextIO, code_list: CodeList) -> Iterator[AreaRow | BadRow]:
    """What the open table says, area by area. Raises `BadFile` where it is another table."""
    wanted = {**code_list.columns, **{f"{_AREA} {name}": name for name in AREA_COLUMNS}}
    table = Table(stream, wanted, code_list.columns)
    areas = [key for key in wanted if key.startswith(_AREA) and key in table.columns]
    if len(areas) != 1:
        raise BadFile(
            "The first line names more than one column of areas."
            if areas
            else "The first line names no column of areas, as ltla24_code."
        )

    def read(row: Row) -> AreaRow:
        return AreaRow(row.line, _area(row.cells[areas[0]]), _counts(row, code_list))

    return table.each(read)


def _area(code: str) -> str:
    if len(code) != AREA_CODE_LENGTH or not code.isascii() or not code.isalnum():
        raise BadCell(f"“{code[:40]}” is no code of an area" if code else "no code of an area")
    return code


def _counts(row: Row, code_list: CodeList) -> dict[str, int]:
    found = {}
    for code, column in code_list.columns.items():
        number = count(row.cells[code])
        if number is None:
            raise BadCell(f"no number for “{column}”")
        found[code] = number
    return found
