"""Eight kills of workers and eight of PostgreSQL under writes; `make test` does the same with two.

Run as a module. What is counted stands in `tests/journeys/test_kills.py`.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
KILLS = "8"


def main() -> int:
    """0 where everything that was acknowledged was found once."""
    told = {**os.environ, "MINGLE_KILLS": KILLS}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "tests/journeys/test_kills.py", "-q"],
        cwd=ROOT,
        env=told,
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
