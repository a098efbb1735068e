"""The best pairs for all schools together: an exact maximum-weight matching.

Among pairings of the same weight, URNs decide: of two pairings, the one that has the first pair, in the order
of URNs, which the other has not. In groups of schools too large for that the order of URNs decides in which
order the solver looks, and its answer is the same every time too.
"""

import operator
from collections.abc import Iterable, Mapping
from importlib.util import find_spec

from schools.matching.blossoms import Matching

Pair = tuple[int, int]
Weights = Mapping[Pair, int]

# Groups of schools that hang together and are no larger are solved here, URNs deciding. Larger ones go to
# pymatching where it is installed (requirements-matching.txt); ours is as exact, in minutes for England.
SMALL = 600
# pymatching computes in whole numbers below 2**24, and its edges weigh up to twice as much as ours.
HEAVIEST = 2**23 - 2


def best_pairs(edges: Iterable[tuple[int, int, int]]) -> list[Pair]:
    """Pairs of URNs, the smaller first, sorted: each school in one at most, the sum of weights the greatest.

    1. Of the same two schools the heaviest edge counts. An edge from a school to itself, or that weighs
       nothing or less, is never chosen, and no edges make no pairs.
    2. Schools that hang together are solved apart from others: small groups by `exactly`, larger ones by
       `by_pymatching`.

    A weight that is no whole number is refused with `ValueError`, and one above `HEAVIEST` in a large group.
    """
    chosen: list[Pair] = []
    for group in _groups(read(edges)):
        large = len({urn for pair in group for urn in pair}) > SMALL
        chosen += (
            by_pymatching(group) if large and find_spec("pymatching") else exactly(group, by_urn=not large)
        )
    return sorted(chosen)


def read(edges: Iterable[tuple[int, int, int]]) -> dict[Pair, int]:
    """The heaviest weight above 0 of each two schools, in the order of URNs."""
    weights: dict[Pair, int] = {}
    for one, other, weight in edges:
        try:
            heavy = operator.index(weight)
        except TypeError:
            raise ValueError(f"A weight must be a whole number, not {weight!r}.") from None
        pair = (one, other) if one < other else (other, one)
        if one != other and heavy > weights.get(pair, 0):
            weights[pair] = heavy
    return dict(sorted(weights.items()))


def exactly(weights: Weights, *, by_urn: bool = True) -> list[Pair]:
    """By our own solver; `by_urn` lets URNs decide between pairings of the same weight.

    The i-th of m edges weighs w·2^m + 2^(m−i): the second parts of all edges together are less than one of
    the first, and no two sets of edges have the same sum of them, so that one pairing only is best.
    """
    urns = sorted({urn for pair in weights for urn in pair})
    number = {urn: at for at, urn in enumerate(urns)}
    shift = len(weights) if by_urn else 0
    near: list[dict[int, int]] = [{} for _ in urns]
    for at, ((one, other), weight) in enumerate(sorted(weights.items()), start=1):
        u, v = number[one], number[other]
        near[u][v] = near[v][u] = (weight << shift) + (1 << (shift - at) if by_urn else 0)
    matching = Matching(near)
    matching.solve()
    return [(urns[one], urns[other]) for one, other in matching.pairs()]


def by_pymatching(weights: Weights) -> list[Pair]:
    """By sparse blossom (Higgott and Gidney 2023), which finds the lightest matching with a boundary.

    With C = 2·max(w) + 2, an edge of C − w for each of ours and one of C/2 from each school to the boundary,
    twins cost C − w and two schools alone cost C, so that the lightest is the heaviest of ours. A way over a
    third school costs more than C, so that it is never taken. Schools and edges are given in the order of
    URNs: the same edges always make the same pairs.
    """
    import numpy as np  # noqa: PLC0415
    import pymatching  # noqa: PLC0415

    if not weights:
        return []
    heaviest = max(weights.values())
    if heaviest > HEAVIEST:
        raise ValueError(f"A weight may be {HEAVIEST} at most among so many schools, not {heaviest}.")
    urns = sorted({urn for pair in weights for urn in pair})
    number = {urn: at for at, urn in enumerate(urns)}
    ceiling = 2 * heaviest + 2
    graph = pymatching.Matching()
    for (one, other), weight in sorted(weights.items()):
        graph.add_edge(number[one], number[other], weight=ceiling - weight)
    for school in range(len(urns)):
        graph.add_boundary_edge(school, weight=ceiling // 2)
    matched = graph.decode_to_matched_dets_array(np.ones(len(urns), dtype=np.uint8))
    pairs = [sorted((int(one), int(other))) for one, other in matched if other >= 0 and one >= 0]
    return [(urns[one], urns[other]) for one, other in pairs]


def _groups(weights: Weights) -> list[dict[Pair, int]]:
    """The edges parted into groups without an edge between them, in the order of URNs."""
    leader: dict[int, int] = {}

    def lead(urn: int) -> int:
        while (up := leader.setdefault(urn, urn)) != urn:
            leader[urn] = leader[up]
            urn = up
        return urn

    for one, other in weights:
        leader[max(lead(one), lead(other))] = min(lead(one), lead(other))
    groups: dict[int, dict[Pair, int]] = {}
    for pair, weight in weights.items():
        groups.setdefault(lead(pair[0]), {})[pair] = weight
    return list(groups.values())
