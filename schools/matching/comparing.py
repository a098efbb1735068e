"""What simpler ways would have paired, to be seen beside the best."""

from collections.abc import Iterable, Mapping

from schools.matching.pairing import Pair


def greedy(weights: Mapping[Pair, int]) -> list[Pair]:
    """The heaviest pair first, then the heaviest of what is left; of equal ones that of lower URNs."""
    return _one_by_one(sorted(weights, key=lambda pair: (-weights[pair], pair)), weights)


def nearest_neighbour(weights: Mapping[Pair, int], kilometres: Mapping[Pair, float]) -> list[Pair]:
    """The nearest two schools first, as people would pair them by a map; of equal ones that of lower URNs."""
    return _one_by_one(sorted(weights, key=lambda pair: (kilometres[pair], pair)), weights)


def total(pairs: Iterable[Pair], weights: Mapping[Pair, int]) -> int:
    """What pairs weigh together."""
    return sum(weights[pair] for pair in pairs)


def _one_by_one(order: Iterable[Pair], weights: Mapping[Pair, int]) -> list[Pair]:
    """Each pair in turn, where both are still alone and differ at all."""
    taken: set[int] = set()
    chosen = []
    for pair in order:
        if weights[pair] > 0 and taken.isdisjoint(pair):
            taken.update(pair)
            chosen.append(pair)
    return sorted(chosen)
