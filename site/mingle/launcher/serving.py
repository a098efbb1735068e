"""The web server as the launcher's child."""

import contextlib
import fcntl
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from mingle.embedded.cluster import hold
from mingle.embedded.privileges import end_with_parent
from mingle.embedded.processes import command_of
from mingle.launcher.words import CannotStartError, HasStoppedError, say

ROOT = Path(__file__).resolve().parents[3]
HOST = "127.0.0.1"
ANSWER_SECONDS = 60
STOP_SECONDS = 20
NO_ANSWER = 0
NOT_YET = {NO_ANSWER, http.client.SERVICE_UNAVAILABLE}


def address(port: int) -> str:
    return f"http://localhost:{port}"


def port_number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStartError(f"PORT={text} is not a port; take a number from 1024 to 65535.")
    return int(text)


def see_that_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotStartError(f"port {port} is root's; try: make demo PORT=8000") from None
        except OSError:
            raise CannotStartError(
                f"port {port} is taken by another program; try: make demo PORT={port % 65535 + 1}"
            ) from None


def end_orphan(home: Path) -> None:
    """End the server of a launcher that was killed.

    Every process of that server holds `serving.lock`, and nobody else does. Where the lock is free there is
    none; where it is held, the process named in it is asked to end, if it is a gunicorn.
    """
    lock = hold(home / "serving.lock")
    asked = False
    until = time.monotonic() + STOP_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.pread(lock, 20, 0).decode() or "0"
            if not asked:
                say("Ending the server that an earlier run left")
                asked = True
                if "gunicorn" in command_of(int(pid)):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(int(pid), signal.SIGTERM)
            if time.monotonic() > until:
                raise CannotStartError(f"an earlier server, process {pid}, does not end.") from None
            time.sleep(0.1)
        else:
            os.close(lock)
            return


class Server:
    """gunicorn, in a session of its own so that Ctrl-C reaches the launcher alone; it ends with it."""

    def __init__(self, port: int, home: Path) -> None:
        self.port, self.home = port, home

    def __enter__(self) -> "Server":
        parent = os.getpid()
        # The kernel rings when a child ends: waiting for that needs no asking.
        self.bell, ringing = os.pipe()
        os.set_blocking(ringing, False)
        signal.set_wakeup_fd(ringing, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
        lock = hold(self.home / "serving.lock")
        fcntl.flock(lock, fcntl.LOCK_EX)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py")],
            cwd=ROOT,
            env={
                **os.environ,
                "MINGLE_ACCESS_LOG": str(self.home / "access.log"),
                "MINGLE_LOG_LEVEL": "warning",
            },
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[lock],
            preexec_fn=lambda: end_with_parent(signal.SIGTERM, parent),
        )
        os.truncate(lock, 0)
        os.pwrite(lock, str(self.process.pid).encode(), 0)
        os.close(lock)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Its workers are asked as well, in case that it ended without them."""
        self._signal_all(signal.SIGTERM)
        ended = self._ends_within(STOP_SECONDS)
        self._signal_all(signal.SIGKILL)
        if not ended:
            self._ends_within(STOP_SECONDS)

    def _ends_within(self, seconds: float) -> bool:
        """Wait for the server itself, without `Popen.wait`.

        The signal that brought us here may have struck inside `Popen.poll`, between its taking a lock and its
        promise to give it back; `wait` would then wait for that lock for ever.
        """
        until = time.monotonic() + seconds
        while True:
            try:
                pid, status = os.waitpid(self.process.pid, os.WNOHANG)
            except ChildProcessError:
                return True
            if pid:
                self.process.returncode = os.waitstatus_to_exitcode(status)
                return True
            left = until - time.monotonic()
            if left <= 0:
                return False
            if select.select([self.bell], [], [], left)[0]:
                os.read(self.bell, 1024)

    def _signal_all(self, how: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)

    def runs(self, until: float) -> bool:
        """True at the time `until` (monotonic seconds), False as soon as the server has ended."""
        while self.process.poll() is None:
            wait = until - time.monotonic()
            if wait <= 0:
                return True
            if select.select([self.bell], [], [], wait)[0]:
                os.read(self.bell, 1024)
        return False

    def wait_until_it_answers(self) -> None:
        until = time.monotonic() + ANSWER_SECONDS
        while self._status("/readyz") in NOT_YET:
            if time.monotonic() > until:
                raise CannotStartError(f"the server does not answer within {ANSWER_SECONDS} seconds.")
            if not self.runs(until=time.monotonic() + 0.1):
                self.say_why_it_ended()
        for path in ("/readyz", "/"):
            status = self._status(path)
            if status != http.client.OK:
                raise CannotStartError(f"{path} is answered with status {status}.")

    def say_why_it_ended(self) -> None:
        raise HasStoppedError(f"its server ended with status {self.process.wait()}; it said why above.")

    def _status(self, path: str) -> int:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            return connection.getresponse().status
        except OSError:
            return NO_ANSWER
        finally:
            connection.close()
