"""The best pairs for all schools together: an exact maximum-weight matching.

Among pairings of the same weight URNs decide: of two, for the one that has the first pair, in the order of
URNs, which the other has not. So the answer is the same whatever solver found it (`ties`).
"""

import operator
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec

import numpy as np

from schools.matching import bargaining, ties
from schools.matching.blossoms import Matching

Pair = tuple[int, int]
Weights = Mapping[Pair, int]

# Where more schools hang together, pymatching finds the pairs if it is installed (requirements-matching.txt),
# and our own solver the proof; without it ours does both, in minutes for England.
SMALL = 600
# pymatching computes in whole numbers below 2**24, and its edges weigh up to twice as much as ours.
HEAVIEST = 2**23 - 2


def best_pairs(edges: Iterable[tuple[int, int, int]]) -> list[Pair]:
    """Pairs of URNs, the smaller first, sorted: each school in one at most, the sum of weights the greatest.

    1. Of the same two schools the heaviest edge counts. An edge from a school to itself, or that weighs
       nothing or less, is never chosen, and no edges make no pairs.
    2. Schools that hang together are solved apart from others.

    A weight that is no whole number is refused with `ValueError`.
    """
    weights = read(edges)
    chosen: list[Pair] = []
    for some in ties.parted(weights):
        group = {pair: weights[pair] for pair in some}
        chosen += exactly(group, by_pymatching(group) if _is_for_pymatching(group) else ())
    return sorted(chosen)


def _is_for_pymatching(group: Weights) -> bool:
    large = len({urn for pair in group for urn in pair}) > SMALL
    return large and max(group.values()) <= HEAVIEST and find_spec("pymatching") is not None


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


def exactly(weights: Weights, found: Sequence[Pair] = ()) -> list[Pair]:
    """By our own solver, URNs deciding between pairings of the same weight. It begins with pairs that
    somebody else has found, if any: they save most of its time and change nothing in the answer."""
    urns, near = ties.numbered(weights)
    number = {urn: at for at, urn in enumerate(urns)}
    pairs = [(number[one], number[other]) for one, other in found]
    matching = bargaining.begun(near, pairs) if pairs else Matching(near)
    matching.solve()
    return [(urns[one], urns[other]) for one, other in ties.settled(matching)]


def by_pymatching(weights: Weights) -> list[Pair]:
    """By sparse blossom (Higgott and Gidney 2023), which finds the lightest matching with a boundary.

    With C = 2·max(w) + 2, an edge of C − w for each of ours and one of C/2 from each school to the boundary,
    twins cost C − w and two schools alone cost C, so that the lightest is the heaviest of ours. A way over a
    third school costs more than C, so that it is never taken.
    """
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
