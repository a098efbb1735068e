"""Lists, a different question each time and the same again, beside a bare view. Run as a module.

20,000 activities with 1,000,000 coming dates, and for the growth 200 with 10,000, each in its own cluster.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench import starting

ROOT = Path(__file__).parents[2]
LARGE, SMALL = 20_000, 200
SLOWEST, SLOWEST_AGAIN, LONGEST, GROWTH, MOST_QUERIES = 20, 2, 5, 2, 8
QUESTIONS, WARM = 1_000, 40


def main() -> int:
    """Print what was measured; 1 where a budget is broken, else 0."""
    large, small = _of_cluster("bench", LARGE), _of_cluster("bench-small", SMALL)
    # One is asked after the other, and a machine is not as fast all the time: the bare view says how fast.
    growth = large["cpu_by_bare"] / small["cpu_by_bare"]
    kept = (
        large["filled"]
        and large["times_bare"] <= SLOWEST
        and large["times_bare_again"] <= SLOWEST_AGAIN
        and large["p99_by_median"] <= LONGEST
        and large["queries"] <= MOST_QUERIES
        and growth <= GROWTH
    )
    print(f"browse     {SMALL:,} to {LARGE:,} activities: {growth:.2f} times the CPU, by the bare view's")
    return 0 if kept else 1


def measure(activities: int) -> dict[str, float]:
    """What the process of a cluster does: fill it where it is not, serve it, ask."""
    starting.start()
    from events.models import ActivityType  # noqa: PLC0415
    from organisations.models import AccessFeature  # noqa: PLC0415
    from tests.bench import filling, questions, serving  # noqa: PLC0415

    filled = filling.prepare(activities)
    paths = questions.different(
        QUESTIONS,
        types=list(ActivityType.objects.values_list("slug", flat=True)),
        access=list(AccessFeature.objects.values_list("slug", flat=True)),
        near=(53.72, -1.86),
    )
    queries = _most_queries(paths[:100])
    with serving.serving() as server:
        size = server.measure(paths[-WARM:]).size
        measured = server.compare(
            {
                "different": paths[:-WARM],
                "again": ["/activities/?age=9&free=1"] * QUESTIONS,
                "bare view": [f"/bare/{size}"] * 5 * QUESTIONS,
            }
        )
    different, again, bare = measured["different"], measured["again"], measured["bare view"]
    for what, figures in measured.items():
        times = f"{bare.rate / figures.rate:.1f} times bare"
        print(f"browse     {activities:,} activities, {what}: {figures}; {times}")
    print(f"browse     at most {queries} queries")
    return {
        "filled": filled,
        "cpu_by_bare": different.cpu_ms / bare.cpu_ms,
        "times_bare": bare.rate / different.rate,
        "times_bare_again": bare.rate / again.rate,
        "p99_by_median": different.p99_ms / different.median_ms,
        "queries": queries,
    }


def _most_queries(paths: list[str]) -> int:
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, most = Client(SERVER_NAME="localhost"), 0
    client.get("/activities/")
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        most = max(most, len(queries))
    return most


def _of_cluster(cluster: str, activities: int) -> dict[str, float]:
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_browse", str(activities)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "MINGLE_CLUSTER": cluster},
    )
    *lines, last = answer.stdout.splitlines()
    print("\n".join(lines), flush=True)
    return json.loads(last)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        sys.exit(main())
