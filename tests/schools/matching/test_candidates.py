"""Which schools are near enough, beside every two schools measured."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from places.distance import miles_between
from schools.matching.candidates import Candidate, School, Search, candidates
from tests.schools.matching import registers

KM_PER_MILE = 1.609344
# Close together and across the whole world, poles and date line too.
PLACE = st.one_of(
    st.tuples(st.floats(53.6, 53.8), st.floats(-2, -1.7)), st.tuples(st.floats(-90, 90), st.floats(-180, 180))
)


def kilometres(one: School, other: School) -> float:
    return KM_PER_MILE * miles_between(one.latitude, one.longitude, other.latitude, other.longitude)


def by_measuring_all(schools: list[School], search: Search) -> set[tuple[int, int]]:
    pairs = set()
    for one in schools:
        same = [other for other in schools if other.phase == one.phase and other is not one]
        near = sorted(same, key=lambda other: (kilometres(one, other), other.urn))
        reach = search.reach_km[one.phase]
        pairs |= {
            (min(one.urn, other.urn), max(one.urn, other.urn))
            for other in near[: search.nearest]
            if kilometres(one, other) <= reach
        }
    return pairs


def row(number: int, *, apart: float = 0.01, **more: object) -> list[School]:
    """Schools in a line to the north, 1.1 km from one to the next and then a little more."""
    return [
        School(100 + at, "primary", 53.7 + at * apart * (1 + at / 100), -1.86, **more) for at in range(number)
    ]  # ty: ignore


def pairs(schools: list[School], **search: object) -> list[tuple[int, int]]:
    return [(each.urn_a, each.urn_b) for each in candidates(schools, Search(**search))]  # ty: ignore


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(PLACE, st.sampled_from(["primary", "secondary"])), min_size=1, max_size=30),
    st.integers(1, 6),
)
def test_candidates_are_the_nearest_of_either(drawn, nearest):
    schools = [School(at, phase, *place) for at, (place, phase) in enumerate(drawn)]
    search = Search(nearest=nearest)
    found = candidates(schools, search)
    assert {(each.urn_a, each.urn_b) for each in found} == by_measuring_all(schools, search)
    for each in found:
        assert each.kilometres == pytest.approx(
            kilometres(schools[each.urn_a], schools[each.urn_b]), abs=1e-6
        )


def test_candidates_come_in_the_order_of_urns_whatever_order_schools_come_in():
    schools = row(12)
    assert pairs(schools[::-1], nearest=3) == pairs(schools, nearest=3) == sorted(pairs(schools, nearest=3))


def test_a_candidate_knows_how_far_it_is():
    (found,) = candidates(row(2))
    assert found == Candidate(100, 101, pytest.approx(1.123, abs=0.001))


def test_primaries_go_ten_kilometres_and_secondaries_twenty():
    primary = row(2, apart=0.12)
    assert pairs(primary) == []
    assert pairs([replace(school, phase="secondary") for school in primary]) == [(100, 101)]


def test_phases_do_not_mix_but_in_a_study():
    one, other = row(2)
    mixed = [one, replace(other, phase="secondary")]
    assert pairs(mixed) == []
    assert pairs(mixed, mixes_phases=True) == [(100, 101)]


def test_a_phase_without_a_reach_takes_no_part():
    assert pairs([replace(school, phase="nursery") for school in row(2)]) == []


def test_who_wants_no_twin_is_in_a_study_only_and_a_closed_school_in_none():
    unwilling = row(2, wants_twin=False)
    assert (pairs(unwilling), pairs(unwilling, study=True)) == ([], [(100, 101)])
    assert pairs(row(2, is_open=False), study=True, mixes_phases=True) == []


def test_schools_left_out_make_room_and_pairs_that_may_not_be_do_not():
    assert pairs(row(4), nearest=1) == [(100, 101), (101, 102), (102, 103)]
    assert pairs(row(4), nearest=1, left_out=frozenset([101])) == [(100, 102), (102, 103)]
    assert pairs(row(4), nearest=1, never=frozenset([(101, 100)])) == [(101, 102), (102, 103)]


def test_of_equally_near_schools_the_lower_urn_is_nearer():
    here = [School(urn, "primary", 53.7, -1.86) for urn in (5, 3, 9, 7)]
    assert pairs(here, nearest=1) == [(3, 5), (3, 7), (3, 9)]


@pytest.mark.parametrize("latitude", [math.nan, math.inf])
def test_a_school_without_a_position_takes_no_part(latitude):
    assert pairs([*row(1), School(7, "primary", latitude, -1.86)]) == []


@pytest.mark.parametrize("schools", [[], row(1)])
def test_one_school_or_none_has_no_candidates(schools):
    assert candidates(schools) == []


@pytest.mark.skipif(registers.folder() is None, reason="the national registers are not on this machine")
def test_calderdales_candidates_are_the_nearest_of_either():
    schools, _ = registers.read("E08000033")
    search = Search(study=True)
    taking_part = [school for school in schools if search.takes(school)]
    found = candidates(schools, search)
    assert len(taking_part) == 90
    assert {(each.urn_a, each.urn_b) for each in found} == by_measuring_all(taking_part, search)
