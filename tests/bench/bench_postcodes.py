"""All 2.7 million postcodes into the database: seconds and megabytes. Run as a module.

The load runs in a process of its own, so that its peak of memory is Django's and its own and nothing else's.
"""

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

SECONDS, MEGABYTES = 45, 300
AT_LEAST = 2_700_000
REPETITIONS = 2_000
ROOT = Path(__file__).parents[2]


def main() -> int:
    """Load everything twice and look some up; 1 where a budget is broken, else 0."""
    _set_up()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    kept = True
    for what in ("into an empty table or over an old one", "again"):
        loaded, seconds, megabytes = _in_its_own_process()
        kept &= loaded >= AT_LEAST and seconds < SECONDS and megabytes < MEGABYTES
        print(
            f"postcodes  {loaded:,} {what}: {seconds:.1f} s (budget {SECONDS}), "
            f"peak {megabytes:.0f} MB (budget {MEGABYTES})"
        )
    for text in ("HX1@53.725,-1.864", "HX1", "HX1 1UJ", "Halifax"):
        print(f"near       {text}: {_microseconds(text):.0f} µs")
    return 0 if kept else 1


def load() -> None:
    """What the process of its own does."""
    _set_up()
    from places import loading  # noqa: PLC0415

    began = time.monotonic()
    loaded = loading.load(loading.Scope(everything=True))
    print(loaded.postcodes, time.monotonic() - began, _peak_megabytes())


def _in_its_own_process() -> tuple[int, float, float]:
    command = [sys.executable, "-m", "tests.bench.bench_postcodes", "--load"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    postcodes, seconds, megabytes = answer.stdout.split()
    return int(postcodes), float(seconds), float(megabytes)


def _peak_megabytes() -> float:
    """The most memory this program ever held; the kernel's figure where it has one for the program alone."""
    status = Path("/proc/self/status")
    if status.exists() and (peak := re.search(r"VmHWM:\s+(\d+) kB", status.read_text())):
        return int(peak[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _microseconds(text: str) -> float:
    from places import near  # noqa: PLC0415

    parse: Callable[[str], object] = near.parse
    parse(text)
    began = time.perf_counter()
    for _ in range(REPETITIONS):
        parse(text)
    return (time.perf_counter() - began) / REPETITIONS * 1e6


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingle.settings.dev")
    sys.path.insert(0, str(ROOT / "site"))
    django.setup()


if __name__ == "__main__":
    sys.exit(load() if "--load" in sys.argv else main())
