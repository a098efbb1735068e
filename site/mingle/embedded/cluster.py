"""One embedded cluster: where its files lie, who uses it, how it is started and left.

Three locks in the cluster's folder say everything, and the kernel lets go of them however a process ends:

- `users.lock`, shared: held by every process that uses the server. The supervisor waits for it alone, gets it
  when the last user has gone, stops the server and ends. Whoever comes meanwhile waits, and starts a new one.
- `supervisor.lock`: held by the one supervisor while it lives.
- `start.lock`: held while somebody looks whether there is a supervisor and starts one.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

ROLE = DATABASE = "mingle"
SITE_DIR = Path(__file__).resolve().parents[2]
START_SECONDS = 120
LEAVE_SECONDS = 60

_held: dict[Path, int] = {}


class ClusterError(Exception):
    """The embedded database cannot be used; the message says why in words."""


@dataclass(frozen=True)
class Cluster:
    home: Path
    lasting: bool = True
    """False for tests: quicker, and lost in a power cut."""

    @property
    def data(self) -> Path:
        return self.home / "pg"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def socket_dir(self) -> Path:
        """Short, since a socket's path may have 107 bytes only; the same for every process of this user."""
        name = hashlib.sha256(os.fsencode(self.home.resolve())).hexdigest()[:16]
        return Path("/tmp") / f"mingle-{os.getuid()}-{name}"  # noqa: S108 - made 0700, refused if not ours # nosec B108

    def use(self) -> None:
        """Make the server run, and keep it running until this process ends or calls `leave`."""
        if self.home not in _held:
            try:
                self.home.mkdir(parents=True, exist_ok=True)
                users = hold(self.home / "users.lock")
            except PermissionError as error:
                raise ClusterError(f"{self.home} belongs to another user: {error}") from error
            fcntl.flock(users, fcntl.LOCK_SH)
            _held[self.home] = users
        try:
            self._start()
        except BaseException:
            self._let_go()
            raise

    def leave(self) -> None:
        """Stop using the server, and wait until it has stopped, unless somebody else still uses it."""
        self._let_go()
        until = time.monotonic() + LEAVE_SECONDS
        while self.supervised() and not self._used_by_others() and time.monotonic() < until:
            time.sleep(0.05)

    def supervised(self) -> bool:
        """Whether a supervisor lives."""
        return not _free(self.home / "supervisor.lock")

    def pid(self) -> int | None:
        """The server's process id as it wrote it itself, or None where it wrote none."""
        try:
            return int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, IndexError, ValueError):
            return None

    def _start(self) -> None:
        start = hold(self.home / "start.lock")
        try:
            fcntl.flock(start, fcntl.LOCK_EX)
            if not self.supervised():
                self._start_supervisor()
        finally:
            os.close(start)

    def _start_supervisor(self) -> None:
        """A session of its own, so that Ctrl-C in a terminal ends the server's users and never it."""
        command = [sys.executable, "-m", "mingle.embedded.supervisor", str(self.home)]
        if not self.lasting:
            command.append("--not-lasting")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        environment["PYTHONPATH"] = str(SITE_DIR)
        with (self.home / "supervisor.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        with cast(IO[bytes], process.stdout) as said:
            answer = said.read().decode().strip()
        if answer != "ready":
            process.wait()
            raise ClusterError(answer or f"The database did not start; see {self.home / 'supervisor.log'}.")
        # It outlives us, and we never ask for its status.
        process.returncode = 0

    def _used_by_others(self) -> bool:
        """True only while others use it: a supervisor that is stopping the server holds the lock alone."""
        users = hold(self.home / "users.lock")
        try:
            if not _try(users, fcntl.LOCK_SH):
                return False
            return not _try(users, fcntl.LOCK_EX)
        finally:
            os.close(users)

    def _let_go(self) -> None:
        users = _held.pop(self.home, None)
        if users is not None:
            os.close(users)


def hold(lock: Path) -> int:
    """A handle on a lock file, for `fcntl.flock`; the lock goes when it is closed or its process ends."""
    return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try(lock: int, how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _free(lock: Path) -> bool:
    handle = hold(lock)
    try:
        return _try(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def _after_fork() -> None:
    """A child is a user of its own: it takes its own lock when it first connects."""
    for users in _held.values():
        os.close(users)
    _held.clear()


os.register_at_fork(after_in_child=_after_fork)
