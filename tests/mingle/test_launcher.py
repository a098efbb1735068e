"""`make demo`, started for real on data of its own."""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from mingle.embedded.cluster import Cluster
from mingle.launcher import serving
from mingle.launcher.words import CannotStartError
from tests.mingle.clusters import connect, processes_naming, python_for_everybody, wait_until
from tests.mingle.launches import (
    STOP_SECONDS,
    copy_as_cloned,
    environment,
    free_port,
    home_of,
    launched,
    launcher,
    made_by_make,
    make_demo,
    place_of,
    ready,
    status,
)

slow = pytest.mark.slow

by_make = pytest.mark.skipif(not made_by_make(), reason="this environment was not installed by make")

# What a start says that makes everything, its long steps several times.
FIRST = [
    "Starting the database",
    "Making the tables: # steps",
    "tables: # of #",
    "Collecting and compressing style sheets, scripts and pictures: half a minute",
    "Loading the demonstration's place",
    "# s  postcodes of Calderdale",
    "# s  schools",
    "# s  organisations and venues",
    "# s  activities: # of #",
    "# s  dates up to the horizon",
    "# s  schools as twins",
    "# s  registers",
    "# s  The demonstration is loaded: # organisations, # new activities.",
    "Running tick and nightly",
]
# What a start says that finds everything made.
AGAIN = ["Starting the database", "Running tick and nightly"]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """One for all tests here, under a path with spaces."""
    place = tmp_path_factory.mktemp("a demonstration") / "a place"
    copy_as_cloned(place)
    return place


@pytest.fixture(scope="module")
def first_run(place: Path) -> list[str]:
    """It makes everything, the others begin in seconds."""
    with launched(home_of(place), free_port(), make_demo if made_by_make() else launcher) as process:
        return ready(process).splitlines()


@pytest.fixture
def home(place: Path, first_run: list[str]) -> Iterator[Cluster]:
    yield home_of(place)
    assert processes_naming(place) == []


def servers(home: Cluster) -> list[str]:
    return [found for found in processes_naming(home.data) if "/postgres -D" in found]


def change(home: Cluster, name: str) -> None:
    with connect(home) as connection:
        connection.execute("UPDATE wagtailcore_site SET site_name = %s", [name])


def changed(home: Cluster) -> str:
    with connect(home) as connection:
        return connection.execute("SELECT site_name FROM wagtailcore_site").fetchone()[0]


@slow
def test_first_run_from_a_clone_shows_how_far_it_has_come(first_run) -> None:
    lines = (re.sub(r"\d+", "#", line).strip() for line in first_run[:-1])
    said = {line: len(list(same)) for line, same in groupby(lines)}
    assert list(said) == FIRST
    assert min(said[line] for line in FIRST if "of #" in line) >= 4


@slow
def test_one_line_says_that_the_site_answers_and_where_to_start(home) -> None:
    port = free_port()
    with launched(home, port) as process:
        line = ready(process).splitlines()[-1]
        address = f"http://localhost:{port}/"
        assert line == f"Mingle is ready at {address} - start at {address}demo/ (Ctrl-C stops it)"
        assert [status(port, path) for path in ("/", "/demo/", "/healthz", "/readyz")] == [200] * 4


@slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_stops_everything(home, how) -> None:
    port = free_port()
    with launched(home, port) as process:
        ready(process)
        process.send_signal(how)
        assert process.wait(STOP_SECONDS) == 0
        assert processes_naming(home.home) == []
        serving.see_that_port_is_free(port)


@slow
def test_second_run_starts_in_seconds_and_keeps_what_was_changed(home) -> None:
    with launched(home, free_port()) as process:
        ready(process)
        change(home, "Halifax and around")
    with launched(home, free_port()) as process:
        said = ready(process)
        assert changed(home) == "Halifax and around"
    assert said.splitlines()[:-1] == AGAIN


@slow
def test_next_run_after_a_killed_launcher_finds_one_server_and_the_data_whole(home) -> None:
    port = free_port()
    with launched(home, port) as process:
        ready(process)
        change(home, "The valley")
        process.kill()
        process.wait()
        with launched(home, port) as again:
            ready(again)
            assert len(servers(home)) == 1
            naming = processes_naming(place_of(home) / "gunicorn.conf.py")
            assert sum("-m gunicorn" in found for found in naming) >= 3
            assert changed(home) == "The valley"


