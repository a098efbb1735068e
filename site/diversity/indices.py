"""How mixed people are: one session, a series, and a place beside its schools or sessions.

Counts are whole numbers of people, one for each group, always in the same order. Whole numbers are added and
multiplied exactly, and divided once, so nothing is lost to rounding and no sum is too large. What cannot be
computed (nobody there, groups that differ in number, a count that is none) raises `ValueError` with words.

Sources: Simpson 1949; Hurlbert 1971; Duncan and Duncan 1955; Bell 1954; Lieberson 1981; Theil 1972;
Morgan 1975 and Sakoda 1981; Reardon and Firebaugh 2002; de Moivre 1730 in Diaconis and Zabell 1991.
"""

import math
from collections.abc import Iterable, Sequence

from diversity.counting import counts_of, same_groups, somebody, table_of, whole

Counts = Iterable[int]
Sessions = Iterable[Iterable[int]]

# The closed form of `expected_gap` is right to 1e-9 up to here; there are fewer people on Earth.
MOST_PEOPLE = 10**10


def mixing_chance(counts: Counts) -> float:
    """D, the chance that two people picked here come from different groups; 0 to 1.

    D = 1 − Σ n_k(n_k−1) / (N(N−1)), the unbiased Gini–Simpson index (Simpson 1949; Hurlbert's PIE 1971).

    Where all are of one group D is 0; where no two are of the same it is 1. One person makes no pair:
    `ValueError`.
    """
    mixed, pairs = _pairs(counts_of(counts))
    if pairs == 0:
        raise ValueError("Two people at least must have answered: one alone meets nobody.")
    return mixed / pairs


def baseline_mixing(baseline: Counts) -> float:
    """B = 1 − Σ q_k², the same chance for two people drawn from a whole population; 0 up to 1 − 1/K.

    A population is so large that drawing the same person twice does not matter.
    """
    population = counts_of(baseline)
    total = somebody(population, "The area's figures count nobody.")
    return (total**2 - _squares(population)) / total**2


def relative_mixing(counts: Counts, baseline: Counts) -> float:
    """R = D/B: 1 means as mixed as if drawn at random from the area; from 0 up, without a fixed end.

    An area of one group only has nothing to compare with: `ValueError`. Whether an area is mixed enough for R
    to be shown (B of 0.20 at least) is decided where it is shown.
    """
    here, population = same_groups(counts, baseline)
    mixed, pairs = _pairs(here)
    if pairs == 0:
        raise ValueError("Two people at least must have answered: one alone meets nobody.")
    total = somebody(population, "The area's figures count nobody.")
    area = total**2 - _squares(population)
    if area == 0:
        raise ValueError("Everybody in the area is of one group: there is nothing to compare with.")
    try:
        return (mixed * total**2) / (pairs * area)
    except OverflowError:
        raise ValueError("All but a few of the area are of one group: no number is so large.") from None


def representation_gap(counts: Counts, baseline: Counts) -> float:
    """T = ½ Σ |p_k − q_k|, the share of places that would have to change hands to mirror the area; 0 to 1."""
    here, population = same_groups(counts, baseline)
    people = somebody(here, "Nobody answered.")
    total = somebody(population, "The area's figures count nobody.")
    apart = sum(abs(n * total - b * people) for n, b in zip(here, population, strict=True))
    return apart / (2 * people * total)


def expected_gap(total: int, baseline: Counts) -> float:
    """E₀[T], the gap that luck alone gives `total` people drawn from the area; 0 to 1.

    E₀[T] = ½ Σ_k E|X_k/N − q_k| with X_k binomial (N, q_k). By de Moivre, with m = ⌊Nq⌋ + 1,
    E|X − Nq| = 2m(1−q) · C(N,m) q^m (1−q)^(N−m), so that nothing has to be summed over X.
    """
    people = whole(total)
    population = counts_of(baseline)
    everybody = somebody(population, "The area's figures count nobody.")
    if people == 0:
        raise ValueError("Nobody answered.")
    if people > MOST_PEOPLE:
        raise ValueError(f"{people} is more people than there are.")
    return math.fsum(_deviation(people, b, everybody) for b in population) / (2 * people)


def exposure(counts: Counts) -> list[float]:
    """E_k, for each group: the chance that another person whom one of its members meets here is of another
    group; each 0 to 1.

    E_k = 1 − (n_k−1)/(N−1), so that Σ p_k E_k = D. Of a group that nobody here belongs to, a member who came
    would meet others only: 1.
    """
    here = counts_of(counts)
    people = sum(here)
    if people < 2:
        raise ValueError("Two people at least must have answered: one alone meets nobody.")
    return [(people - n) / (people - 1) if n else 1.0 for n in here]


def expected_exposure(baseline: Counts) -> list[float]:
    """1 − q_k for each group: what `exposure` would be if people were drawn from the area; each 0 to 1."""
    population = counts_of(baseline)
    total = somebody(population, "The area's figures count nobody.")
    return [(total - b) / total for b in population]


def within_session_mixing(sessions: Sessions) -> float:
    """D_w, the chance that two people of the same session are of different groups, over a series; 0 to 1.

    D_w = Σ_j T_j(T_j−1) D_j / Σ_j T_j(T_j−1): each session weighs as many pairs as it has. Sessions to which
    one person or nobody came have no pair and do not count; where there is no other: `ValueError`.
    """
    each = [_pairs(session) for session in table_of(sessions)]
    pairs = sum(all_pairs for _, all_pairs in each)
    if pairs == 0:
        raise ValueError("No session had two people who answered.")
    return sum(mixed for mixed, _ in each) / pairs


