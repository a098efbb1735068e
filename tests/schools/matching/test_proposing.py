"""A whole round, beside an independent solver: constraints hold, and the rest is the best there is."""

import dataclasses
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schools.matching import comparing, proposing, scoring
from schools.matching.candidates import School, Search
from schools.matching.proposing import Graph, Pupils
from tests.schools.matching import graphs

GROUPS = st.tuples(*[st.integers(0, 90)] * 3).filter(sum)
PUPILS = st.builds(Pupils, GROUPS, st.one_of(st.none(), st.floats(0, 1)))


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[School], dict[int, Pupils]]:
    """Up to fourteen schools within some kilometres, the pupils of most of them known."""
    number = draw(st.integers(0, 14))
    spots = draw(
        st.lists(st.tuples(st.floats(53.7, 53.8), st.floats(-1.9, -1.8)), min_size=number, max_size=number)
    )
    schools = [School(at + 1, "primary", *spot) for at, spot in enumerate(spots)]
    pupils = draw(st.fixed_dictionaries({}, optional={school.urn: PUPILS for school in schools}))
    return schools, pupils


def apart(pairs: list[tuple[int, int]]) -> bool:
    return len({urn for pair in pairs for urn in pair}) == 2 * len(pairs)


@settings(deadline=None, max_examples=150)
@given(towns(), st.floats(0, 1))
def test_no_pair_differs_by_less_than_was_asked_and_the_rest_is_the_best_there_is(town, least):
    schools, pupils = town
    everything = proposing.graph(schools, pupils, Search(study=True))
    found = proposing.graph(schools, pupils, Search(study=True, least=least))
    enough = {pair: weight for pair, weight in everything.weights.items() if weight >= scoring.weight(least)}
    assert found.weights == enough
    pairs = proposing.propose(found)
    assert apart(pairs)
    assert comparing.total(pairs, found.weights) == graphs.greatest(found.weights)


@settings(deadline=None, max_examples=150)
@given(towns(), st.data())
def test_kept_links_stay_and_all_others_are_the_best_without_their_schools(town, data):
    schools, pupils = town
    mixed = data.draw(st.permutations([school.urn for school in schools]))
    kept = data.draw(
        st.sets(st.sampled_from(list(zip(mixed[::2], mixed[1::2], strict=False))))
        if len(mixed) > 1
        else st.just(set())
    )
    found = proposing.graph(schools, pupils, Search(study=True, keep=frozenset(kept)))
    pairs = proposing.propose(found, kept)
    ordered = {(min(pair), max(pair)) for pair in kept}
    assert apart(pairs)
    assert ordered <= set(pairs)
    spoken_for = {urn for pair in kept for urn in pair}
    assert not spoken_for & {urn for pair in found.weights for urn in pair}
    others = [pair for pair in pairs if pair not in ordered]
    assert comparing.total(others, found.weights) == graphs.greatest(found.weights)


@settings(deadline=None, max_examples=100)
@given(towns(), st.floats(0, 12))
def test_nobody_is_farther_than_the_cap(town, most_km):
    schools, pupils = town
    found = proposing.graph(schools, pupils, Search(study=True, most_km=most_km))
    everything = proposing.graph(schools, pupils, Search(study=True))
    within = {pair: km for pair, km in everything.kilometres.items() if km <= most_km}
    assert found.kilometres == within


@settings(deadline=None, max_examples=50)
@given(towns())
def test_a_graph_put_down_is_taken_up_exactly(town):
    found = proposing.graph(*town, Search(study=True))
    again = proposing.unpacked(proposing.packed(found))
    assert (again, list(again.weights)) == (found, list(found.weights))


def test_a_kept_link_that_is_in_the_graph_too_is_there_once():
    found = Graph({(1, 2): 5, (2, 3): 9, (3, 4): 5}, dict.fromkeys([(1, 2), (2, 3), (3, 4)], 1.0))
    assert proposing.propose(found) == [(1, 2), (3, 4)]
    assert proposing.propose(found, [(3, 2)]) == [(2, 3)]


def test_kept_links_that_share_a_school_cannot_both_stay():
    with pytest.raises(ValueError, match="A school cannot be in two links that are kept."):
        proposing.propose(Graph({}, {}), [(1, 2), (3, 2)])


def test_schools_counted_by_different_lists_are_never_compared():
    schools = [School(urn, "primary", 53.7, -1.86) for urn in (1, 2, 3)]
    lists = {1: "a", 2: "b", 3: "a"}
    pupils = {urn: Pupils((urn, 1.0), None, counted_by) for urn, counted_by in lists.items()}
    assert list(proposing.graph(schools, pupils, Search(study=True)).weights) == [(1, 3)]


def test_what_pairs_would_change_is_said_in_means():
    pupils = {
        1: Pupils((2, 2), None),  # two pupils differ 2 times in 3
        2: Pupils((4, 0), None),  # never
        3: Pupils((0, 4), None),
        4: Pupils((3, 1), None),  # half the time
    }
    weights, kilometres = {(1, 4): 250_000, (2, 3): 1_000_000}, {(1, 4): 4.0, (2, 3): 2.0}
    found = proposing.outcome([(1, 4), (2, 3)], pupils, weights, kilometres)
    assert dataclasses.astuple(found) == pytest.approx(
        (2, 1_250_000, (2 / 3 + 1 / 2 + 0 + 0) / 4, (1 / 2 + 1) / 2, 3.0, 4.0), abs=1e-12
    )
    assert dataclasses.astuple(proposing.outcome([], pupils, {}, {})) == (0, 0, 0.0, 0.0, 0.0, 0.0)


def test_simpler_ways_stand_beside():
    drawn = graphs.neighbours(random.Random(3), 20, 4)
    found = Graph(drawn, {pair: float(at) for at, pair in enumerate(drawn)})
    pupils = {urn: Pupils((urn + 1, 5), None) for urn in range(20)}
    beside = proposing.simpler(found, pupils)
    best = proposing.outcome(proposing.propose(found), pupils, found.weights, found.kilometres)
    assert beside["greedy"].weight == comparing.total(comparing.greedy(drawn), drawn)
    assert beside["nearest"].weight <= best.weight
    assert beside["greedy"].weight <= best.weight
