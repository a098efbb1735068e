"""`make demo`, or its launcher alone, where the site was copied to, and what can be asked of it there."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mingle.embedded.cluster import Cluster
from tests.mingle.clusters import processes_naming, wait_until

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 60


def copy_as_cloned(place: Path) -> None:
    """The site as a clone has it: without what git ignores, and so without anything made or loaded. Its
    environment is the one that the tests run in, where a clone makes its own."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()]
    shutil.copytree(ROOT, place, ignore=shutil.ignore_patterns(".git", *ignored))
    (place / ".venv").symlink_to(sys.prefix)


def home_of(place: Path) -> Cluster:
    return Cluster(place / ".data" / "demo")


def place_of(home: Cluster) -> Path:
    return home.home.parents[1]


def made_by_make() -> bool:
    """Whether `make demo` finds nothing to install."""
    return shutil.which("make") is not None and (Path(sys.prefix) / "installed-requirements").exists()


def launcher(port: int) -> list[str]:
    return [sys.executable, "-m", "mingle.launcher", "--port", str(port)]


def make_demo(port: int) -> list[str]:
    return ["make", "demo", f"PORT={port}", "PYTHON=.venv/bin/python"]


def environment() -> dict[str, str]:
    """Ours without what says where and how these tests run, which a `make` around them says too."""
    of_tests = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MINGLE_CLUSTER", "MINGLE_DATA_DIR", "PORT"}
    of_make = {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "VENV"}
    kept = {name: value for name, value in os.environ.items() if name not in of_tests | of_make}
    return {**kept, "PYTHONPATH": f"site{os.pathsep}."}


@contextmanager
def launched(
    home: Cluster, port: int, command: Callable[[int], list[str]] = launcher, **own: Any
) -> Iterator[subprocess.Popen[str]]:
    """With what it says on its output; ended at the end where it has not ended before."""
    place = place_of(home)
    with subprocess.Popen(
        command(port),
        cwd=place,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **{"env": environment(), **own},
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.stdout.read()
            process.wait(STOP_SECONDS)
            wait_until(lambda: processes_naming(place) == [])


def ready(process: subprocess.Popen[str]) -> str:
    """What it said until the line that says that the site answers, that line last."""
    said = []
    for line in process.stdout:
        said.append(line)
        if "Mingle is ready" in line:
            return "".join(said)
    raise AssertionError("".join(said))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def status(port: int, path: str) -> int:
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        asking.request("GET", path, headers={"Host": "localhost"})
        return asking.getresponse().status
    finally:
        asking.close()
