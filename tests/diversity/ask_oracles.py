"""Asks scikit-bio and PySAL's segregation for the figures of fixed tables, and keeps their answers in
`tests/examples/diversity/oracles.json`.

Both bring in a gigabyte (pandas, numba, geopandas), so they are installed for this alone, in an environment
of its own, with `pip install scikit-bio==0.7.4 segregation==2.5.4`. Run as a module in it.
"""

import json
import random
from importlib import metadata
from pathlib import Path

ANSWERS = Path(__file__).parents[1] / "examples" / "diversity" / "oracles.json"
ROWS, TABLES, SEED = 40, 40, 1949
ORACLES = ("scikit-bio", "segregation", "scipy")


def main() -> None:
    source = random.Random(SEED)
    rows = [_row(source) for _ in range(ROWS)]
    tables = [_table(source) for _ in range(TABLES)]
    pairs = [_pair(source) for _ in range(ROWS)]
    answers = {
        "asked": {name: metadata.version(name) for name in ORACLES},
        "rows": [_of_row(row) for row in rows],
        "tables": [_of_table(table) for table in tables],
        "pairs": [_of_pair(*pair) for pair in pairs],
    }
    ANSWERS.parent.mkdir(exist_ok=True)
    ANSWERS.write_text(_a_line_each(answers))


def _a_line_each(answers: dict[str, object]) -> str:
    parts = [
        f'"{name}": '
        + ("[\n" + ",\n".join(map(json.dumps, part)) + "\n]" if isinstance(part, list) else json.dumps(part))
        for name, part in answers.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _row(source: random.Random) -> list[int]:
    return [source.choice([0, source.randint(1, 60)]) for _ in range(source.randint(1, 18))] + [2]


def _table(source: random.Random) -> list[list[int]]:
    groups = source.randint(2, 6)
    return [[source.randint(0 if group else 1, 40) for group in range(groups)] for _ in range(12)]


def _pair(source: random.Random) -> tuple[list[int], list[int]]:
    """Who came, two at least, and the base they are compared with, in which two groups live."""
    groups = source.randint(2, 8)
    counts = [source.choice([0, source.randint(1, 40)]) for _ in range(groups - 1)] + [2]
    baseline = [source.choice([0, source.randint(1, 90_000)]) for _ in range(groups - 2)]
    return counts, [*baseline, source.randint(1, 90_000), source.randint(1, 90_000)]


def _of_row(row: list[int]) -> dict:
    """Simpson's index with and without replacement."""
    from skbio.diversity import alpha  # noqa: PLC0415

    return {
        "counts": row,
        "mixing_chance": float(alpha.simpson(row, finite=True)),
        "baseline_mixing": float(alpha.simpson(row)),
    }


def _of_pair(counts: list[int], baseline: list[int]) -> dict:
    """Simpson's indices over each other; Bray and Curtis's dissimilarity of shares, which is half the sum of
    what they differ by. Whom one meets is drawn: one of the group has left the bag, and one more is taken."""
    from scipy import stats  # noqa: PLC0415
    from scipy.spatial import distance  # noqa: PLC0415
    from skbio.diversity import alpha  # noqa: PLC0415
    from skbio.stats.composition import closure  # noqa: PLC0415

    others = sum(counts) - 1
    return {
        "counts": counts,
        "baseline": baseline,
        "relative_mixing": float(alpha.simpson(counts, finite=True) / alpha.simpson(baseline)),
        "representation_gap": float(distance.braycurtis(closure(counts), closure(baseline))),
        "exposure": [
            float(stats.hypergeom.pmf(0, others, count - 1, 1)) if count else None for count in counts
        ],
        "expected_exposure": [float(stats.hypergeom.pmf(0, sum(baseline), count, 1)) for count in baseline],
    }


def _of_table(table: list[list[int]]) -> dict:
    """Evenness over units; for two groups, the first against everybody else. Simpson's index of all units
    thrown together, and its mean over units that had two people, each weighed by its pairs."""
    import numpy  # noqa: PLC0415
    import pandas  # noqa: PLC0415
    from scipy.special import comb  # noqa: PLC0415
    from segregation import multigroup, singlegroup  # noqa: PLC0415
    from skbio.diversity import alpha  # noqa: PLC0415

    names = [f"g{number}" for number in range(len(table[0]))]
    frame = pandas.DataFrame(table, columns=names)
    frame["all"] = frame.sum(axis=1)
    met = [unit for unit in table if sum(unit) > 1]
    one = {"group_pop_var": "g0", "total_pop_var": "all"}
    return {
        "sessions": table,
        "theil_h": float(multigroup.MultiInfoTheory(frame, names).statistic),
        "multigroup_dissimilarity": float(multigroup.MultiDissim(frame, names).statistic),
        "dissimilarity": float(singlegroup.Dissim(frame, **one).statistic),
        "isolation": float(singlegroup.Isolation(frame, **one).statistic),
        "interaction": float(singlegroup.Interaction(frame, **one).statistic),
        "within_session_mixing": float(
            numpy.average(
                [alpha.simpson(unit, finite=True) for unit in met],
                weights=comb([sum(unit) for unit in met], 2),
            )
        ),
        "pooled_mixing": float(alpha.simpson(numpy.sum(table, axis=0), finite=True)),
        "correlation_ratio": float(singlegroup.CorrelationR(frame, **one).statistic),
    }


if __name__ == "__main__":
    main()
