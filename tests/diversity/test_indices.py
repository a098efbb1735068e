"""The figures of `diversity.indices`, beside their formulas in fractions and other people's programs."""

import json
import math
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from diversity import indices
from tests.diversity.strategies import COUNT, pairs_of_rows, rows, tables, units

ORACLES = json.loads((Path(__file__).parents[1] / "examples" / "diversity" / "oracles.json").read_text())
ROWS, TABLES, PAIRS = ORACLES["rows"], ORACLES["tables"], ORACLES["pairs"]
# Asian, Black, Mixed, Other, White: residents on census day in 2021.
CALDERDALE = [21720, 1455, 4021, 1597, 177833]
CLOSE = 1e-9


def close(value: object) -> object:
    return pytest.approx(float(value), abs=CLOSE)  # ty: ignore


def shares(counts: list[int]) -> list[Fraction]:
    return [Fraction(count, sum(counts)) for count in counts]


# What other people's programs say


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
@pytest.mark.parametrize("name", ["mixing_chance", "baseline_mixing"])
def test_a_row_agrees_with_scikit_bio(name, row):
    assert getattr(indices, name)(row["counts"]) == close(row[name])


@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
@pytest.mark.parametrize("name", ["theil_h", "multigroup_dissimilarity"])
def test_sessions_agree_with_segregation(name, table):
    assert getattr(indices, name)(table["sessions"]) == close(table[name])


@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
@pytest.mark.parametrize("name", ["within_session_mixing", "pooled_mixing"])
def test_mixing_over_sessions_agrees_with_scikit_bio(name, table):
    assert getattr(indices, name)(table["sessions"]) == close(table[name])


@pytest.mark.parametrize("pair", PAIRS, ids=range(len(PAIRS)))
def test_a_row_beside_its_base_agrees_with_scikit_bio_and_scipy(pair):
    counts, baseline = pair["counts"], pair["baseline"]
    assert indices.relative_mixing(counts, baseline) == close(pair["relative_mixing"])
    assert indices.representation_gap(counts, baseline) == close(pair["representation_gap"])
    assert indices.expected_exposure(baseline) == pytest.approx(pair["expected_exposure"], abs=CLOSE)
    met = list(zip(indices.exposure(counts), pair["exposure"], strict=True))
    assert [ours for ours, theirs in met if theirs is not None] == pytest.approx(
        [theirs for _, theirs in met if theirs is not None], abs=CLOSE
    )


@pytest.mark.parametrize("table", TABLES, ids=range(len(TABLES)))
@pytest.mark.parametrize("name", ["dissimilarity", "isolation", "interaction", "correlation_ratio"])
def test_one_group_agrees_with_segregation(name, table):
    minority = [session[0] for session in table["sessions"]]
    totals = [sum(session) for session in table["sessions"]]
    assert getattr(indices, name)(minority, totals) == close(table[name])


@given(st.integers(1, 300), rows(people=1))
def test_expected_gap_agrees_with_scipy(total, baseline):
    """E|X/N − q| summed over every X, with scipy's probabilities."""
    gaps = [
        sum(abs(x / total - q) * p for x, p in enumerate(stats.binom.pmf(range(total + 1), total, q)))
        for q in map(float, shares(baseline))
    ]
    assert indices.expected_gap(total, baseline) == close(sum(gaps) / 2)


# What the formulas say, in fractions or by counting


@given(st.lists(st.integers(0, 6), min_size=1, max_size=4).filter(lambda row: sum(row) > 1))
def test_mixing_chance_is_the_share_of_pairs_that_differ(counts):
    people = [group for group, count in enumerate(counts) for _ in range(count)]
    pairs = list(combinations(people, 2))
    assert indices.mixing_chance(counts) == close(Fraction(sum(a != b for a, b in pairs), len(pairs)))


@given(pairs_of_rows())
def test_relative_mixing_and_gap_follow_their_formulas(pair):
    counts, baseline = pair
    p, q = shares(counts), shares(baseline)
    gap = sum(abs(x - y) for x, y in zip(p, q, strict=True)) / 2
    assert indices.representation_gap(counts, baseline) == close(gap)
    area = 1 - sum(share**2 for share in q)
    assert indices.baseline_mixing(baseline) == close(area)
    if area:
        n = sum(counts)
        chance = 1 - Fraction(sum(k * (k - 1) for k in counts), n * (n - 1))
        assert indices.relative_mixing(counts, baseline) == pytest.approx(float(chance / area), rel=1e-12)


@given(rows())
def test_exposures_weighed_by_shares_make_the_mixing_chance(counts):
    each = indices.exposure(counts)
    assert sum(map(float, shares(counts))) == close(1)
    assert sum(float(p) * e for p, e in zip(shares(counts), each, strict=True)) == close(
        indices.mixing_chance(counts)
    )
    assert all(0 <= e <= 1 for e in each)


