"""What simpler ways would have paired."""

import random

from schools.matching import comparing, pairing
from tests.schools.matching import graphs

LINE = {(1, 2): 5, (2, 3): 8, (3, 4): 5}


def test_greedy_takes_the_heaviest_first():
    assert comparing.greedy(LINE) == [(2, 3)]
    assert comparing.total([(2, 3)], LINE) == 8


def test_nearest_neighbour_looks_at_the_map_alone():
    assert comparing.nearest_neighbour(LINE, {(1, 2): 2.0, (2, 3): 9.0, (3, 4): 1.0}) == [(1, 2), (3, 4)]


def test_equal_pairs_are_taken_in_the_order_of_urns():
    equal = {(2, 3): 1, (1, 2): 1, (3, 4): 1}
    assert comparing.greedy(equal) == [(1, 2), (3, 4)]
    assert comparing.nearest_neighbour(equal, dict.fromkeys(equal, 1.0)) == [(1, 2), (3, 4)]


def test_schools_that_do_not_differ_are_not_paired():
    assert comparing.greedy({(1, 2): 0}) == []
    assert comparing.nearest_neighbour({(1, 2): 0}, {(1, 2): 1.0}) == []


def test_greedy_is_never_better_than_the_best_nor_worse_than_half():
    source = random.Random(8)
    for _ in range(100):
        weights = pairing.read(graphs.drawn(source, 20))
        best = comparing.total(pairing.exactly(weights), weights)
        assert best / 2 <= comparing.total(comparing.greedy(weights), weights) <= best
