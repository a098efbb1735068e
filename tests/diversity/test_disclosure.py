"""What is told gives nobody away: beside every table that could have been behind it."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diversity import disclosure, indices, uncertainty
from tests.diversity.strategies import rows

FIRST, SECOND, THIRD = [25, 11, 5, 32, 3], [34, 15, 7, 40, 4], [36, 15, 8, 41, 4]


def every_table(counts: list[int]) -> np.ndarray:
    """Each row a table, and its total, that would have been published as this one."""
    shown = disclosure.publishable(counts)
    near = [range(max(0, count - 9), count + 10) for count in counts]
    single = {
        (group, value)
        for group, values in enumerate(near)
        for value in values
        if disclosure.publishable([value])[0][0] == shown[0][group]
    }
    choices = [[value for value in values if (group, value) in single] for group, values in enumerate(near)]
    rows = np.array(list(product(*choices)))
    totals = rows.sum(axis=1)
    public = {int(total): disclosure.publishable([int(total)])[1] for total in np.unique(totals)}
    kept = np.array([public[int(total)] == shown[1] for total in totals])
    return np.column_stack([rows, totals])[kept]


def known_by_counting(smaller: list[int], larger: list[int]) -> dict[tuple[int, ...], tuple[int, int]]:
    """Lowest and highest of each number over every pair of tables that a reader of both must allow for."""
    same = sum(smaller) == sum(larger)
    tables, others = every_table(smaller), every_table(larger)
    ends: dict[tuple[int, ...], list[int]] = {}
    for table in tables:
        more = others - table
        fits = (more >= 0).all(axis=1) & ((more[:, -1] == 0) if same else (more[:, -1] >= 20))
        if fits.any():
            for number in range(len(table)):
                ends.setdefault((0, number), []).append(int(table[number]))
                for name, column in (((1, number), others), ((0, 1, number), more)):
                    values = column[fits][:, number]
                    ends.setdefault(name, []).extend((int(values.min()), int(values.max())))
    return {name: (min(values), max(values)) for name, values in ends.items()}


def nested() -> st.SearchStrategy[tuple[list[int], list[int]]]:
    """A small table and one that contains it, equal or with 20 people more."""
    count = st.one_of(st.integers(0, 13), st.integers(0, 30))
    growth = st.one_of(st.just(0), st.integers(0, 6), st.integers(20, 26))
    drawn = st.lists(st.tuples(count, growth), min_size=1, max_size=3)
    tables = drawn.map(lambda both: ([n for n, _ in both], [n + more for n, more in both]))
    return tables.filter(lambda pair: not 0 < sum(pair[1]) - sum(pair[0]) < 20)


# What is published


def test_publishable_rounds_each_count_and_the_total_by_itself():
    assert disclosure.publishable(FIRST) == ([25, 10, None, 30, None], 75)
    assert disclosure.publishable([12, 12, 12]) == ([10, 10, 10], 35)


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, None), (1, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1003, 1005)],
)
def test_publishable_hides_below_ten_and_rounds_to_five(count, shown):
    assert disclosure.publishable([count]) == ([shown], shown)


def test_publishable_of_no_group_is_a_total_of_fewer_than_ten():
    assert disclosure.publishable([]) == ([], None)


@given(rows(people=0))
def test_publishable_is_never_more_than_two_away(counts):
    shown, total = disclosure.publishable(counts)
    for true, public in zip([*counts, sum(counts)], [*shown, total], strict=True):
        assert (true < 10) if public is None else (public % 5 == 0 and abs(true - public) <= 2)


@pytest.mark.parametrize("bad", [[3, -1], [2.5], ["3"], [float("nan")]])
def test_what_is_no_count_is_not_published(bad):
    with pytest.raises(ValueError, match="count"):
        disclosure.publishable(bad)
    with pytest.raises(ValueError, match="count"):
        disclosure.release_is_safe([], bad)


# Beside what was published before


def test_the_measures_example_is_allowed_then_blocked():
    assert disclosure.release_is_safe([FIRST], SECOND) is True
    assert disclosure.release_is_safe([FIRST, SECOND], THIRD) is False


def test_one_earlier_release_may_be_given_by_itself():
    assert disclosure.release_is_safe(FIRST, SECOND) is True
    assert disclosure.release_is_safe(SECOND, THIRD) is False


def test_the_first_release_has_nothing_beside_it():
    assert disclosure.release_is_safe([], FIRST) is True


@pytest.mark.parametrize("more", range(26))
@pytest.mark.parametrize("backwards", [False, True])
def test_populations_may_differ_by_nobody_or_by_twenty(more, backwards):
    pair = [[100, 60, 40], [100 + more, 60, 40]]
    small, large = reversed(pair) if backwards else pair
    assert disclosure.release_is_safe([small], large) is (more == 0 or more >= 20)


def test_every_earlier_release_is_compared_not_the_last_alone():
    assert disclosure.release_is_safe([[100, 100], [200, 200]], [210, 210]) is True
    assert disclosure.release_is_safe([[100, 100], [200, 200]], [105, 105]) is False


def test_a_person_who_changes_group_is_a_difference_of_two():
    assert disclosure.release_is_safe([[25, 32]], [26, 31]) is False
    assert disclosure.release_is_safe([[50, 50]], [65, 35]) is True


def test_releases_of_other_groups_are_not_compared():
    with pytest.raises(ValueError, match="the same groups"):
        disclosure.release_is_safe([[25, 32]], [25, 32, 3])


def test_more_people_than_there_are_are_not_compared():
    """Nothing would bound what one release has more than another."""
    with pytest.raises(ValueError, match="more people than there are"):
        disclosure.release_is_safe([[10**19, 5]], [2 * 10**19, 9])


@settings(max_examples=60, deadline=None)
@given(nested())
def test_known_is_exactly_what_every_table_behind_two_releases_allows(pair):
    """Neither more, which would block for nothing, nor less, which would let somebody be worked out."""
    smaller, larger = pair
    assert disclosure.known_from([smaller, larger]) == known_by_counting(smaller, larger)


@settings(max_examples=60, deadline=None)
@given(nested())
def test_a_release_is_blocked_where_a_small_count_can_be_worked_out(pair):
    smaller, larger = pair
    worked_out = any(low >= 1 and high <= 4 for low, high in known_by_counting(smaller, larger).values())
    assert disclosure.release_is_safe([smaller], larger) is not worked_out


def test_some_small_counts_can_be_worked_out_though_twenty_people_came():
    """The two tests above would pass by blocking nothing, if there were nothing to block."""
    found = [
        (a, b)
        for a, b in product(range(10, 16), repeat=2)
        for more in ([20, 1], [1, 20], [19, 1])
        if not disclosure.release_is_safe([[a, b]], [a + more[0], b + more[1]])
    ]
    assert found != []
    for a, b in found[:3]:
        grown = [[a + x, b + y] for x, y in ([20, 1], [1, 20], [19, 1])]
        known = [known_by_counting([a, b], table) for table in grown]
        assert any(low >= 1 and high <= 4 for each in known for low, high in each.values())


@settings(max_examples=40, deadline=None)
@given(st.lists(rows(3, people=0), min_size=1, max_size=4))
def test_what_is_known_always_holds_the_truth(drawn):
    """Over any number of releases, each of which contains the one before and 20 people more."""
    releases = [[0, 0, 0]]
    for row in drawn:
        releases.append([old + new + 7 for old, new in zip(releases[-1], row, strict=True)])
    known = disclosure.known_from(releases)
    for at, release in enumerate(releases):
        for group, count in enumerate([*release, sum(release)]):
            low, high = known[at, group]
            assert low <= count <= high
    for less, more in zip(range(len(releases)), range(1, len(releases)), strict=False):
        for group in range(3):
            low, high = known[less, more, group]
            assert low <= releases[more][group] - releases[less][group] <= high


def every_room(people: int, groups: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many people can be of so many groups."""
    for bars in combinations(range(people + groups - 1), groups - 1):
        ends = [-1, *bars, people + groups - 1]
        yield tuple(after - before - 1 for before, after in pairwise(ends))


