"""Rounds of all England from the database to the stored proposal, and a school's ten best. Run as a module.

On the real registers; skipped where they are not beside the project. Each round runs in a process of its own
so that its peak of memory is its own.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import django

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES, TEN_BEST_MILLISECONDS = 60, 1500, 50
ASKED = 40
REACHES = {"same": "same phase", "all": "all phases"}


def main() -> int:
    """Load the registers, run both studies, ask for ten best; 1 where a budget is broken, else 0."""
    _set_up()
    from django.core.management import call_command  # noqa: PLC0415

    from places import loading_pupils, loading_schools  # noqa: PLC0415
    from tests.factories import registers  # noqa: PLC0415

    if not registers.REAL_SCHOOLS.exists():
        print(f"rounds     skipped: {registers.ABSENT}")
        return 0
    call_command("migrate", verbosity=0)
    loading_schools.load(registers.REAL_SCHOOLS)
    loading_pupils.load(registers.REAL_PUPILS, zero_is_unknown=True)
    return 0 if all([*map(_round, REACHES), _ten_best()]) else 1


def _round(reach: str) -> bool:
    command = [sys.executable, "-m", "tests.bench.bench_rounds", reach]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    found = json.loads(answer.stdout)
    name, figures = REACHES[reach], found["figures"]
    best, greedy, nearest = (figures[way] for way in ("best", "greedy", "nearest"))
    pieces = ", ".join(f"{piece} {seconds:.1f} s" for piece, seconds in found["pieces"])
    print(
        f"rounds     {name}: {figures['nodes']:,} schools, {figures['edges']:,} edges, "
        f"{best['pairs']:,} pairs, weight {best['weight']:,}; "
        f"greedy {greedy['weight'] / best['weight']:.1%}, nearest {nearest['weight'] / best['weight']:.1%}"
    )
    print(
        f"rounds     {name}: {pieces}; database to stored proposal {found['seconds']:.1f} s "
        f"(budget {SECONDS}), peak {found['megabytes']:.0f} MB (budget {MEGABYTES})",
        flush=True,
    )
    return found["seconds"] < SECONDS and found["megabytes"] < MEGABYTES


def measure(reach: str) -> None:
    """What the process of its own does. The round is kept only until it ends."""
    _set_up()
    from schools import rounds  # noqa: PLC0415
    from schools.actions import rounds as actions  # noqa: PLC0415
    from schools.models import Reach, RoundState, Step  # noqa: PLC0415
    from tests.bench.bench_postcodes import _peak_megabytes  # noqa: PLC0415

    began, pieces = time.monotonic(), []
    made = actions.begin(place=None, asked=actions.Asked(year=2026, reach=Reach(reach)), by=None)
    while made.state == RoundState.AT_WORK:
        name, since = Step(made.step).name.lower(), time.monotonic()
        made = actions.advance(round=made, seconds=0)
        pieces.append((name, time.monotonic() - since))
    seconds = time.monotonic() - began
    assert made.pairs.count() == rounds.outcome_now(made).pairs == made.figures["best"]["pairs"]
    found = {"seconds": seconds, "megabytes": _peak_megabytes(), "pieces": pieces, "figures": made.figures}
    made.delete()
    print(json.dumps(found))


def _ten_best() -> bool:
    """The time that the queries of one answer take, asked of schools all over England, London's first."""
    from places.models import School  # noqa: PLC0415
    from schools import twins  # noqa: PLC0415
    from tests.bench.database_time import Queries  # noqa: PLC0415

    teaching = School.objects.teaching().filter(phase__in=["primary", "secondary"])
    crowded = teaching.filter(area_code__startswith="E09").order_by("urn")[: ASKED // 2]
    others = teaching.exclude(area_code__startswith="E09").order_by("-urn")[: ASKED // 2]
    took, found = [], 0
    for school in [*crowded, *others]:
        with Queries() as queries:
            found += len(twins.best(school).twins)
        took.append(1000 * sum(queries.seconds))
    print(
        f"rounds     ten best of {len(took)} schools ({found} candidates): median "
        f"{statistics.median(took):.1f} ms of the database, slowest {max(took):.1f} ms "
        f"(budget {TEN_BEST_MILLISECONDS})"
    )
    return max(took) < TEN_BEST_MILLISECONDS


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingle.settings.dev")
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    django.setup()


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1]) if len(sys.argv) > 1 else main())
