"""How sure a figure is: ranges for the mixing chance of a session and of a series.

Ranges are for people who came by themselves. Friends come together, so that the truth is a little less sure:
ranges are optimistic, and pages say so once.

Sources: the variance of the unbiased index in Simpson 1949 and Nayak 1985, at smoothed shares as Agresti and
Coull 1998 do for one share; delete-one resampling of a ratio over clusters in Quenouille 1956, Tukey 1958 and
Cochran 1977; Student's distribution for whole degrees in Abramowitz and Stegun 1964, 26.7.3 and 26.7.4.
"""

import math
from collections.abc import Iterable

from diversity.counting import counts_of, table_of, whole
from diversity.indices import mixing_chance, within_session_mixing

Range = tuple[float, float]

Z = 1.959963984540054  # 95 % of a normal distribution lie within this many standard deviations
CHANCE = 0.95


def mixing_range(counts: Iterable[int]) -> Range:
    """The likely range (95 %) of the chance behind `mixing_chance`: lowest and highest, within 0 to 1.

    D ± Z·√V with V = [4N(N−1)(N−2) S3 + 2N(N−1) S2 − 2N(N−1)(2N−3) S2²] / (N(N−1))², S2 = Σ s_k² and
    S3 = Σ s_k³ at the smoothed shares s_k = (n_k+½)/(N+K/2), K being every group asked about, empty ones too.
    Unsmoothed, a session of one group would be certain. Fewer than two people: `ValueError`.
    """
    here = counts_of(counts)
    chance = mixing_chance(here)
    return _clipped(chance, Z * math.sqrt(_variance(here)))


def not_stated_bounds(counts: Iterable[int], not_stated: int) -> Range:
    """The least and the greatest mixing chance over every way of giving the `not_stated` people groups.

    1. Least: all of them are of the largest group, for the sum of squares is convex.
    2. Greatest: one after the other is of what is then the smallest group.
    """
    here, unknown = counts_of(counts), whole(not_stated)
    if not here:
        raise ValueError("There is no group that anybody could be of.")
    most = max(here)
    largest = here.index(most)
    alike = [*here[:largest], most + unknown, *here[largest + 1 :]]
    return mixing_chance(alike), mixing_chance(_levelled(here, unknown))


def series_range(sessions: Iterable[Iterable[int]]) -> Range:
    """The likely range (95 %) of `within_session_mixing`, from how much whole sessions differ; within 0 to 1.

    Sessions are resampled, not people: those of one session are alike in more than chance.

    1. Leave out one of the J sessions with a pair at a time and compute D_w of the others.
    2. Their spread about their mean, (J−1)/J · Σ (D_w(−j) − mean)², is the variance between sessions.
    3. The reach is t·√variance with Student's t. Where a few large sessions hold most pairs there are in
       effect fewer, n = 1/Σ w_j² with w_j a session's share of pairs (Kish 1965), so that t has ⌊n⌋ − 1
       degrees of freedom, and 1 at least: few sessions that differ make a wide range.
    4. Where sessions agree by luck, people's own chance is left: the reach is never less than Z·√Σ w_j² V_j.

    No seed, so that the same register always reads the same. Fewer than two sessions with a pair say nothing
    of how sessions differ: `ValueError`.
    """
    table = [row for row in table_of(sessions) if sum(row) > 1]
    number = len(table)
    if number < 2:
        raise ValueError("Two sessions at least must have two people who answered.")
    without = [within_session_mixing(table[:left] + table[left + 1 :]) for left in range(number)]
    mean = math.fsum(without) / number
    between = (number - 1) / number * math.fsum((each - mean) ** 2 for each in without)
    pairs = [sum(row) * (sum(row) - 1) for row in table]
    weights = [own / sum(pairs) for own in pairs]
    people = math.fsum(weight**2 * _variance(row) for weight, row in zip(weights, table, strict=True))
    degrees = max(1, sum(pairs) ** 2 // sum(own**2 for own in pairs) - 1)
    reach = max(student(degrees) * math.sqrt(between), Z * math.sqrt(people))
    return _clipped(within_session_mixing(table), reach)


def student(degrees: int) -> float:
    """How many standard deviations hold 95 % of Student's distribution with that many degrees of freedom.

    Halves the interval of θ = atan(t/√ν) until nothing is left between.
    """
    low, high = 0.0, math.pi / 2
    while low < (middle := (low + high) / 2) < high:
        if _within(middle, degrees) < CHANCE:
            low = middle
        else:
            high = middle
    return math.sqrt(degrees) * math.tan(high)


def _within(angle: float, degrees: int) -> float:
    """The share of Student's distribution between −t and t, t = √ν · tan θ: a sum of powers of cos θ."""
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = degrees % 2
    term = cosine if odd else 1.0
    terms = [term] if degrees > 1 else []
    for step in range(2 + odd, degrees, 2):
        term *= cosine**2 * (step - 1) / step
        terms.append(term)
    total = sine * math.fsum(terms)
    return 2 / math.pi * (angle + total) if odd else total


def _variance(counts: list[int]) -> float:
    """V of `mixing_range`, in whole numbers: s_k = (2n_k+1)/(2N+K), so S2 = a/d² and S3 = b/d³."""
    people = sum(counts)
    parts = [2 * n + 1 for n in counts]
    d = sum(parts)
    a, b = sum(part**2 for part in parts), sum(part**3 for part in parts)
    above = 4 * (people - 2) * b * d + 2 * a * d**2 - 2 * (2 * people - 3) * a**2
    return above / (people * (people - 1) * d**4)


def _levelled(counts: list[int], spare: int) -> list[int]:
    """The counts after `spare` people have joined, one by one, what was then the smallest group."""
    ordered = sorted(counts)
    for lowest in range(1, len(ordered) + 1):
        level, rest = divmod(sum(ordered[:lowest]) + spare, lowest)
        if lowest == len(ordered) or level < ordered[lowest]:
            break
    return [level + 1] * rest + [level] * (lowest - rest) + ordered[lowest:]


def _clipped(middle: float, reach: float) -> Range:
    return max(0.0, middle - reach), min(1.0, middle + reach)
