"""The best pairs, beside networkx's, and how ties and odd edges are decided."""

import random
from importlib.util import find_spec
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schools.matching import comparing, pairing, ties
from tests.schools.matching import graphs

GRAPHS, PARTS = 500, 10
EDGES = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(-1, 3)), max_size=25)
needs_pymatching = pytest.mark.skipif(
    not find_spec("pymatching"), reason="pymatching is not installed (requirements-matching.txt)"
)


def total(pairs: list[tuple[int, int]], weights: graphs.Weights) -> int:
    return sum(weights[pair] for pair in pairs)


def every_pairing(weights: graphs.Weights) -> list[list[tuple[int, int]]]:
    """Every set of pairs in which no school is twice."""
    pairings: list[list[tuple[int, int]]] = [[]]
    for pair in sorted(weights):
        pairings += [[*each, pair] for each in pairings if not {urn for p in each for urn in p} & set(pair)]
    return pairings


@pytest.mark.parametrize("part", range(PARTS))
def test_pairs_are_those_of_an_independent_solver_on_500_graphs(part, capsys):
    """Not only as heavy: the very same, where URNs decide between pairings of the same weight."""
    source, best, greedy = random.Random(part), 0, 0
    for _ in range(GRAPHS // PARTS):
        edges = graphs.drawn(source)
        weights = pairing.read(edges)
        pairs = pairing.best_pairs(edges)
        assert pairs == graphs.first_of_the_best(weights)
        assert pairs == pairing.exactly(weights, comparing.greedy(weights))
        best, greedy = (
            best + total(pairs, weights),
            greedy + comparing.total(comparing.greedy(weights), weights),
        )
    with capsys.disabled():
        print(f"\n{GRAPHS // PARTS} random graphs: greedy reaches {100 * greedy / best:.1f} % of the best")
    assert greedy < best


@needs_pymatching
@pytest.mark.parametrize("part", range(PARTS))
def test_pymatching_finds_the_greatest_weight_on_500_graphs(part):
    source = random.Random(part)
    for _ in range(GRAPHS // PARTS):
        weights = pairing.read(graphs.drawn(source))
        pairs = pairing.by_pymatching(weights)
        assert len({urn for pair in pairs for urn in pair}) == 2 * len(pairs)
        assert total(pairs, weights) == total(pairing.exactly(weights), weights)


@settings(deadline=None)
@given(EDGES)
def test_no_other_pairing_is_heavier_or_has_an_earlier_pair(edges):
    weights = pairing.read(edges)
    best = max(
        every_pairing(weights),
        key=lambda pairs: (total(pairs, weights), [-urn for p in pairs for urn in p] + [0]),
    )
    found = pairing.best_pairs(edges)
    assert total(found, weights) == total(best, weights)
    heaviest = [pairs for pairs in every_pairing(weights) if total(pairs, weights) == total(best, weights)]
    for other in heaviest:
        apart = set(found) ^ set(other)
        assert not apart or min(apart) in found


@settings(deadline=None)
@given(EDGES, st.randoms())
def test_the_order_and_direction_of_edges_do_not_matter(edges, source):
    other = [(b, a, weight) if source.random() < 0.5 else (a, b, weight) for a, b, weight in edges]
    source.shuffle(other)
    assert pairing.best_pairs(other) == pairing.best_pairs(edges)


@pytest.mark.slow
def test_a_place_of_600_schools_is_paired_as_networkx_would():
    weights = graphs.neighbours(random.Random(33), 600, 8)
    edges = [(one, other, weight) for (one, other), weight in weights.items()]
    pairs = pairing.best_pairs(edges)
    assert len({urn for pair in weights for urn in pair}) == 600
    assert total(pairs, weights) == graphs.greatest(weights)


@settings(deadline=None, max_examples=5)
@given(st.integers(0, 10**9), st.sampled_from([1, 2, 5, 10**6]))
def test_large_groups_have_the_same_pairs_whatever_the_order_with_pymatching_and_without(seed, heaviest):
    """Hundreds of pairings are as heavy as the best where weights are few."""
    source = random.Random(seed)
    weights = graphs.neighbours(source, 700, 6, heaviest)
    edges = [(one, other, weight) for (one, other), weight in weights.items()]
    assert max(len({urn for pair in group for urn in pair}) for group in ties.parted(weights)) > pairing.SMALL
    pairs = pairing.best_pairs(edges)
    source.shuffle(edges)
    turned = [
        (other, one, weight) if source.random() < 0.5 else (one, other, weight)
        for one, other, weight in edges
    ]
    assert pairing.best_pairs(turned) == pairs
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairing, "find_spec", lambda name: None)
        assert pairing.best_pairs(edges) == pairs


@pytest.mark.parametrize("heaviest", [1, 3, 10**6])
def test_groups_too_large_for_us_alone_are_paired_as_an_independent_solver_would(monkeypatch, heaviest):
    monkeypatch.setattr(pairing, "SMALL", 20)
    weights = graphs.neighbours(random.Random(35), 60, 6, heaviest)
    pairs = pairing.best_pairs((one, other, weight) for (one, other), weight in weights.items())
    assert pairs == graphs.first_of_the_best(weights)


def test_pairs_as_heavy_stay_as_the_solver_found_them_where_too_many_hang_together(monkeypatch):
    weights = graphs.neighbours(random.Random(36), 60, 6, 1)
    monkeypatch.setattr(ties, "MOST_EDGES", 10)
    pairs = pairing.exactly(weights)
    assert total(pairs, weights) == graphs.greatest(weights)
    assert len({urn for pair in pairs for urn in pair}) == 2 * len(pairs)


# Decided


def test_no_edges_make_no_pairs():
    assert pairing.best_pairs([]) == []
    assert pairing.by_pymatching({}) == []


def test_pairs_are_sorted_with_the_lower_urn_first():
    assert pairing.best_pairs([(9, 2, 5), (7, 1, 5)]) == [(1, 7), (2, 9)]


@pytest.mark.parametrize("weight", [0, -1, -(10**30)])
def test_an_edge_of_no_weight_is_never_chosen(weight):
    assert pairing.best_pairs([(1, 2, weight), (3, 4, 1)]) == [(3, 4)]


def test_a_school_is_never_its_own_twin():
    assert pairing.best_pairs([(1, 1, 100), (1, 2, 1)]) == [(1, 2)]


def test_of_the_same_two_schools_the_heaviest_edge_counts():
    assert pairing.read([(1, 2, 3), (2, 1, 7), (1, 2, 5)]) == {(1, 2): 7}
    assert pairing.best_pairs([(1, 2, 3), (2, 1, 7), (2, 3, 5)]) == [(1, 2)]


def test_one_heavy_pair_gives_way_to_two_that_are_heavier_together():
    assert pairing.best_pairs([(1, 2, 5), (2, 3, 8), (3, 4, 5)]) == [(1, 2), (3, 4)]
    assert pairing.best_pairs([(1, 2, 5), (2, 3, 11), (3, 4, 5)]) == [(2, 3)]


def test_of_pairings_as_heavy_the_one_with_the_first_pair_is_taken():
    ring = [(1, 2, 1), (2, 3, 1), (3, 4, 1), (1, 4, 1)]
    assert pairing.best_pairs(ring) == [(1, 2), (3, 4)]
    assert pairing.best_pairs([(1, 2, 2), (2, 3, 2)]) == [(1, 2)]
    assert pairing.best_pairs([(a, b, 1) for a, b in combinations(range(7), 2)]) == [(0, 1), (2, 3), (4, 5)]


def test_fewer_pairs_of_the_same_weight_are_taken_where_urns_say_so():
    assert pairing.best_pairs([(1, 4, 2), (1, 5, 1), (2, 4, 1)]) == [(1, 4)]
    assert pairing.best_pairs([(2, 3, 2), (1, 2, 1), (3, 4, 1)]) == [(1, 2), (3, 4)]


@pytest.mark.parametrize("weight", [1.0, 2.5, "3", None])
def test_weights_are_whole_numbers(weight):
    with pytest.raises(ValueError, match="whole number"):
        pairing.best_pairs([(1, 2, weight)])


def test_numpys_whole_numbers_are_whole_too():
    assert pairing.best_pairs([(np.int64(1), np.int64(2), np.int32(4))]) == [(1, 2)]


@pytest.mark.parametrize("small", [1, pairing.SMALL])
def test_weights_may_be_of_any_size(monkeypatch, small):
    monkeypatch.setattr(pairing, "SMALL", small)
    assert pairing.best_pairs([(1, 2, 10**40), (2, 3, 10**40 + 1)]) == [(2, 3)]


@needs_pymatching
def test_pymatching_takes_weights_that_it_matches_exactly():
    heaviest = pairing.HEAVIEST
    assert pairing.by_pymatching({(1, 2): heaviest - 1, (2, 3): heaviest, (3, 4): 2}) == [(1, 2), (3, 4)]
    with pytest.raises(ValueError, match="at most"):
        pairing.by_pymatching({(1, 2): heaviest + 1})