@given(rows(people=1))
def test_expected_exposures_weighed_by_shares_make_the_areas_mixing(baseline):
    each = indices.expected_exposure(baseline)
    assert math.fsum(float(q) * e for q, e in zip(shares(baseline), each, strict=True)) == close(
        indices.baseline_mixing(baseline)
    )


@given(tables())
def test_within_is_the_mean_of_sessions_weighed_by_pairs(table):
    met = [row for row in table if sum(row) > 1]
    if not met:
        with pytest.raises(ValueError, match="No session had two"):
            indices.within_session_mixing(table)
        return
    pairs = [sum(row) * (sum(row) - 1) for row in met]
    mean = sum(p * indices.mixing_chance(row) for p, row in zip(pairs, met, strict=True)) / sum(pairs)
    assert indices.within_session_mixing(table) == close(mean)


@given(tables())
def test_figures_of_sessions_are_shares(table):
    assert 0 <= indices.theil_h(table) <= 1
    assert 0 <= indices.multigroup_dissimilarity(table) <= 1
    assert 0 <= indices.pooled_mixing(table) <= 1


@given(tables(), st.randoms())
def test_the_order_of_sessions_and_groups_does_not_matter(table, source):
    order = list(range(len(table[0])))
    source.shuffle(order)
    other = [[row[group] for group in order] for row in table]
    source.shuffle(other)
    for figure in (indices.theil_h, indices.multigroup_dissimilarity, indices.pooled_mixing):
        assert figure(other) == close(figure(table))


@given(rows(3, people=1).filter(lambda row: sum(map(bool, row)) > 1), st.lists(st.integers(1, 9), min_size=1))
def test_sessions_with_the_same_shares_are_not_apart(row, sizes):
    table = [[size * count for count in row] for size in sizes]
    assert indices.theil_h(table) == close(0)
    assert indices.multigroup_dissimilarity(table) == 0


@given(st.lists(st.integers(1, 300), min_size=2, max_size=6))
def test_sessions_of_one_group_each_are_wholly_apart(sizes):
    table = [[size if at == group else 0 for group in range(len(sizes))] for at, size in enumerate(sizes)]
    assert indices.theil_h(table) == 1
    assert indices.multigroup_dissimilarity(table) == 1


@given(units())
def test_one_groups_figures_follow_their_formulas(pair):
    minority, totals = pair
    x, total = sum(minority), sum(totals)
    met = [(Fraction(n, x), Fraction(n, t)) for n, t in zip(minority, totals, strict=True) if t]
    own = sum(weight * share for weight, share in met)
    share = Fraction(x, total)
    assert indices.isolation(minority, totals) == close(own)
    assert indices.interaction(minority, totals) == close(1 - own)
    assert indices.correlation_ratio(minority, totals) == close((own - share) / (1 - share))
    apart = [Fraction(n, x) - Fraction(t - n, total - x) for n, t in zip(minority, totals, strict=True)]
    assert indices.dissimilarity(minority, totals) == close(sum(map(abs, apart)) / 2)


@given(units())
def test_two_groups_are_apart_as_much_as_one_from_the_other(pair):
    minority, totals = pair
    table = [[n, t - n] for n, t in zip(minority, totals, strict=True)]
    assert indices.multigroup_dissimilarity(table) == close(indices.dissimilarity(minority, totals))


# Worked by hand


def test_calderdales_residents_mix_as_the_measures_say():
    assert indices.baseline_mixing(CALDERDALE) == pytest.approx(0.25, abs=0.01)


def test_a_session_worked_by_hand():
    """25, 11, 5, 32 and 3: 76 people make 5,700 ordered pairs, of which 1,728 are of one group."""
    counts = [25, 11, 5, 32, 3]
    assert indices.mixing_chance(counts) == (5700 - 600 - 110 - 20 - 992 - 6) / 5700
    assert indices.exposure(counts) == [51 / 75, 65 / 75, 71 / 75, 44 / 75, 73 / 75]


def test_a_club_that_alternates_mixes_in_the_pool_only():
    assert indices.within_session_mixing([[10, 0], [0, 10]]) == 0
    assert indices.pooled_mixing([[10, 0], [0, 10]]) == 10 / 19
    assert indices.theil_h([[10, 0], [0, 10]]) == 1


def test_luck_alone_leaves_a_gap_for_one_person():
    """One person of an even area of two groups is half a place away from it, whoever it is."""
    assert indices.expected_gap(1, [50, 50]) == close(0.5)
    assert indices.expected_gap(2, [50, 50]) == close(0.25)
    assert indices.expected_gap(7, [10, 0]) == 0


def test_a_group_that_nobody_is_of_would_meet_others_only():
    assert indices.exposure([3, 0]) == [0, 1]
    assert indices.exposure([1, 1]) == [1, 1]


# Edges


