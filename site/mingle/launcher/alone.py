"""One launcher a folder at a time."""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

from mingle.embedded.cluster import hold
from mingle.launcher.words import CannotStartError

PATIENCE_SECONDS = 5
"""A launcher whose terminal was closed, or whose `make` was killed, is gone within this time."""


class Alone:
    """Holds the lock while the launcher runs. The kernel lets go of it however the launcher ends."""

    def __init__(self, path: Path, address: str) -> None:
        self.path, self.address = path, address

    def __enter__(self) -> "Alone":
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.lock = hold(self.path)
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._taken():
            if time.monotonic() > until:
                raise CannotStartError(f"it is already running at {self.path.read_text()}")
            time.sleep(0.1)
        os.truncate(self.lock, 0)
        os.pwrite(self.lock, f"{self.address}/ (process {os.getpid()})".encode(), 0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.lock)

    def _taken(self) -> bool:
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
