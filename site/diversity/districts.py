"""What a council may take away: people by type of activity, district and term.

A district is a set of outcodes that the officer names. One that is too thin is told together with a
neighbour, and says so. Counts are of people, never attendances (`disclosure.people_in`), and each number that
leaves here is as `disclosure.publishable` shows it.

No cell of one export contains another. One that would give a few people away beside an earlier export that
tells of one of its districts waits (`disclosure.release_is_safe`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from diversity.counting import table_of
from diversity.disclosure import Shown, publishable, release_is_safe

FEWEST_ORGANISATIONS = 3
LARGEST_SHARE = 70  # of 100 people in a cell, at most, may be of one organisation

Neighbours = Mapping[str, Sequence[str]]
"""Of each district those beside it, the one that it would rather be told with first."""
ByOrganisation = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Part:
    """The people by group of one organisation in one district, type and term. Several parts add up."""

    kind: str
    district: str
    term: str
    organisation: str
    people: Sequence[int]


@dataclass(frozen=True, slots=True)
class Exported:
    """A cell of an earlier export, with the true counts that were behind it."""

    kind: str
    districts: Sequence[str]
    term: str
    people: Sequence[int]


@dataclass(frozen=True, slots=True)
class Cell:
    """What may be told. Several `districts` are thin ones told together."""

    kind: str
    districts: Sequence[str]
    term: str
    groups: Sequence[Shown]
    total: Shown

    @property
    def is_merged(self) -> bool:
        return len(self.districts) > 1


def council_export(
    parts: Iterable[Part], neighbours: Neighbours, earlier: Sequence[Exported] = ()
) -> list[Cell]:
    """The cells that may leave, in order of type, term and district. What is still too thin when all its
    neighbours are told with it is left out whole. `earlier` is all that has left, oldest first.
    """
    tables: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in parts:
        tables[part.kind, part.term].append(part)
    return [
        Cell(kind, districts, term, *publishable(_together(people)))
        for (kind, term), table in sorted(tables.items())
        for districts, people in _areas(table, neighbours)
        if may_be_told(people)
        and release_is_safe(_told_before(earlier, kind, districts, term), _together(people))
    ]


def may_be_told(people: Mapping[str, Sequence[int]]) -> bool:
    """Three organisations that have anybody, and none with more than 70 of 100 people."""
    sizes = [sum(counts) for counts in people.values() if any(counts)]
    return len(sizes) >= FEWEST_ORGANISATIONS and 100 * max(sizes) <= LARGEST_SHARE * sum(sizes)


def _told_before(
    earlier: Sequence[Exported], kind: str, districts: Sequence[str], term: str
) -> list[Sequence[int]]:
    """Of the same type and term, with a district in common."""
    return [
        cell.people
        for cell in earlier
        if (cell.kind, cell.term) == (kind, term) and not set(cell.districts).isdisjoint(districts)
    ]


def _areas(table: Sequence[Part], neighbours: Neighbours) -> list[tuple[tuple[str, ...], ByOrganisation]]:
    """Districts with their people by organisation, thin ones merged.

    1. Each district that has a part is an area by itself.
    2. The thin area with the fewest people joins that of its first neighbour that is not in it yet.
    3. Again, until no thin area has a neighbour. Areas never overlap.
    """
    areas: dict[tuple[str, ...], ByOrganisation] = {}
    for part in table:
        _add(areas.setdefault((part.district,), {}), part.organisation, part.people)
    while joined := _next_to_join(areas, neighbours):
        one, other = joined
        people = areas.pop(one)
        for organisation, counts in areas.pop(other).items():
            _add(people, organisation, counts)
        areas[tuple(sorted((*one, *other)))] = people
    return sorted(areas.items(), key=lambda area: area[0])


def _next_to_join(
    areas: Mapping[tuple[str, ...], ByOrganisation], neighbours: Neighbours
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    home = {district: area for area in areas for district in area}
    thin = [area for area, people in areas.items() if not may_be_told(people)]
    for area in sorted(thin, key=lambda one: (sum(_together(areas[one])), one)):
        for district in area:
            for beside in neighbours.get(district, ()):
                if (other := home.get(beside)) and other != area:
                    return area, other
    return None


def _add(people: ByOrganisation, organisation: str, counts: Sequence[int]) -> None:
    known = people.get(organisation, [0] * len(counts))
    people[organisation] = _together({"known": known, "more": counts})


def _together(people: Mapping[str, Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*table_of(people.values()), strict=True)]