@pytest.mark.parametrize("people", [20, 21, 23, 26])
def test_own_groups_never_give_a_small_one_away(people: int):
    """All rooms are tried: of those that look the same, no group of 1 to 4 has the same size in each."""
    alike = defaultdict(list)
    for room in every_room(people, 5):
        try:
            alike[tuple(disclosure.for_organiser(room))].append(room)
        except ValueError:
            assert set(room) == {4}
    given_away = [
        rooms[0]
        for rooms in alike.values()
        for sizes in zip(*rooms, strict=True)
        if len(set(sizes)) == 1 and 1 <= sizes[0] <= 4
    ]
    assert given_away == []
    wrong = [
        room
        for shown, rooms in alike.items()
        for room in rooms
        for told, size in zip(shown, room, strict=True)
        if not (told[0] <= size <= told[1] if isinstance(told, tuple) else told == size)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (20, "{ranges} of the {tried} rooms of 20 people ({chances} from the chance alone)"),
        (30, "{ranges} of the {tried} rooms of 30"),
    ],
)
def test_how_many_small_groups_the_figures_beside_them_give_away(people: int, said: str):
    """The limit that docs/measures.md states. Figures are rounded to 1/20, from true counts."""
    chances, ranges = defaultdict(list), defaultdict(list)
    tried = 0
    for room in every_room(people, 5):
        if shown := seen(room):
            tried += 1
            chance, *ends = (
                round(each * 20) for each in (indices.mixing_chance(room), *uncertainty.mixing_range(room))
            )
            chances[shown, chance].append(room)
            ranges[shown, chance, *ends].append(room)

    def given_away(alike: dict) -> str:
        rooms = [
            len(found)
            for found in alike.values()
            if any(len(set(sizes)) == 1 and 1 <= sizes[0] <= 4 for sizes in zip(*found, strict=True))
        ]
        return f"{sum(rooms):,}"

    text = " ".join((Path(__file__).parents[2] / "docs" / "measures.md").read_text().split())
    found = said.format(tried=f"{tried:,}", chances=given_away(chances), ranges=given_away(ranges))
    assert f" {found}" in text


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([20, 15, 4, 0, 0], [20, (15, 18), (1, 4), 0, 0]),
        ([20, 12, 3, 2, 2], [20, 12, (1, 4), (1, 4), (1, 4)]),
        ([20, 12, 0, 0, 7], [20, 12, 0, 0, 7]),
        ([20, 12, 1, 1, 0], [20, (1, 12), (1, 12), (1, 12), 0]),
        ([15, 15, 4, 0, 0], [(1, 32), (1, 32), (1, 32), 0, 0]),
        ([30, 5, 1, 0, 0], [30, (1, 5), (1, 5), 0, 0]),
    ],
)
def test_own_groups_are_shown_as_ranges_where_they_are_small(counts: list[int], shown: list):
    assert disclosure.for_organiser(counts) == shown


