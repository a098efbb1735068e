"""The production server on two workers, asked by several clients at once; and what that cost."""

import contextlib
import dataclasses
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLIENTS = 4
NANOSECONDS = 1e9
STARTS_WITHIN = 60


@dataclasses.dataclass(frozen=True, slots=True)
class Measured:
    """Requests a second, the times of single ones, the workers' CPU for one, and the size of an answer."""

    rate: float
    median_ms: float
    p99_ms: float
    cpu_ms: float
    size: int

    def __str__(self) -> str:
        return (
            f"{self.rate:6.0f} a second, median {self.median_ms:5.1f} ms, p99 {self.p99_ms:5.1f} ms, "
            f"{self.cpu_ms:5.2f} ms CPU, {self.size / 1000:.0f} kB"
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Alone:
    """What one client waits that asks for one thing after the other, and the CPU of who answers; medians."""

    ms: float
    cpu_ms: float

    def __str__(self) -> str:
        return f"{1000 / self.ms:6.0f} a second, {self.ms:6.2f} ms, {self.cpu_ms:6.2f} ms CPU"


@dataclasses.dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int

    def measure(self, paths: Sequence[str]) -> Measured:
        """Ask for every path once, shared out among the clients."""
        with ProcessPoolExecutor(CLIENTS) as clients:
            list(clients.map(ask, [self.port] * CLIENTS, [["/healthz"]] * CLIENTS))
            began_cpu = self._cpu()
            began = time.perf_counter()
            parts = list(clients.map(ask, [self.port] * CLIENTS, [paths[n::CLIENTS] for n in range(CLIENTS)]))
            seconds = time.perf_counter() - began
        times = sorted(taken for part, _ in parts for taken in part)
        return Measured(
            rate=len(times) / seconds,
            median_ms=statistics.median(times) * 1000,
            p99_ms=times[int(len(times) * 0.99)] * 1000,
            cpu_ms=(self._cpu() - began_cpu) / len(times) * 1000,
            size=round(sum(size for _, size in parts) / len(times)),
        )

    def compare(self, kinds: Mapping[str, Sequence[str]], rounds: int = 5) -> dict[str, Measured]:
        """Each kind of paths in turn, several times over, so that what else the machine does hits all alike.

        The figures of a kind are those of its middle round by requests a second.
        """
        parts = [
            {kind: self.measure(paths[number::rounds]) for kind, paths in kinds.items()}
            for number in range(rounds)
        ]
        return {
            kind: sorted((part[kind] for part in parts), key=lambda measured: measured.rate)[rounds // 2]
            for kind in kinds
        }

    def in_turn(
        self, kinds: Mapping[str, Sequence[str]], answer: Callable[[int, str], object]
    ) -> dict[str, Alone]:
        """One path of each kind, then the next of each, so that all are asked of a machine in the same state:
        right after a pause the same file takes half as long again."""
        rounds = [[self._once(path, answer) for path in paths] for paths in zip(*kinds.values(), strict=True)]
        return {
            kind: Alone(*(statistics.median(part) * 1000 for part in zip(*taken, strict=True)))
            for kind, taken in zip(kinds, zip(*rounds, strict=True), strict=True)
        }

    def _once(self, path: str, answer: Callable[[int, str], object]) -> tuple[float, float]:
        """Seconds by the clock and of the workers' CPU."""
        began_cpu, began = self._cpu(), time.perf_counter()
        answer(self.port, path)
        seconds = time.perf_counter() - began
        return seconds, self._cpu() - began_cpu

    def _cpu(self) -> float:
        """Seconds of CPU that the workers have had."""
        return sum(_seconds(int(child)) for child in _children(self.pid))


def prepare_pages(activities: int) -> dict[str, str]:
    """Fill the bench's cluster where it is empty; the addresses of one page of each kind."""
    from events.models import Listing  # noqa: PLC0415
    from tests.bench import filling  # noqa: PLC0415

    filling.prepare(activities)
    activity = Listing.objects.filter(public=True).order_by("uuid").values_list("path", flat=True)[0]
    return {"home": "/", "list": "/activities/", "activity": activity, "map": "/activities/?view=map"}


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """gunicorn as `make demo` starts it, without an access log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "MINGLE_BIND": f"127.0.0.1:{port}",
        "MINGLE_ACCESS_LOG": "/dev/null",
        "MINGLE_LOG_LEVEL": "warning",
        "WEB_CONCURRENCY": "2",
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"], cwd=ROOT, env=environment
    )
    try:
        _wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=STARTS_WITHIN)


def ask(port: int, paths: Sequence[str]) -> tuple[list[float], int]:
    """One client: seconds for each request, and the bytes of all bodies. Anything but 200 is an error."""
    times, size = [], 0
    for path in paths:
        began = time.perf_counter()
        request = (
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(request.encode())
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        times.append(time.perf_counter() - began)
        head, _, body = answer.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{path}: {head[:80]!r}")
        size += len(body)
    return times, size


def _wait_for(port: int) -> None:
    for _ in range(STARTS_WITHIN * 10):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").close()  # noqa: S310
            return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _seconds(pid: int) -> float:
    """To the nanosecond: a small file costs less than one of the clock's ticks."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / NANOSECONDS
