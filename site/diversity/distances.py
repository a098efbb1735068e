"""How far two schools are apart, and what a session of both would be like.

`a` and `c` are counts or shares of the same groups in the same order: only their proportions matter. What
cannot be compared (other lengths, nobody, less than nothing, not a number) raises `ValueError` with words.

Sources: total variation and Hellinger in Gibbs and Su 2002; Lin 1991 and Endres and Schindelin 2003.
"""

import math
from collections.abc import Iterable, Sequence
from numbers import Real

from diversity.counting import whole
from diversity.indices import mixing_chance

Amounts = Iterable[float]


def total_variation(a: Amounts, c: Amounts) -> float:
    """½ Σ |a_k − c_k|: the share of pupils who would have to change school for both to look alike; 0 to 1."""
    one, other = _shares_of_both(a, c)
    return min(1.0, math.fsum(abs(x - y) for x, y in zip(one, other, strict=True)) / 2)


def cross_contact(a: Amounts, c: Amounts) -> float:
    """C = 1 − Σ a_k c_k: the chance that a pupil of A and a pupil of B differ; 0 to 1."""
    one, other = _shares_of_both(a, c)
    return _probability(1 - math.fsum(x * y for x, y in zip(one, other, strict=True)))


def hellinger(a: Amounts, c: Amounts) -> float:
    """√(½ Σ (√a_k − √c_k)²); 0 where they are the same, 1 where no group is in both."""
    one, other = _shares_of_both(a, c)
    squares = ((math.sqrt(x) - math.sqrt(y)) ** 2 for x, y in zip(one, other, strict=True))
    return min(1.0, math.sqrt(math.fsum(squares) / 2))


def jensen_shannon(a: Amounts, c: Amounts) -> float:
    """√(½ Σ a_k log₂(a_k/m_k) + ½ Σ c_k log₂(c_k/m_k)), m the mean of both; 0 to 1, and a metric."""
    one, other = _shares_of_both(a, c)
    parts = [_divergence(x, y) + _divergence(y, x) for x, y in zip(one, other, strict=True)]
    return math.sqrt(_probability(math.fsum(parts) / 2))


def joint_mixing(counts_a: Amounts, n_a: int, counts_b: Amounts, n_b: int) -> float:
    """The mixing chance of a session of `n_a` pupils of school A and `n_b` of school B; 0 to 1.

    [n_A(n_A−1) D_A + n_B(n_B−1) D_B + 2 n_A n_B C] / [(n_A+n_B)(n_A+n_B−1)], with C the cross contact.
    D_A is the mixing chance inside the school: of its own counts, nobody being met twice; where shares are
    given the school's size is unknown and taken as large, D_A = 1 − Σ a_k². Fewer than two pupils make no
    pair: `ValueError`.
    """
    a, b = list(counts_a), list(counts_b)
    here, there = whole(n_a), whole(n_b)
    pairs = (here + there) * (here + there - 1)
    if pairs == 0:
        raise ValueError("A joint session needs two pupils at least.")
    inside = here * (here - 1) * mixing_inside(a) + there * (there - 1) * mixing_inside(b)
    return _probability((inside + 2 * here * there * cross_contact(a, b)) / pairs)


def joint_gain(counts_a: Amounts, n_a: int, counts_b: Amounts, n_b: int) -> float:
    """What a joint session adds to the mean of the two schools apart; less than 0 where it takes away."""
    a, b = list(counts_a), list(counts_b)
    return joint_mixing(a, n_a, b, n_b) - (mixing_inside(a) + mixing_inside(b)) / 2


def mixing_inside(amounts: Amounts) -> float:
    """D_A: the chance that two pupils of one school are of different groups, from counts or shares.

    Whole numbers that make two or more are counts, of which nobody is met twice; anything else is shares.
    """
    values = list(amounts)
    shares = _shares(values)
    if sum(values) >= 2 and all(value == math.floor(value) for value in values):
        return mixing_chance(map(whole, values))
    return _probability(math.fsum(share * (1 - share) for share in shares))


def _shares_of_both(a: Amounts, c: Amounts) -> tuple[list[float], list[float]]:
    one, other = _shares(a), _shares(c)
    if len(one) != len(other):
        raise ValueError(f"The two lists are of different groups: {len(one)} and {len(other)} of them.")
    return one, other


def _shares(amounts: Amounts) -> list[float]:
    values: Sequence[float] = list(amounts)
    for value in values:
        if not isinstance(value, (int, float, Real)) or value != value or value < 0:
            raise ValueError(f"A count or share must be zero or more, not {value!r}.")
    total = sum(values)
    if total == 0:
        raise ValueError("There is nobody to compare.")
    if total == math.inf:
        raise ValueError("The numbers are too large to add up.")
    return [float(value / total) for value in values]


def _divergence(share: float, other: float) -> float:
    return share * math.log2(2 * share / (share + other)) if share else 0.0


def _probability(value: float) -> float:
    return min(1.0, max(0.0, value))
