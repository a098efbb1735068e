"""What a council takes away points at no organisation, and gives no few people away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diversity import disclosure
from diversity.districts import Cell, Exported, Part, council_export, may_be_told

DISTRICTS = ("east", "north", "south", "west")
BESIDE = {"east": ("north",), "north": ("east", "south"), "south": ("north", "west"), "west": ("south",)}


def parts_in(district: str, *people: list[int], kind: str = "sport", first: int = 0) -> list[Part]:
    """One organisation each."""
    return [
        Part(kind, district, "autumn", f"club {first + number}", counts)
        for number, counts in enumerate(people)
    ]


def drawn_parts() -> st.SearchStrategy[list[Part]]:
    count = st.one_of(st.integers(0, 4), st.integers(0, 40))
    return st.lists(
        st.builds(
            Part,
            kind=st.sampled_from(["art", "sport"]),
            district=st.sampled_from(DISTRICTS),
            term=st.sampled_from(["autumn", "spring"]),
            organisation=st.sampled_from("abcdef"),
            people=st.lists(count, min_size=3, max_size=3),
        ),
        max_size=14,
    )


def people_of(parts: list[Part], cell: Cell) -> dict[str, list[int]]:
    """By organisation, added up by themselves."""
    found: dict[str, list[int]] = {}
    for part in parts:
        if (part.kind, part.term) == (cell.kind, cell.term) and part.district in cell.districts:
            old = found.get(part.organisation, [0, 0, 0])
            found[part.organisation] = [one + more for one, more in zip(old, part.people, strict=True)]
    return found


def added_up(parts: list[Part], cell: Cell) -> list[int]:
    return [sum(column) for column in zip(*people_of(parts, cell).values(), strict=True)]


def test_three_clubs_are_told_rounded():
    parts = parts_in("east", [20, 11, 3], [9, 12, 1], [10, 10, 0])
    assert council_export(parts, BESIDE) == [Cell("sport", ("east",), "autumn", [40, 35, None], 75)]


@pytest.mark.parametrize(("largest", "told"), [(70, True), (71, False)])
def test_no_organisation_is_more_than_seventy_in_a_hundred(largest: int, told: bool):
    rest = 100 - largest
    assert may_be_told({"a": [largest], "b": [rest - 10], "c": [10]}) is told


def test_two_organisations_are_not_told_and_an_empty_third_does_not_help():
    assert may_be_told({"a": [50], "b": [50]}) is False
    assert may_be_told({"a": [50], "b": [50], "c": [0]}) is False
    assert may_be_told({"a": [50], "b": [50], "c": [1]}) is True


def test_a_thin_district_is_told_with_its_neighbour_and_says_so():
    parts = [
        *parts_in("east", [20, 20], [20, 20]),
        *parts_in("north", [30, 30], [30, 30], [30, 30], first=2),
        *parts_in("south", [10, 10], [10, 10], [10, 10], first=5),
    ]
    told = council_export(parts, BESIDE)
    assert [(cell.districts, cell.total, cell.is_merged) for cell in told] == [
        (("east", "north"), 260, True),
        (("south",), 60, False),
    ]


def test_a_club_in_two_thin_districts_is_one_organisation():
    parts = [*parts_in("east", [20], [20]), *parts_in("north", [20], [20])]
    assert council_export(parts, BESIDE) == []
    parts += parts_in("north", [20], first=2)
    assert [cell.districts for cell in council_export(parts, BESIDE)] == [("east", "north")]


def test_a_thin_district_without_a_neighbour_is_left_out_whole():
    parts = [*parts_in("east", [20], [20]), *parts_in("west", [20], [20], [20], first=2)]
    assert [cell.districts for cell in council_export(parts, BESIDE)] == [("west",)]


def test_another_type_does_not_fill_a_thin_district():
    parts = [*parts_in("east", [20], [20]), *parts_in("east", [20], kind="art", first=2)]
    assert council_export(parts, {}) == []


@settings(max_examples=150, deadline=None)
@given(drawn_parts())
def test_each_cell_keeps_the_rule_and_no_district_is_told_twice(parts: list[Part]):
    told = council_export(parts, BESIDE)
    for cell in told:
        sizes = [sum(counts) for counts in people_of(parts, cell).values() if any(counts)]
        assert len(sizes) >= 3
        assert max(sizes) * 100 <= 70 * sum(sizes)
        assert (cell.groups, cell.total) == disclosure.publishable(added_up(parts, cell))
    places = [(cell.kind, cell.term, district) for cell in told for district in cell.districts]
    assert len(places) == len(set(places))


@settings(max_examples=60, deadline=None)
@given(drawn_parts(), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_changes_nothing(parts: list[Part], chance):
    shuffled = list(parts)
    chance.shuffle(shuffled)
    assert council_export(shuffled, BESIDE) == council_export(parts, BESIDE)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (Exported("sport", ("east",), "autumn", [60]), True),  # the same again
        (Exported("sport", ("east",), "autumn", [59]), False),  # one child more
        (Exported("sport", ("east", "north"), "autumn", [64]), False),  # four live in the north
        (Exported("sport", ("east", "north"), "autumn", [80]), True),
        (Exported("sport", ("north",), "autumn", [59]), True),  # other people
        (Exported("art", ("east",), "autumn", [59]), True),
        (Exported("sport", ("east",), "spring", [59]), True),
    ],
)
def test_a_cell_waits_where_an_earlier_export_would_give_a_few_away(before: Exported, told: bool):
    parts = parts_in("east", [20], [20], [20])
    assert (council_export(parts, BESIDE, [before]) != []) is told


@settings(max_examples=100, deadline=None)
@given(drawn_parts(), drawn_parts())
def test_two_exports_never_differ_by_a_few_people(first: list[Part], more: list[Part]):
    """A reader who takes one from the other finds nobody or 20 people and more."""
    earlier = [
        Exported(cell.kind, cell.districts, cell.term, added_up(first, cell))
        for cell in council_export(first, BESIDE)
    ]
    parts = first + more
    for cell in council_export(parts, BESIDE, earlier):
        for old in earlier:
            if (old.kind, old.term) == (cell.kind, cell.term) and set(old.districts) & set(cell.districts):
                moved = zip(added_up(parts, cell), old.people, strict=True)
                assert sum(abs(one - other) for one, other in moved) not in range(1, 20)
