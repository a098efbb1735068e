"""Distances between two schools, beside scipy, fractions and pairs counted one by one."""

import math
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.spatial import distance

from diversity import distances
from diversity.indices import mixing_chance
from tests.diversity.strategies import pairs_of_rows, rows

EACH = (distances.total_variation, distances.cross_contact, distances.hellinger, distances.jensen_shannon)
METRICS = (distances.total_variation, distances.hellinger, distances.jensen_shannon)
CLOSE = 1e-9


def close(value: object) -> object:
    return pytest.approx(float(value), abs=CLOSE)  # ty: ignore


def shares(counts: list[int]) -> list[Fraction]:
    return [Fraction(count, sum(counts)) for count in counts]


@given(pairs_of_rows())
def test_distances_follow_their_formulas(pair):
    a, c = map(shares, pair)
    assert distances.total_variation(*pair) == close(sum(abs(x - y) for x, y in zip(a, c, strict=True)) / 2)
    assert distances.cross_contact(*pair) == close(1 - sum(x * y for x, y in zip(a, c, strict=True)))
    overlap = math.fsum(math.sqrt(x * y) for x, y in zip(a, c, strict=True))
    assert distances.hellinger(*pair) ** 2 == close(1 - overlap)


@given(pairs_of_rows())
def test_jensen_shannon_agrees_with_scipy(pair):
    expected = distance.jensenshannon(*pair, base=2)
    assert distances.jensen_shannon(*pair) ** 2 == close(0 if math.isnan(expected) else expected**2)


@given(pairs_of_rows())
def test_total_variation_agrees_with_scipy(pair):
    a, c = ([float(share) for share in shares(counts)] for counts in pair)
    assert distances.total_variation(*pair) == close(distance.cityblock(a, c) / 2)


@given(pairs_of_rows())
def test_distances_are_the_same_both_ways_and_within_0_and_1(pair):
    for figure in EACH:
        assert 0 <= figure(*pair) <= 1
        assert figure(*pair) == close(figure(*reversed(pair)))


@given(pairs_of_rows())
def test_counts_and_shares_give_the_same(pair):
    a, c = ([float(share) for share in shares(counts)] for counts in pair)
    for figure in EACH:
        assert figure(a, c) ** 2 == close(figure(*pair) ** 2)


@given(rows(), st.integers(1, 1000))
def test_a_school_is_no_way_from_one_of_its_shares(row, times):
    for figure in METRICS:
        assert figure(row, [count * times for count in row]) ** 2 == close(0)
    assert distances.total_variation(row, [count * times for count in row]) == 0


def test_schools_without_a_common_group_are_as_far_apart_as_can_be():
    for figure in EACH:
        assert figure([3, 0, 9], [0, 5, 0]) == close(1)


@given(st.integers(2, 4).flatmap(lambda groups: st.tuples(rows(groups), rows(groups), rows(groups))))
def test_no_way_round_is_shorter(three):
    a, b, c = three
    for figure in METRICS:
        assert figure(a, c) <= figure(a, b) + figure(b, c) + CLOSE


@given(
    st.integers(1, 3).flatmap(
        lambda groups: st.tuples(*[st.lists(st.integers(0, 4), min_size=groups, max_size=groups)] * 2)
    )
)
def test_joint_mixing_of_both_whole_schools_is_that_of_everybody_together(pair):
    a, b = pair
    assume(sum(a) and sum(b))
    everybody = [
        (school, group)
        for school, counts in enumerate(pair)
        for group, count in enumerate(counts)
        for _ in range(count)
    ]
    pairs = list(combinations(everybody, 2))
    differ = Fraction(sum(one[1] != other[1] for one, other in pairs), len(pairs))
    assert distances.joint_mixing(a, sum(a), b, sum(b)) == close(differ)


def test_joint_mixing_worked_by_hand():
    """All of one group and all of another, 10 and 30 pupils: only pairs across differ, 600 of 1,560."""
    assert distances.joint_mixing([90, 0], 10, [0, 40], 30) == close(600 / 1560)
    assert distances.joint_gain([90, 0], 10, [0, 40], 30) == close(600 / 1560)
    assert distances.joint_gain([5, 5], 0, [9, 0], 10) == close(-5 / 18)


@given(rows())
def test_one_pupil_of_each_school_meet_across(row):
    other = row[::-1]
    assert distances.joint_mixing(row, 1, other, 1) == close(distances.cross_contact(row, other))
    assert distances.joint_mixing(row, 7, other, 0) == close(mixing_chance(row))


def test_mixing_inside_takes_counts_as_pupils_and_shares_as_a_large_school():
    assert distances.mixing_inside([3, 1]) == mixing_chance([3, 1])
    assert distances.mixing_inside([0.75, 0.25]) == close(0.375)
    assert distances.mixing_inside([1, 0]) == 0
    assert distances.mixing_inside([1.0, 1.0]) == 1


@pytest.mark.parametrize("numbers", [(0, 0), (1, 0), (0, 1)])
def test_joint_mixing_needs_two_pupils(numbers):
    with pytest.raises(ValueError, match="two pupils"):
        distances.joint_mixing([3, 1], numbers[0], [2, 2], numbers[1])


@pytest.mark.parametrize("number", [-1, 2.5, None, float("nan")])
def test_joint_mixing_needs_whole_numbers_of_pupils(number):
    with pytest.raises(ValueError, match="count"):
        distances.joint_mixing([3, 1], number, [2, 2], 4)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ([], "nobody"),
        ([0, 0], "nobody"),
        ([1, -1], "zero or more"),
        ([1, math.nan], "zero or more"),
        ([1, "2"], "zero or more"),
        ([1, None], "zero or more"),
        ([1, math.inf], "too large"),
        ([1e308, 1e308], "too large"),
        ([1, 2, 3], "different groups"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(bad, words):
    for figure in EACH:
        with pytest.raises(ValueError, match=words):
            figure(bad, [1, 2])
        with pytest.raises(ValueError, match=words):
            figure([1, 2], bad)
    with pytest.raises(ValueError, match=words):
        distances.joint_mixing(bad, 3, [1, 2], 3)


def test_whole_numbers_beyond_a_float_are_compared():
    assert distances.total_variation([10**400, 0], [3, 3]) == 0.5