def pooled_mixing(sessions: Sessions) -> float:
    """D of all sessions thrown together; 0 to 1. Far above `within_session_mixing` it says that groups came
    on different days."""
    return mixing_chance(map(sum, zip(*table_of(sessions), strict=True)))


def theil_h(sessions: Sessions) -> float:
    """H, how unlike each other sessions (or schools) are; 0 where all have the same shares, 1 where each has
    one group only.

    H = Σ_j t_j (E − E_j) / (T E) with entropies E = Σ p ln 1/p (Theil 1972). Where everybody is of one group
    nothing can be apart: `ValueError`.
    """
    table = table_of(sessions)
    groups = [sum(column) for column in zip(*table, strict=True)]
    total = somebody(groups)
    overall = _entropy(groups)
    if overall == 0:
        raise ValueError("Everybody is of one group: nothing can be apart.")
    within = math.fsum(sum(row) / total * _entropy(row) for row in table if any(row))
    return _share((overall - within) / overall)


def multigroup_dissimilarity(sessions: Sessions) -> float:
    """The share of people who would have to move for all sessions (or schools) to have the same shares, of
    those who would have to if they were wholly apart; 0 to 1.

    Σ_j Σ_k t_j |p_jk − P_k| / (2 T I) with I = Σ P_k(1 − P_k) (Morgan 1975; Sakoda 1981).
    """
    table = table_of(sessions)
    groups = [sum(column) for column in zip(*table, strict=True)]
    total = somebody(groups)
    spread = total**2 - _squares(groups)
    if spread == 0:
        raise ValueError("Everybody is of one group: nothing can be apart.")
    apart = sum(
        abs(n * total - sum(row) * group) for row in table for n, group in zip(row, groups, strict=True)
    )
    return apart / (2 * spread)


def dissimilarity(minority: Counts, totals: Counts) -> float:
    """Duncan's D = ½ Σ |x_j/X − y_j/Y| over schools or sessions, x one group and y everybody else; 0 to 1.

    `minority` are the x_j and `totals` the t_j = x_j + y_j. Both kinds of people are needed.
    """
    group, everybody = _units(minority, totals)
    x, y = sum(group), sum(everybody) - sum(group)
    if y == 0:
        raise ValueError("Everybody is of this group: there is nobody else.")
    apart = sum(abs(n * y - (t - n) * x) for n, t in zip(group, everybody, strict=True))
    return apart / (2 * x * y)


def isolation(minority: Counts, totals: Counts) -> float:
    """xPx = Σ (x_j/X)(x_j/t_j): the share of their own group where members of it are; P to 1 (Bell 1954)."""
    group, everybody = _units(minority, totals)
    x = sum(group)
    return _share(math.fsum(n * n / (x * t) for n, t in zip(group, everybody, strict=True) if t))


def interaction(minority: Counts, totals: Counts) -> float:
    """xPy = Σ (x_j/X)(y_j/t_j) = 1 − xPx: the share of everybody else where members of a group are; from 0
    to 1 − P (Lieberson 1981)."""
    group, everybody = _units(minority, totals)
    x = sum(group)
    return _share(math.fsum(n * (t - n) / (x * t) for n, t in zip(group, everybody, strict=True) if t))


def correlation_ratio(minority: Counts, totals: Counts) -> float:
    """η² = (xPx − P)/(1 − P): isolation beyond what the group's share P alone makes; 0 to 1 (Bell 1954).

    Computed as the variance between units over the whole, Σ t_j (p_j − P)² / (T P (1−P)), which is the same
    and does not subtract what is nearly equal.
    """
    group, everybody = _units(minority, totals)
    x, total = sum(group), sum(everybody)
    if x == total:
        raise ValueError("Everybody is of this group: there is nobody else.")
    whole_variance = total * x * (total - x)
    return _share(
        math.fsum(
            (n * total - t * x) ** 2 / (t * whole_variance)
            for n, t in zip(group, everybody, strict=True)
            if t
        )
    )


def _pairs(counts: Sequence[int]) -> tuple[int, int]:
    """How many ordered pairs are of two groups, and how many there are."""
    people = sum(counts)
    return people**2 - _squares(counts), people * (people - 1)


def _squares(counts: Sequence[int]) -> int:
    return sum(n * n for n in counts)


def _entropy(counts: Sequence[int]) -> float:
    total = sum(counts)
    shares = [n / total for n in counts]
    return math.fsum(-share * math.log(share) for share in shares if share)


def _deviation(people: int, group: int, everybody: int) -> float:
    """E|X − Nq| of a binomial X; 0 for a group of nobody or of all, or next to it."""
    if group in (0, everybody):
        return 0.0
    q, rest = group / everybody, (everybody - group) / everybody
    if not q or not rest:
        return 0.0
    m = people * group // everybody + 1
    ways = math.lgamma(people + 1) - math.lgamma(m + 1) - math.lgamma(people - m + 1)
    return 2 * m * math.exp(ways + m * math.log(q) + (people - m + 1) * math.log(rest))


def _units(minority: Counts, totals: Counts) -> tuple[list[int], list[int]]:
    group, everybody = same_groups(minority, totals)
    if any(n > t for n, t in zip(group, everybody, strict=True)):
        raise ValueError("A school or session has more of the group than it has people.")
    somebody(group, "Nobody is of this group.")
    return group, everybody


def _share(value: float) -> float:
    """Without the last digit's noise outside 0 and 1."""
    return min(1.0, max(0.0, value))
