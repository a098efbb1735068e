"""The process that runs one embedded server: starts it, starts it again after a crash, stops it.

`python -m mingle.embedded.supervisor <home>` is started by `Cluster.use` and by nobody else. It says "ready"
on its output when the server answers, or in words why it does not, and ends when the last user has gone.
"""

import argparse
import fcntl
import os
import signal
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from mingle.embedded.cluster import START_SECONDS, Cluster, ClusterError, hold
from mingle.embedded.privileges import CannotDropRootError
from mingle.embedded.server import Server

CRASHES_IN_A_ROW = 5
STEADY_SECONDS = 60
"""A server that lived this long before it crashed starts the count of crashes anew."""


class Wake:
    """Sleeps until something happens: the server ends, we are asked to end, the last user goes."""

    def __init__(self) -> None:
        self.over = False
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.writer, False)
        signal.set_wakeup_fd(self.writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, self._note)
        signal.signal(signal.SIGTERM, self._end)
        # Ctrl-C is for the users of the server; when they have gone, so do we.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def end_when_alone_in(self, users: Path) -> None:
        """End when nobody holds `users` any more. Newcomers then wait until we have let go of it."""
        threading.Thread(target=self._wait_until_alone, args=(users,), daemon=True).start()

    def wait(self) -> None:
        os.read(self.reader, 1024)

    def _wait_until_alone(self, users: Path) -> None:
        fcntl.flock(hold(users), fcntl.LOCK_EX)
        self._end(0, None)
        os.write(self.writer, b"\0")

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        """The wakeup descriptor has been written to; there is nothing else to do."""

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self.over = True


def watch(server: Server, wake: Wake) -> None:
    """Until everybody has gone: start the server again when it ends by itself, unless it keeps ending."""
    crashes, since = 0, time.monotonic()
    while not wake.over:
        if server.runs():
            wake.wait()
            continue
        now = time.monotonic()
        crashes = crashes + 1 if now - since < STEADY_SECONDS else 1
        since = now
        print("The database ended by itself and is started again.", file=sys.stderr, flush=True)
        if crashes > CRASHES_IN_A_ROW:
            raise ClusterError(f"The database ended {crashes} times in a row.")
        _launch_again(server)


def _launch_again(server: Server) -> None:
    """What is left of the one that crashed needs a moment to notice; until then it is in the way."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return server.launch()
        except ClusterError:
            if time.monotonic() > until:
                raise
            time.sleep(0.25)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("home", type=Path)
    arguments.add_argument("--not-lasting", action="store_true")
    given = arguments.parse_args()
    cluster = Cluster(given.home, lasting=not given.not_lasting)
    os.umask(0o077)
    supervisor = hold(cluster.home / "supervisor.lock")
    fcntl.flock(supervisor, fcntl.LOCK_EX)
    wake = Wake()
    try:
        server = Server(cluster)
        server.start()
    except (ClusterError, CannotDropRootError, KeyError, OSError) as error:
        sys.exit(_say(str(error)))
    _say("ready")
    wake.end_when_alone_in(cluster.home / "users.lock")
    try:
        watch(server, wake)
    except ClusterError as error:
        print(error, file=sys.stderr, flush=True)
    finally:
        server.stop()
        # Before the lock on users, which goes with this process: the kernel may let go of both in any order,
        # and whoever has waited for that one must see that nobody supervises any more.
        os.close(supervisor)


def _say(answer: str) -> int:
    """Tell the process that started us, and let go of its pipe: it reads until then."""
    os.write(sys.stdout.fileno(), answer.encode())
    with Path(os.devnull).open("ab") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
    return 1


if __name__ == "__main__":
    main()