@pytest.mark.parametrize("counts", [[10, 9], [0], [4, 4, 4, 4, 4]])
def test_own_groups_of_too_few_are_not_shown(counts: list[int]):
    with pytest.raises(ValueError, match=r"Fewer than 20|sum would tell"):
        disclosure.for_organiser(counts)


# People, and when a snapshot may be replaced


def test_people_are_the_largest_session_of_each_series():
    assert disclosure.people_in([[[3, 9], [5, 2]], [[1, 1]], []]) == [6, 10]
    assert disclosure.people_in([]) == []


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ([[[30, 20], [10, 10], [10, 10]]], True),
        ([[[30, 19], [10, 10], [10, 10]]], False),  # 19 people more
        ([[[30, 20], [10, 10]]], False),  # one more session
        ([[[20, 10], [20, 10], [20, 10], [20, 10]]], False),  # the same 30 in each week
        ([[[20, 10]], [[10, 10]], [[1, 0]]], True),  # of other series
    ],
)
def test_snapshot_waits_for_twenty_people_and_two_sessions(more: list, due: bool):
    assert disclosure.snapshot_is_due([[[20, 10]]], more) is due


def test_the_first_snapshot_waits_too():
    assert disclosure.snapshot_is_due([], [[[20, 10]]]) is False
    assert disclosure.snapshot_is_due([], [[[20, 10], [20, 10]]]) is True