@pytest.mark.parametrize("counts", [[], [0, 0], [1], [0, 1, 0]])
def test_one_alone_meets_nobody(counts):
    for figure in (indices.mixing_chance, indices.exposure):
        with pytest.raises(ValueError, match="Two people at least"):
            figure(counts)
    with pytest.raises(ValueError, match="Two people at least"):
        indices.relative_mixing(counts, [1] * len(counts))


@pytest.mark.parametrize("baseline", [[], [0], [0, 0]])
def test_an_area_of_nobody_is_none(baseline):
    for figure in (indices.baseline_mixing, indices.expected_exposure):
        with pytest.raises(ValueError, match="count nobody"):
            figure(baseline)
    with pytest.raises(ValueError, match="count nobody"):
        indices.expected_gap(5, baseline)


def test_an_area_of_one_group_has_no_mixing_to_compare_with():
    assert indices.baseline_mixing([7, 0]) == 0
    with pytest.raises(ValueError, match="nothing to compare with"):
        indices.relative_mixing([2, 2], [7, 0])


def test_an_area_of_nearly_one_group_is_refused_in_words():
    assert indices.relative_mixing([1, 1], [10**300, 1]) == pytest.approx(10**300 / 2, rel=CLOSE)
    with pytest.raises(ValueError, match="no number is so large"):
        indices.relative_mixing([1, 1], [10**400, 1])


@pytest.mark.parametrize("total", [0, -1, 2.5, 10**11])
def test_expected_gap_needs_a_number_of_people(total):
    with pytest.raises(ValueError, match=r"Nobody|count|more people"):
        indices.expected_gap(total, [1, 2])


def test_lists_of_other_groups_are_not_compared():
    for figure in (indices.relative_mixing, indices.representation_gap, indices.dissimilarity):
        with pytest.raises(ValueError, match="different groups"):
            figure([2, 2], [1, 2, 3])


@pytest.mark.parametrize("bad", [[3, -1], [3, 1.5], [3, float("nan")], [3, None]])
def test_no_figure_takes_what_is_no_count(bad):
    for figure in (
        indices.mixing_chance,
        indices.baseline_mixing,
        indices.exposure,
        indices.expected_exposure,
    ):
        with pytest.raises(ValueError, match="count"):
            figure(bad)
    for figure in (
        indices.within_session_mixing,
        indices.pooled_mixing,
        indices.theil_h,
        indices.multigroup_dissimilarity,
    ):
        with pytest.raises(ValueError, match="count"):
            figure([bad, [1, 2]])


def test_sessions_of_nobody_or_of_one_group_are_not_apart():
    for figure in (indices.theil_h, indices.multigroup_dissimilarity):
        for table, words in (([], "no session"), ([[0, 0]], "Nobody"), ([[5, 0], [2, 0]], "one group")):
            with pytest.raises(ValueError, match=words):
                figure(table)


def test_sessions_without_anybody_change_nothing():
    table = [[5, 2], [1, 7]]
    for figure in (indices.within_session_mixing, indices.theil_h, indices.multigroup_dissimilarity):
        assert figure([*table, [0, 0]]) == figure(table)
    assert indices.isolation([5, 1, 0], [7, 8, 0]) == indices.isolation([5, 1], [7, 8])


def test_one_group_figures_say_what_is_missing():
    for figure in (indices.dissimilarity, indices.isolation, indices.interaction, indices.correlation_ratio):
        with pytest.raises(ValueError, match="Nobody is of this group"):
            figure([0, 0], [3, 4])
        with pytest.raises(ValueError, match="more of the group"):
            figure([4, 1], [3, 4])
    for figure in (indices.dissimilarity, indices.correlation_ratio):
        with pytest.raises(ValueError, match="nobody else"):
            figure([3, 4], [3, 4])
    assert (indices.isolation([3, 4], [3, 4]), indices.interaction([3, 4], [3, 4])) == (1, 0)


@settings(max_examples=30)
@given(pairs_of_rows(), st.integers(310, 400))
def test_numbers_beyond_a_float_are_still_counted_exactly(pair, digits):
    counts, baseline = pair
    huge = [count * 10**digits for count in baseline]
    assert indices.baseline_mixing(huge) == indices.baseline_mixing(baseline)
    assert indices.representation_gap(counts, huge) == indices.representation_gap(counts, baseline)
    assert indices.expected_gap(9, huge) == close(indices.expected_gap(9, baseline))


@given(st.lists(COUNT, min_size=2, max_size=5).filter(lambda row: sum(map(bool, row)) > 1))
def test_huge_sessions_are_as_far_apart_as_small_ones(row):
    table = [row, row[::-1]]
    huge = [[count * 10**320 for count in each] for each in table]
    assert indices.theil_h(huge) == close(indices.theil_h(table))
    assert indices.multigroup_dissimilarity(huge) == indices.multigroup_dissimilarity(table)
