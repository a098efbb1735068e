"""How often a 95 % range holds the truth: simulated clubs whose chances are known, from a fixed seed."""

from collections.abc import Callable, Iterable

import numpy as np

from diversity.uncertainty import mixing_range, series_range

SEED = 1949
# Shares of groups and how many answered.
ROOMS = {
    "20 people, two even groups": ([0.5, 0.5], 20),
    "20 people, mostly one group": ([0.85, 0.1, 0.05], 20),
    "30 people, five groups": ([0.5, 0.2, 0.15, 0.1, 0.05], 30),
    "60 people, five even groups": ([0.2] * 5, 60),
    "200 people, mostly one group": ([0.9, 0.06, 0.02, 0.01, 0.01], 200),
}
# Sessions, how alike their shares are (larger is more alike), fewest and most people.
SERIES = {
    "4 sessions, alike": (4, 200.0, 20, 30),
    "6 sessions, unlike": (6, 8.0, 20, 40),
    "12 sessions, unlike": (12, 8.0, 10, 40),
    "12 sessions, alternating": (12, 1.5, 15, 25),
}
USUAL = np.array([0.5, 0.25, 0.15, 0.1])


def of_rooms(times: int) -> dict[str, float]:
    """The share of `times` rooms whose range holds the chance behind them, for each kind."""
    source = np.random.default_rng(SEED)
    return {
        name: _held(
            mixing_range, source.multinomial(people, shares, size=times), 1 - float(np.square(shares).sum())
        )
        for name, (shares, people) in ROOMS.items()
    }


def of_series(times: int) -> dict[str, float]:
    """The same for series: every session has its own shares, drawn around the usual ones."""
    source = np.random.default_rng(SEED)
    found = {}
    for name, (sessions, alike, fewest, most) in SERIES.items():
        drawn = []
        for _ in range(times):
            shares = source.dirichlet(USUAL * alike, size=sessions)
            people = source.integers(fewest, most + 1, size=sessions)
            drawn.append(source.multinomial(people, shares))
        # Of a Dirichlet with sum s, E Σ p² = (s Σ q² + 1)/(s + 1).
        truth = 1 - (alike * float(np.square(USUAL).sum()) + 1) / (alike + 1)
        found[name] = _held(series_range, drawn, truth)
    return found


def _held(of: Callable, drawn: Iterable[np.ndarray], truth: float) -> float:
    ranges = [of(counts.tolist()) for counts in drawn]
    return sum(low <= truth <= high for low, high in ranges) / len(ranges)
