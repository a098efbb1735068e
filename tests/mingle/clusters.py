"""Clusters of a test's own, and processes that use them."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from mingle.embedded.cluster import DATABASE, ROLE, SITE_DIR, Cluster

PATIENCE_SECONDS = 60
USE = """
import sys
from pathlib import Path
from mingle.embedded.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.use()
print("using", flush=True)
sys.stdin.read()
"""


def start_user(cluster: Cluster) -> subprocess.Popen[str]:
    """A process that uses the cluster until its input ends, or the `with` that holds it."""
    return subprocess.Popen(
        [sys.executable, "-c", USE, str(cluster.home)],
        env={"PYTHONPATH": str(SITE_DIR)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def uses(process: subprocess.Popen[str]) -> bool:
    """Waits until the process uses its cluster, or has ended without."""
    return process.stdout.readline().strip() == "using"


def connect(cluster: Cluster, role: str = ROLE, database: str = DATABASE) -> psycopg.Connection:
    return psycopg.connect(host=str(cluster.socket_dir), user=role, dbname=database, autocommit=True)


def wait_until(condition: Callable[[], bool]) -> None:
    """For what another process does and cannot tell us."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def python_for_everybody() -> str:
    for python in (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3"):
        found = Path(python).resolve()
        if found.exists() and all(parent.stat().st_mode & 0o001 for parent in found.parents):
            new = subprocess.run(
                [python, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"], check=False
            )
            if new.returncode == 0:
                return python
    return pytest.skip("no Python 3.11 that somebody other than root may run")


def processes_naming(path: Path) -> list[str]:
    """Command lines of all processes that name the path, whoever started them."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if str(path) in command:
                found.append(command)
    return found
