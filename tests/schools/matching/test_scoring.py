"""How two schools' difference becomes a weight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversity import distances
from schools.matching import pairing, scoring

SHARE = st.one_of(st.none(), st.floats(0, 1))
GROUPS = st.lists(st.integers(0, 300), min_size=3, max_size=3).filter(any)


def test_the_formulas_are_the_mathematics_own():
    for name in ("total_variation", "cross_contact", "joint_mixing", "hellinger", "jensen_shannon"):
        assert getattr(scoring, name) is getattr(distances, name)


def test_half_is_the_groups_and_half_the_meals():
    """Six in ten pupils would have to change school, and 20 % beside 45 % have free meals."""
    assert scoring.difference([80, 20], [20, 80], 0.20, 0.45) == pytest.approx(0.5 * 0.6 + 0.5 * 0.25)
    assert scoring.GROUPS_PART + scoring.MEALS_PART == 1


@pytest.mark.parametrize("meals", [(None, 0.4), (0.4, None), (None, None)])
def test_unknown_meals_are_never_taken_as_none(meals):
    assert scoring.difference([80, 20], [20, 80], *meals) == pytest.approx(0.6)


@pytest.mark.parametrize("meals", [(-0.1, 0.4), (0.4, 45), (float("nan"), 0.1)])
def test_meals_are_a_share(meals):
    with pytest.raises(ValueError, match="share of pupils"):
        scoring.difference([80, 20], [20, 80], *meals)


@given(GROUPS, GROUPS, SHARE, SHARE)
def test_weights_are_whole_numbers_that_can_be_matched_on(groups, others, meals, other_meals):
    score = scoring.difference(groups, others, meals, other_meals)
    weight = scoring.weight(score)
    assert 0 <= score <= 1
    assert type(weight) is int
    assert 0 <= weight <= scoring.SCALE < pairing.HEAVIEST < 2**24
    assert score == scoring.difference(others, groups, other_meals, meals)
