"""`make bench`: every `bench_*.py` here, in a process of its own; fails where one breaks its budget."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    broken = 0
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        print(f"== {file.stem}", flush=True)
        began = time.monotonic()
        status = subprocess.run(
            [sys.executable, "-m", f"tests.bench.{file.stem}"], cwd=ROOT, check=False
        ).returncode
        print(
            f"== {file.stem}: {'kept' if status == 0 else 'BROKEN'}, {time.monotonic() - began:.0f} s",
            flush=True,
        )
        broken += status != 0
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
