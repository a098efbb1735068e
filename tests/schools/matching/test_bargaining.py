"""Prices to begin with: high enough for every edge, and exactly paid by the pairs that stay."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schools.matching import bargaining, comparing, pairing, ties
from schools.matching.blossoms import ALONE, Matching
from tests.schools.matching import graphs


def begun(weights: graphs.Weights, found: list[tuple[int, int]]) -> Matching:
    urns, near = ties.numbered(weights)
    return bargaining.begun(near, [(urns.index(one), urns.index(other)) for one, other in found])


@settings(deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([1, 5, 10**6]))
def test_every_edge_is_paid_for_and_pairs_exactly_whatever_was_found(seed, heaviest):
    weights = graphs.neighbours(random.Random(seed), 30, 4, heaviest)
    for found in ([], comparing.greedy(weights), pairing.exactly(weights)):
        matching = begun(weights, found)
        for u, edges in enumerate(matching.near):
            assert matching.price[u] >= 0
            assert all(matching.price[u] + matching.price[v] >= 2 * weight for v, weight in edges.items())
            if (twin := matching.twin[u]) != ALONE:
                assert matching.twin[twin] == u
                assert matching.price[u] + matching.price[twin] == 2 * edges[twin]


def test_pairs_that_are_the_best_stay_where_all_can_be_content():
    road = {(1, 2): 50, (2, 3): 80, (3, 4): 50}
    assert begun(road, [(1, 2), (3, 4)]).twin == [1, 0, 3, 2]
    assert begun(road, [(2, 3)]).twin == [ALONE] * 4


@pytest.mark.parametrize("found", [[(1, 2)], [(1, 3)], [(2, 3)]])
def test_around_an_odd_ring_where_not_all_can_be_content_the_search_goes_on(found):
    ring = {(1, 2): 10, (1, 3): 10, (2, 3): 10}
    assert pairing.exactly(ring, found) == [(1, 2)]
