"""The registers of schools and of their pupils, and finding a school among them. Run as a module.

The real files where they lie beside the project, else fictional ones of the same shape. Each import runs in a
process of its own, so that its peak of memory is its own.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES, SEARCH_MILLISECONDS = 30, 300, 20
FICTIONAL = (50_000, 140)
Question = tuple[str, Any]
# Whole names, parts, typing errors, and words that thousands of schools have.
SOUGHT = (
    *(
        "st marys",
        "saint mary's primary",
        "calder high",
        "caldr high schol",
        "trinty academy",
        "north hallifax",
    ),
    *("holy trinity church of england primary school", "primary school", "the grange", "park", "st", "a"),
    *(
        "lightcliffe",
        "litecliff",
        "brighuse",
        "our lady and st jospeh",
        "hill top",
        "x" * 100,
        "zzzz",
        "green",
    ),
)


def main() -> int:
    """Import all twice, then look for schools; 1 where a budget is broken, else 0."""
    _set_up()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    _empty()
    with tempfile.TemporaryDirectory() as folder:
        kept = all([_imports(Path(folder)), _searches()])
    return 0 if kept else 1


def _imports(folder: Path) -> bool:
    from tests.factories import registers  # noqa: PLC0415

    rows, columns = FICTIONAL
    fictional = registers.write_schools(folder / "schools.csv", rows=rows, columns=columns)
    kept = _import("schools", fictional, f"{rows:,} × {columns} fictional")
    if not registers.REAL_SCHOOLS.exists():
        print(f"schools    {registers.ABSENT}")
        census = registers.write_pupils(folder / "pupils.csv", rows=20_000)
        return _import("pupils", census, "20,000 fictional") and kept
    _empty()
    kept &= _import("schools", registers.REAL_SCHOOLS, "all of England")
    return _import("pupils", registers.REAL_PUPILS, "all of England") and kept


def _import(kind: str, file: Path, what: str) -> bool:
    kept = True
    for again in ("", ", again"):
        seconds, megabytes = _in_its_own_process(kind, file)
        kept &= seconds < SECONDS and megabytes < MEGABYTES
        print(
            f"{kind:<10} {what}{again}: {seconds:.1f} s (budget {SECONDS}), "
            f"peak {megabytes:.0f} MB (budget {MEGABYTES})",
            flush=True,
        )
    return kept


def _empty() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE places_school, places_schoolpupils, places_schoolword CASCADE")


def load(kind: str, file: str) -> None:
    """What the process of its own does."""
    _set_up()
    from places import loading_pupils, loading_schools  # noqa: PLC0415
    from tests.bench.bench_postcodes import _peak_megabytes  # noqa: PLC0415

    began = time.monotonic()
    if kind == "schools":
        loading_schools.load(Path(file))
    else:
        loading_pupils.load(Path(file), zero_is_unknown=True)
    print(time.monotonic() - began, _peak_megabytes())


def _in_its_own_process(kind: str, file: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "tests.bench.bench_schools", "--load", kind, str(file)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    seconds, megabytes = answer.stdout.split()
    return float(seconds), float(megabytes)


def _searches() -> bool:
    """The time that the database itself says it took, the slowest of the questions."""
    from places.models import School  # noqa: PLC0415

    asked = {text: _asked(text) for text in SOUGHT}
    took = {
        text: statistics.median(_milliseconds(queries) for _ in range(5))
        for text, (_number, queries) in asked.items()
    }
    found = {text: number for text, (number, _queries) in asked.items()}
    slowest = max(took, key=lambda text: took[text])
    print(
        f"search     {School.objects.count():,} schools, {len(SOUGHT)} questions, a page and its count: "
        f"median {statistics.median(took.values()):.1f} ms, slowest {took[slowest]:.1f} ms "
        f"“{slowest[:20]}”, {found[slowest]:,} found (budget {SEARCH_MILLISECONDS})"
    )
    print("search     found: " + ", ".join(f"“{text[:20]}” {number:,}" for text, number in found.items()))
    return took[slowest] < SEARCH_MILLISECONDS


def _asked(text: str) -> tuple[int, list[Question]]:
    """How many schools are found, and what the page asks the database for that: what the words mean, the
    count of all, the first page of them."""
    from django.core.paginator import Paginator  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from schools import finding  # noqa: PLC0415
    from schools.views.finding import ON_A_PAGE  # noqa: PLC0415

    asked: list[Question] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        pages = Paginator(finding.find(finding.Asked(q=text), {}), ON_A_PAGE)
        assert len(pages.get_page(1).object_list) == min(pages.count, ON_A_PAGE)
    return pages.count, asked


def _milliseconds(asked: Sequence[Question]) -> float:
    """Of all of them, planning included."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        plans = []
        for sql, params in asked:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT json) {sql}", params)
            plans += cursor.fetchall()[0][0]
    return sum(plan["Execution Time"] + plan["Planning Time"] for plan in plans)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingle.settings.dev")
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    django.setup()


if __name__ == "__main__":
    sys.exit(load(*sys.argv[2:]) if "--load" in sys.argv else main())
