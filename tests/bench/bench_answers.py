"""100 answers a second over 20 open sessions from 64 clients, with a kill of a worker and of PostgreSQL.

Run as a module. What is counted stands in `tests/journeys/test_answers_under_kills.py`; `make test` does the
same with three sessions and six clients, and asks for no rate.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ASKED = {
    "MINGLE_HALLS": "20",
    "MINGLE_ANSWERING": "64",
    "MINGLE_ANSWERS": "2000",
    "MINGLE_ANSWERS_A_SECOND": "100",
}


def main() -> int:
    """0 where it was fast enough and every answer that was thanked for was counted once."""
    told = {**ASKED, **os.environ}
    told.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "tests/journeys/test_answers_under_kills.py", "-q"],
        cwd=ROOT,
        env=told,
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
