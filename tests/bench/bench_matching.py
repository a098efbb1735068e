"""All of England's schools paired, same phase and as a study, on the real registers. Run as a module.

From the registers' files to pairs, each graph in a process of its own so that its peak of memory is its own.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS, CANDIDATE_SECONDS, MEGABYTES = 60, 10, 1500
GRAPHS = {"same phase": {"study": True}, "all phases": {"study": True, "mixes_phases": True}}


def main() -> int:
    """Print what was measured; 1 where a budget is broken, else 0."""
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    from tests.schools.matching import registers  # noqa: PLC0415

    if registers.folder() is None:
        print("matching   skipped: the national registers are not on this machine")
        return 0
    return 0 if all([_in_its_own_process(name) for name in GRAPHS]) else 1


def measure(name: str) -> dict[str, float]:
    """What the process of a graph does."""
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    from schools.matching import candidates, comparing, pairing  # noqa: PLC0415
    from tests.schools.matching import registers  # noqa: PLC0415

    began = time.monotonic()
    schools, pupils = registers.read()
    read = time.monotonic()
    near = candidates.candidates(schools, candidates.Search(**GRAPHS[name]))
    found = time.monotonic()
    weights = registers.weights(near, pupils)
    weighed = time.monotonic()
    pairs = pairing.best_pairs((one, other, weight) for (one, other), weight in weights.items())
    paired = time.monotonic()
    best = comparing.total(pairs, weights)
    kilometres = {(each.urn_a, each.urn_b): each.kilometres for each in near}
    return {
        "schools": len({urn for pair in weights for urn in pair}),
        "edges": len(weights),
        "pairs": len(pairs),
        "reading": read - began,
        "candidates": found - read,
        "weighing": weighed - found,
        "pairing": paired - weighed,
        "greedy": comparing.total(comparing.greedy(weights), weights) / best,
        "nearest": comparing.total(comparing.nearest_neighbour(weights, kilometres), weights) / best,
        "megabytes": _peak_megabytes(),
    }


def _in_its_own_process(name: str) -> bool:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_matching", name],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)])},
    )
    found = json.loads(answer.stdout)
    took = found["reading"] + found["candidates"] + found["weighing"] + found["pairing"]
    print(
        f"matching   {name}: {found['schools']:,} schools, {found['edges']:,} edges, {found['pairs']:,} pairs"
    )
    print(
        f"matching   {name}: reading {found['reading']:.1f} s, candidates {found['candidates']:.1f} s, "
        f"weighing {found['weighing']:.1f} s, pairing {found['pairing']:.1f} s: "
        f"{took:.0f} s (budget {SECONDS})"
    )
    print(
        f"matching   {name}: greedy {found['greedy']:.1%}, nearest neighbour {found['nearest']:.1%}; "
        f"peak {found['megabytes']:.0f} MB (budget {MEGABYTES})"
    )
    return (
        took < SECONDS
        and found["candidates"] < CANDIDATE_SECONDS
        and found["megabytes"] < MEGABYTES
        and found["greedy"] <= 1
    )


def _peak_megabytes() -> float:
    status = Path("/proc/self/status")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        sys.exit(main())
