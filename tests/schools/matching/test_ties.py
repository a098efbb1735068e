"""Among pairings as heavy: which edges any of them can have, and how few are left to decide between."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schools.matching import pairing, ties
from schools.matching.blossoms import Matching
from tests.schools.matching import graphs


def solved(weights: graphs.Weights) -> Matching:
    matching = Matching(ties.numbered(weights)[1])
    matching.solve()
    return matching


def best_pairings(weights: graphs.Weights) -> list[set[tuple[int, int]]]:
    pairings: list[tuple[int, set[tuple[int, int]]]] = [(0, set())]
    for pair, weight in weights.items():
        pairings += [
            (whole + weight, pairs | {pair})
            for whole, pairs in pairings
            if not {urn for each in pairs for urn in each} & set(pair)
        ]
    most = max(whole for whole, _pairs in pairings)
    return [pairs for whole, pairs in pairings if whole == most]


@settings(deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.integers(1, 3), max_size=14))
def test_every_best_pairing_has_edges_alone_that_are_in_all_or_exchangeable(said):
    weights = pairing.read((one, other, weight) for (one, other), weight in said.items())
    urns, _near = ties.numbered(weights)
    matching = solved(weights)
    found = {(urns[u], urns[v]) for u, v in matching.pairs()}
    paid = list(ties._paid(matching))
    open_edges = {(urns[u], urns[v]) for u, v in ties._exchangeable(matching, paid)}
    pairings = best_pairings(weights)
    assert found in pairings
    assert set().union(*pairings) <= found | open_edges
    first = ties.settled(matching)
    for other in pairings:
        apart = other ^ {(urns[u], urns[v]) for u, v in first}
        assert not apart or min(apart) not in other


def test_where_one_pairing_is_best_nothing_is_open():
    road = {(1, 2): 50, (2, 3): 80, (3, 4): 50, (4, 5): 10}
    matching = solved(road)
    assert list(ties._exchangeable(matching, list(ties._paid(matching)))) == []
    assert ties.settled(matching) == [(0, 1), (2, 3)]


@pytest.mark.parametrize(
    ("edges", "groups"),
    [
        ([], []),
        ([(1, 2)], [[(1, 2)]]),
        ([(5, 6), (2, 3), (1, 2), (6, 9)], [[(1, 2), (2, 3)], [(5, 6), (6, 9)]]),
        ([(1, 9), (2, 8), (8, 9)], [[(1, 9), (2, 8), (8, 9)]]),
    ],
)
def test_edges_are_parted_into_groups_in_their_order(edges, groups):
    assert ties.parted(edges) == groups


def test_a_long_chain_of_exchanges_is_followed_to_its_end():
    """Longer than Python lets a function call itself."""
    chain = {(at, at + 1): 1 for at in range(3000)}
    assert ties.settled(solved(chain))[:3] == [(0, 1), (2, 3), (4, 5)]
    source = random.Random(7)
    shuffled = list(chain)
    source.shuffle(shuffled)
    assert len(pairing.best_pairs((one, other, 1) for one, other in shuffled)) == 1500