@slow
def test_second_launcher_is_told_where_the_first_one_is(home) -> None:
    port = free_port()
    with launched(home, port) as process:
        ready(process)
        second = subprocess.run(
            launcher(free_port()),
            env=environment(),
            cwd=place_of(home),
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 1
        assert second.stderr == (
            "Mingle cannot start: "
            f"it is already running at http://localhost:{port}/ (process {process.pid})\n"
        )


@slow
def test_launcher_ends_in_words_when_its_server_ends(home) -> None:
    with launched(home, free_port()) as process:
        ready(process)
        os.kill(int((home.home / "serving.lock").read_text()), signal.SIGKILL)
        said = process.stdout.read()
        assert process.wait(STOP_SECONDS) == 1
        assert "Mingle has stopped: its server ended with status -9" in said


@slow
def test_database_that_crashes_is_a_503_for_a_moment(home) -> None:
    port = free_port()
    with launched(home, port) as process:
        ready(process)
        killed = home.pid()
        os.kill(killed, signal.SIGKILL)
        # The killed server's own children may answer for a moment longer: wait for the one that follows.
        wait_until(lambda: home.pid() not in {None, killed} and len(servers(home)) == 1)
        wait_until(lambda: status(port, "/readyz") == 200)
        assert status(port, "/healthz") == 200
        assert len(servers(home)) == 1


@slow
def test_log_keeps_no_query(home) -> None:
    port = free_port()
    with launched(home, port) as process:
        ready(process)
        status(port, "/activities/?near=HX1+1UJ")
        log = home.home / "access.log"
        wait_until(lambda: "/activities/" in log.read_text())
        assert "HX1" not in log.read_text()


@slow
def test_address_of_ten_thousand_letters_reaches_the_page(home) -> None:
    port = free_port()
    with launched(home, port) as process:
        ready(process)
        assert status(port, f"/activities/?free=1&q={'a' * 10_000}") == 200


@slow
@by_make
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_make_takes_everything_with_it(home, how) -> None:
    """Its launcher hears of a signal to make, and of make's end however it comes."""
    port = free_port()
    with launched(home, port, make_demo) as process:
        assert ready(process).splitlines()[:-1] == AGAIN
        assert status(port, "/demo/") == 200
        process.send_signal(how)
        process.wait(STOP_SECONDS)
        wait_until(lambda: processes_naming(place_of(home)) == [])


@slow
@pytest.mark.skipif(os.geteuid() != 0, reason="who is not root tests this with every other test")
def test_works_for_somebody_who_is_not_root(home) -> None:
    """With all that the first run made, where they may go."""
    nobody = pwd.getpwnam("nobody")
    with tempfile.TemporaryDirectory(prefix="mingle not root ") as folder:
        theirs = home_of(Path(folder) / "a place")
        shutil.copytree(place_of(home), place_of(theirs), symlinks=True)
        give(place_of(theirs), nobody)
        port = free_port()
        own = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        with launched(theirs, port, their_launcher, **own) as process:
            assert ready(process).splitlines()[:-1] == AGAIN
            owners = {Path(f"/proc/{pid}").stat().st_uid for pid in (process.pid, theirs.pid())}
            assert (owners, status(port, "/demo/")) == ({nobody.pw_uid}, 200)
            process.terminate()
            assert process.wait(STOP_SECONDS) == 0
            assert processes_naming(place_of(theirs)) == []


def give(place: Path, user: pwd.struct_passwd) -> None:
    """With an environment of a Python that everybody may run, which finds our packages."""
    venv = place / ".venv"
    venv.unlink()
    subprocess.run([python_for_everybody(), "-m", "venv", "--without-pip", venv], check=True)
    (found,) = venv.glob("lib/python*/site-packages")
    (found / "ours.pth").write_text(sysconfig.get_path("purelib"))
    for path in [place.parent, place, *place.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    asked = [venv / "bin" / "python", "-c", "import django, psycopg, PIL.Image"]
    if subprocess.run(asked, capture_output=True, check=False, user=user.pw_uid, extra_groups=[]).returncode:
        pytest.skip("our packages are not for somebody other than root")


def their_launcher(port: int) -> list[str]:
    return [".venv/bin/python", *launcher(port)[1:]]


def test_taken_port_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStartError, match=rf"port {port} is taken .*make demo PORT={port + 1}"):
            serving.see_that_port_is_free(port)


@pytest.mark.parametrize("text", ["", "0", "65536", "http", "-1", "٨"])
def test_nonsense_for_a_port_is_said_in_words(text) -> None:
    with pytest.raises(CannotStartError, match=re.escape(f"PORT={text} is not a port")):
        serving.port_number(text)


def test_server_ends_although_a_signal_struck_while_it_was_looked_at(tmp_path):
    """The lock that `Popen.poll` had just taken is never given back: ending must not need it."""
    server = serving.Server(free_port(), tmp_path)
    server.process = subprocess.Popen(["sleep", "600"], start_new_session=True)
    server.bell, ringing = os.pipe()
    server.process._waitpid_lock.acquire()
    before = signal.signal(signal.SIGCHLD, lambda _signal, _frame: os.write(ringing, b"."))
    try:
        server.__exit__(None, None, None)
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert server.process.returncode == -signal.SIGTERM