@given(rows(3), st.integers(1, 40))
def test_no_number_of_weeks_of_the_same_children_is_a_new_snapshot(counts: list[int], weeks: int):
    assert disclosure.snapshot_is_due([[counts]], [[counts] * (1 + weeks)]) is False


# Several sessions side by side


def seen(counts: tuple[int, ...]) -> tuple:
    try:
        return tuple(disclosure.for_organiser(counts))
    except ValueError:
        return ()


def seen_over(series: list) -> tuple:
    try:
        return tuple(disclosure.for_organiser_over(series))
    except ValueError:
        return ()


def worked_out(worlds: list[tuple], pages: list[tuple]) -> list[int]:
    """Counts of 1 to 4 that are the same in all worlds of which the pages look the same."""
    alike = defaultdict(list)
    for world, shown in zip(worlds, pages, strict=True):
        alike[shown].append(world)
    return [
        sizes[0]
        for found in alike.values()
        for sizes in zip(*found, strict=True)
        if len(set(sizes)) == 1 and 1 <= sizes[0] <= 4
    ]


def two_rooms(first: int, second: int) -> list[tuple]:
    return [(*one, *other) for one in every_room(first, 3) for other in every_room(second, 3)]


def test_a_series_beside_its_sessions_gives_nobody_away():
    worlds = two_rooms(20, 21)
    alone = [(seen(world[:3]), seen(world[3:])) for world in worlds]
    over = [seen_over([[world[:3], world[3:]]]) for world in worlds]
    assert worked_out(worlds, list(zip(alone, over, strict=True))) == []
    careless = [seen(tuple(disclosure.people_in([[world[:3], world[3:]]]))) for world in worlds]
    assert worked_out(worlds, list(zip(alone, careless, strict=True))) != []


def test_a_small_club_of_a_large_organisation_cannot_be_taken_out_of_its_page():
    worlds = two_rooms(21, 9)
    alone = [seen(world[:3]) for world in worlds]
    over = [seen_over([[world[:3]], [world[3:]]]) for world in worlds]
    assert worked_out(worlds, list(zip(alone, over, strict=True))) == []
    careless = [seen(tuple(disclosure.people_in([[world[:3]], [world[3:]]]))) for world in worlds]
    assert worked_out(worlds, list(zip(alone, careless, strict=True))) != []


def test_what_is_seen_of_several_sessions_is_made_of_each():
    first, second = [20, 15, 4, 0, 0], [30, 10, 3, 2, 0]
    assert disclosure.for_organiser_over([[first, second]]) == [30, (15, 18), (1, 4), (1, 4), 0]
    assert disclosure.for_organiser_over([[[20, 12, 0, 9, 0]], [[5, 3, 2, 5, 0]]]) == [20, 12, 0, 9, 0]
    assert disclosure.for_organiser_over([[[4, 0, 0, 8, 0]], [[4, 0, 0, 8, 0]]]) == [8, 0, 0, 16, 0]
    with pytest.raises(ValueError, match="Fewer than 20"):
        disclosure.for_organiser_over([[[5, 0, 0, 10, 0]] * 30])


@pytest.mark.parametrize(
    ("earlier", "candidate", "safe"),
    [
        ([[25, 11], [26, 12]], [60, 60], True),
        ([[100, 60], [105, 60]], [200, 160], True),
        ([[25, 11], [26, 12]], [26, 15], False),
    ],
)
def test_earlier_releases_that_broke_the_rules_are_answered_too(earlier: list, candidate: list, safe: bool):
    assert disclosure.release_is_safe(earlier, candidate) is safe


@given(st.lists(rows(3), min_size=2, max_size=3))
@settings(deadline=None)
def test_what_is_known_always_holds_the_truth_whatever_was_released(releases: list[list[int]]):
    for number, (low, high) in disclosure.known_from(releases).items():
        *of, group = number
        numbers = [[*releases[at], sum(releases[at])][group] for at in of]
        truth = numbers[0] if len(numbers) == 1 else numbers[1] - numbers[0]
        assert low <= truth <= high
