"""Graphs to match, and another exact solver that knows nothing of ours."""

import random

import networkx as nx

Weights = dict[tuple[int, int], int]


def drawn(source: random.Random, most: int = 60) -> list[tuple[int, int, int]]:
    """Edges as they may come: few or many, alike or not, some twice, some of no weight."""
    urns = source.sample(range(100_000, 150_000), source.randint(2, most))
    often, heaviest = source.choice([0.05, 0.1, 0.3, 1]), source.choice([1, 3, 10, 1000, 10**6])
    edges = [(a, b, source.randint(-1, heaviest)) for a in urns for b in urns if source.random() < often / 2]
    return source.sample(edges, len(edges))


def neighbours(source: random.Random, number: int, nearest: int, heaviest: int = 10**6) -> Weights:
    """Schools at random on a map, each joined to the nearest, the weights at random."""
    places = [(source.random(), source.random()) for _ in range(number)]
    weights = {}
    for one, (x, y) in enumerate(places):
        away = sorted(
            range(number), key=lambda other: (places[other][0] - x) ** 2 + (places[other][1] - y) ** 2
        )
        for other in away[1 : nearest + 1]:
            weights[min(one, other), max(one, other)] = source.randint(1, heaviest)
    return weights


def greatest(weights: Weights) -> int:
    """The weight of the best pairs, by networkx."""
    return sum(weights[pair] for pair in _matched(weights))


def first_of_the_best(weights: Weights) -> list[tuple[int, int]]:
    """The best pairs, and of several the one that has the first pair which the other has not, by networkx."""
    last = len(weights) - 1
    ordered = {
        pair: (weight << len(weights)) + (1 << (last - at))
        for at, (pair, weight) in enumerate(sorted(weights.items()))
    }
    return sorted(_matched(ordered))


def _matched(weights: Weights) -> list[tuple[int, int]]:
    graph = nx.Graph()
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in weights.items())
    return [(min(pair), max(pair)) for pair in nx.max_weight_matching(graph)]
