"""A round from beginning to end: schools and their pupils in, pairs and what they would change out."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from diversity.distances import cross_contact, mixing_inside
from schools.matching import comparing, pairing, scoring
from schools.matching.candidates import Candidate, School, Search, candidates
from schools.matching.pairing import Pair


@dataclass(frozen=True, slots=True)
class Pupils:
    """Of one school: how many of each group, and the share with free school meals where it is known.

    `counted_by` names the list of groups: schools that were counted by different lists are never compared.
    """

    groups: tuple[float, ...]
    meals: float | None
    counted_by: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Who could be paired with whom, in the order of URNs: how heavy that is, and how far apart they are."""

    weights: Mapping[Pair, int]
    kilometres: Mapping[Pair, float]

    @property
    def schools(self) -> int:
        """How many have at least one school that they could be paired with."""
        return len({urn for pair in self.weights for urn in pair})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What pairs would change. Means are over pairs (`inside` over both of their schools)."""

    pairs: int
    weight: int
    inside: float
    """The chance that two pupils of one school differ: whom they meet today."""
    across: float
    """The chance that two pupils differ, one from each: whom they would meet."""
    kilometres: float
    farthest: float


def graph(schools: Iterable[School], pupils: Mapping[int, Pupils], search: Search) -> Graph:
    """Candidates whose pupils are known and differ by the least difference asked for, or more."""
    lists: dict[str, list[School]] = {}
    for school in schools:
        if school.urn in pupils:
            lists.setdefault(pupils[school.urn].counted_by, []).append(school)
    near = [each for some in lists.values() for each in candidates(some, search)]
    near.sort(key=lambda each: (each.urn_a, each.urn_b))
    return weighed(near, pupils, search.least)


def weighed(near: Iterable[Candidate], pupils: Mapping[int, Pupils], least: float = 0.0) -> Graph:
    """The weight of each two candidates; those that differ by less than `least` are left out."""
    weights: dict[Pair, int] = {}
    kilometres: dict[Pair, float] = {}
    enough = scoring.weight(least)
    for each in near:
        pair = each.urn_a, each.urn_b
        weight = weight_of(pupils[each.urn_a], pupils[each.urn_b])
        if weight >= enough:
            weights[pair], kilometres[pair] = weight, each.kilometres
    return Graph(weights, kilometres)


def weight_of(one: Pupils, other: Pupils) -> int:
    return scoring.weight(scoring.difference(one.groups, other.groups, one.meals, other.meals))


def propose(found: Graph, keep: Iterable[Pair] = ()) -> list[Pair]:
    """The links that are kept, and the best pairs of all other schools.

    Kept links that share a school cannot both stay: `ValueError`.
    """
    kept = sorted({(min(pair), max(pair)) for pair in keep})
    taken = [urn for pair in kept for urn in pair]
    if len(set(taken)) < len(taken):
        raise ValueError("A school cannot be in two links that are kept.")
    free = set(taken)
    edges = ((*pair, weight) for pair, weight in found.weights.items() if free.isdisjoint(pair))
    return sorted([*kept, *pairing.best_pairs(edges)])


def outcome(
    pairs: Sequence[Pair],
    pupils: Mapping[int, Pupils],
    weights: Mapping[Pair, int],
    kilometres: Mapping[Pair, float],
) -> Outcome:
    """What these pairs would change."""
    if not pairs:
        return Outcome(0, 0, 0.0, 0.0, 0.0, 0.0)
    inside = [mixing_inside(pupils[urn].groups) for pair in pairs for urn in pair]
    across = [cross_contact(pupils[one].groups, pupils[other].groups) for one, other in pairs]
    apart = [kilometres[pair] for pair in pairs]
    return Outcome(
        pairs=len(pairs),
        weight=comparing.total(pairs, weights),
        inside=sum(inside) / len(inside),
        across=sum(across) / len(across),
        kilometres=sum(apart) / len(apart),
        farthest=max(apart),
    )


def simpler(found: Graph, pupils: Mapping[int, Pupils], kept: Graph | None = None) -> dict[str, Outcome]:
    """What choosing greedily, and pairing the nearest, would change instead; links that are kept stay."""
    stay = kept or Graph({}, {})
    weights = {**found.weights, **stay.weights}
    kilometres = {**found.kilometres, **stay.kilometres}
    ways = {
        "greedy": comparing.greedy(found.weights),
        "nearest": comparing.nearest_neighbour(found.weights, found.kilometres),
    }
    return {
        name: outcome([*stay.weights, *pairs], pupils, weights, kilometres) for name, pairs in ways.items()
    }


def packed(found: Graph) -> bytes:
    """A graph as a few bytes an edge, to be put down between two pieces of work."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        pairs=np.array(list(found.weights), dtype=np.int32).reshape(-1, 2),
        weights=np.array(list(found.weights.values()), dtype=np.int32),
        kilometres=np.array([found.kilometres[pair] for pair in found.weights], dtype=np.float64),
    )
    return file.getvalue()


def unpacked(data: bytes) -> Graph:
    """What was put down, exactly."""
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        pairs = [(one, other) for one, other in file["pairs"].tolist()]
        weights = dict(zip(pairs, file["weights"].tolist(), strict=True))
        return Graph(weights, dict(zip(pairs, file["kilometres"].tolist(), strict=True)))
