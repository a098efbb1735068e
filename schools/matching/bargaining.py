"""Prices to begin a proof with, where somebody else has found the pairs.

Let two twins share what their pair weighs. No school is content with less than another would leave it. Shares
with which all are content prove that the pairs are the best. Around some odd rings of schools there are none:
`blossoms` goes on from here, and its searches are few and short.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from schools.matching.blossoms import ALONE, Edge, Matching

ROUNDS = 200
"""Of bargaining. More bring little: what is not settled is searched for."""


def begun(near: Sequence[Mapping[int, int]], pairs: Iterable[Edge]) -> Matching:
    """A matching that still has to be solved, with every pair in it that its prices exactly pay.

    1. Pairs bargain (`_shares`), the two shares of each in whole numbers together twice the weight.
    2. A school that has less than some other would leave it asks for so much, one after the other.
    3. Pairs that cannot pay both any more are parted.
    """
    begun = Matching(near)
    twin = [ALONE] * len(near)
    for one, other in pairs:
        twin[one], twin[other] = other, one
    shares = _shares(near, twin)
    price = [0] * len(near)
    for one, other in pairs:
        price[one] = round(shares[one])
        price[other] = 2 * near[one][other] - price[one]
    for school, weights in enumerate(near):
        price[school] = max(price[school], *(2 * weight - price[v] for v, weight in weights.items()), 0)
    begun.price = price
    for one, other in pairs:
        if price[one] + price[other] == 2 * near[one][other]:
            begun.twin[one], begun.twin[other] = other, one
    return begun


def _shares(near: Sequence[Mapping[int, int]], twin: Sequence[int]) -> list[float]:
    """Each asks for the most that another would leave it; what a pair has beyond both, it halves. Halfway
    there in each round (Azar, Birnbaum, Celis, Devanur and Peres 2009)."""
    weighs = np.array([2.0 * near[u][v] if v != ALONE else 0.0 for u, v in enumerate(twin)])
    others = [[(v, w) for v, w in weights.items() if v != twin[u]] for u, weights in enumerate(near)]
    asks = np.array([u for u, some in enumerate(others) if some], dtype=int)
    if not asks.size:
        return (weighs / 2).tolist()
    asked = np.array([v for some in others for v, _w in some], dtype=int)
    twice = np.array([2.0 * w for some in others for _v, w in some])
    begin = np.cumsum([0, *(len(others[u]) for u in asks)])[:-1]
    beside = np.array([u if v == ALONE else v for u, v in enumerate(twin)])
    shares = weighs / 2
    for _round in range(ROUNDS):
        least = np.zeros(len(near))
        least[asks] = np.maximum(0.0, np.maximum.reduceat(twice - shares[asked], begin))
        fair = np.clip((weighs + least - least[beside]) / 2, 0.0, weighs)
        shares = (shares + fair) / 2
    return shares.tolist()
