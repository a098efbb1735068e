"""Ranges, beside everything counted through and beside scipy, and how often they hold the truth."""

import math
from fractions import Fraction
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from diversity import uncertainty
from diversity.indices import mixing_chance, within_session_mixing
from tests.diversity import coverage
from tests.diversity.strategies import rows, tables

CLOSE = 1e-9


def variance_by_counting(counts: list[int]) -> Fraction:
    """Of the mixing chance of as many people, each of a group by the smoothed shares: every room there is."""
    people, groups = sum(counts), len(counts)
    shares = [Fraction(2 * n + 1, 2 * people + groups) for n in counts]
    first = second = Fraction(0)
    for room in product(range(groups), repeat=people):
        weight = math.prod(shares[group] for group in room)
        tally = [room.count(group) for group in range(groups)]
        chance = 1 - Fraction(sum(n * (n - 1) for n in tally), people * (people - 1))
        first, second = first + weight * chance, second + weight * chance**2
    return second - first**2


@pytest.mark.parametrize("counts", [[2], [1, 1], [5, 0], [3, 2, 1], [0, 4, 1], [2, 2, 1, 0], [3, 0, 0, 0]])
def test_mixing_range_has_the_variance_of_all_rooms(counts):
    reach = uncertainty.Z * math.sqrt(variance_by_counting(counts))
    chance = mixing_chance(counts)
    expected = max(0, chance - reach), min(1, chance + reach)
    assert uncertainty.mixing_range(counts) == pytest.approx(expected, abs=CLOSE)


@given(rows())
def test_mixing_range_follows_its_formula(counts):
    n, k = sum(counts), len(counts)
    s2, s3 = (math.fsum(((c + 0.5) / (n + k / 2)) ** power for c in counts) for power in (2, 3))
    above = 4 * n * (n - 1) * (n - 2) * s3 + 2 * n * (n - 1) * s2 - 2 * n * (n - 1) * (2 * n - 3) * s2**2
    reach = uncertainty.Z * math.sqrt(max(0, above)) / (n * (n - 1))
    low, high = uncertainty.mixing_range(counts)
    chance = mixing_chance(counts)
    # The formula in floats loses half of its digits under the root.
    assert (low, high) == pytest.approx((max(0, chance - reach), min(1, chance + reach)), abs=1e-7)
    assert 0 <= low <= chance <= high <= 1


def test_a_room_of_one_group_is_not_certain():
    low, high = uncertainty.mixing_range([20, 0, 0, 0, 0])
    assert low == 0
    assert high > 0.1
    assert uncertainty.mixing_range([20]) == (0, 0)


@given(st.lists(st.integers(0, 7), min_size=1, max_size=4), st.integers(0, 6))
def test_not_stated_bounds_are_the_ends_of_every_way(counts, unknown):
    if sum(counts) + unknown < 2:
        with pytest.raises(ValueError, match="Two people at least"):
            uncertainty.not_stated_bounds(counts, unknown)
        return
    ways = [
        mixing_chance([count + given.count(group) for group, count in enumerate(counts)])
        for given in combinations_with_replacement(range(len(counts)), unknown)
    ]
    assert uncertainty.not_stated_bounds(counts, unknown) == (min(ways), max(ways))


def test_not_stated_bounds_take_any_number_of_people():
    assert uncertainty.not_stated_bounds([0, 0], 10**30) == (0, pytest.approx(0.5))
    assert uncertainty.not_stated_bounds([30, 10], 0) == (mixing_chance([30, 10]),) * 2


@pytest.mark.parametrize("unknown", [-1, 1.5, None])
def test_not_stated_bounds_need_a_count(unknown):
    with pytest.raises(ValueError, match="count"):
        uncertainty.not_stated_bounds([3, 4], unknown)


def test_not_stated_bounds_need_a_group():
    with pytest.raises(ValueError, match="no group"):
        uncertainty.not_stated_bounds([], 5)


@pytest.mark.parametrize("counts", [[], [0], [1], [1, 0]])
def test_mixing_range_of_one_alone_is_none(counts):
    with pytest.raises(ValueError, match="Two people at least"):
        uncertainty.mixing_range(counts)


@pytest.mark.parametrize("degrees", [*range(1, 41), 99, 100, 1001])
def test_students_quantile_agrees_with_scipy(degrees):
    assert uncertainty.student(degrees) == pytest.approx(stats.t.ppf(0.975, degrees), rel=1e-9)


@given(tables().filter(lambda table: sum(sum(row) > 1 for row in table) > 1))
def test_a_series_range_holds_its_figure(table):
    low, high = uncertainty.series_range(table)
    assert 0 <= low <= within_session_mixing(table) <= high <= 1


def test_a_series_range_worked_by_hand():
    """Three sessions of ten pairs' weight each: D_j of 0, 5/9 and 5/9; leaving one out 5/9, 5/18 and 5/18."""
    table = [[10, 0], [5, 5], [5, 5]]
    without = [5 / 9, 5 / 18, 5 / 18]
    mean = sum(without) / 3
    reach = stats.t.ppf(0.975, 2) * math.sqrt(2 / 3 * sum((each - mean) ** 2 for each in without))
    middle = within_session_mixing(table)
    assert uncertainty.series_range(table) == pytest.approx((max(0, middle - reach), min(1, middle + reach)))


def test_sessions_that_agree_by_luck_are_as_sure_as_their_people_are():
    low, high = uncertainty.series_range([[6, 4]] * 8)
    alone = uncertainty.mixing_range([6, 4])
    assert 0 < high - low < alone[1] - alone[0]


def test_sessions_of_one_person_change_nothing_in_a_series():
    table = [[5, 2], [1, 7], [4, 4]]
    assert uncertainty.series_range([*table, [1, 0], [0, 0]]) == uncertainty.series_range(table)


@pytest.mark.parametrize("table", [[], [[5, 5]], [[5, 5], [1, 0]]])
def test_one_session_says_nothing_of_how_sessions_differ(table):
    with pytest.raises(ValueError, match="session"):
        uncertainty.series_range(table)


def test_ranges_hold_the_truth_about_as_often_as_they_say():
    """Simulated, always the same; `tests.bench.bench_ranges` prints more of it. The simulation's own error
    at 800 times is 0.8 points in a hundred, three of which are allowed below what 20,000 times give."""
    rooms, series = coverage.of_rooms(800), coverage.of_series(800)
    assert min(rooms.values()) > 0.89 - 0.033
    assert min(series.values()) > 0.92 - 0.029
    assert sum(rooms.values()) / len(rooms) == pytest.approx(0.95, abs=0.015)
    assert sum(series.values()) / len(series) == pytest.approx(0.95, abs=0.015)
