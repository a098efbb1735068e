"""`make demo`, started for real on data of its own."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mingle.embedded.cluster import Cluster
from mingle.launcher import serving
from mingle.launcher.words import CannotStartError
from tests.mingle.clusters import connect, processes_naming, wait_until

ROOT = Path(__file__).resolve().parents[2]
LAUNCHER = [sys.executable, "-m", "mingle.launcher"]
STOP_SECONDS = 60

slow = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """One for all tests here: its first start makes everything, the others begin in seconds."""
    return tmp_path_factory.mktemp("a demonstration")


@pytest.fixture
def home(folder: Path) -> Iterator[Cluster]:
    yield Cluster(folder / "demo")
    assert processes_naming(folder) == []


def environment(folder: Path) -> dict[str, str]:
    own = {"MINGLE_DATA_DIR": str(folder), "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}"}
    others = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "MINGLE_CLUSTER", "PORT"}
    return {name: value for name, value in os.environ.items() if name not in others} | own


@contextmanager
def launched(home: Cluster, port: int, command: list[str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """The launcher, with what it says on its output; ended at the end where it has not ended before."""
    with subprocess.Popen(
        [*(command or LAUNCHER), "--port", str(port)] if command is None else command,
        env=environment(home.home.parent),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.stdout.read()
            process.wait(STOP_SECONDS)
            wait_until(lambda: processes_naming(home.home) == [])


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


def servers(home: Cluster) -> list[str]:
    return [found for found in processes_naming(home.data) if "/postgres -D" in found]


def change(home: Cluster, name: str) -> None:
    with connect(home) as connection:
        connection.execute("UPDATE wagtailcore_site SET site_name = %s", [name])


def changed(home: Cluster) -> str:
    with connect(home) as connection:
        return connection.execute("SELECT site_name FROM wagtailcore_site").fetchone()[0]


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
    assert said.splitlines()[:-1] == ["Starting the database", "Running tick and nightly"]


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
            assert sum("-m gunicorn" in found for found in processes_naming(ROOT / "gunicorn.conf.py")) >= 3
            assert changed(home) == "The valley"


@slow
def test_second_launcher_is_told_where_the_first_one_is(home) -> None:
    port = free_port()
    with launched(home, port) as process:
        ready(process)
        second = subprocess.run(
            [*LAUNCHER, "--port", str(free_port())],
            env=environment(home.home.parent),
            cwd=ROOT,
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
@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_make_takes_everything_with_it(home, how) -> None:
    """Its launcher hears of a signal to make, and of make's end however it comes."""
    if not (Path(sys.prefix) / "installed-requirements").exists():
        pytest.skip("this environment was not installed by make")
    port = free_port()
    command = ["make", "demo", f"PORT={port}", f"VENV={sys.prefix}", f"PYTHON={sys.executable}"]
    with launched(home, port, command) as process:
        ready(process)
        process.send_signal(how)
        process.wait(STOP_SECONDS)
        wait_until(lambda: processes_naming(home.home) == [])


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
