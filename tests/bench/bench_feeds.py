"""Feeds of 10,000 dates beside the same bytes from a file, and 304 beside a bare view. Run as a module.

20,000 activities with 1,000,000 coming dates. One client, so that a time is what one calendar app waits.
"""

import os
import re
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import django

ROOT = Path(__file__).parents[2]
ACTIVITIES, DATES = 20_000, 10_000
SLOWEST_FIRST, SLOWEST_AGAIN, SLOWEST_304, MOST_MB = 10, 3, 3, 80
FIRSTS, AGAIN = 30, 600
ENCODINGS = {"plain": "identity", "compressed": "gzip"}
ANSWER = memoryview(bytearray(32 * 1024 * 1024))
Headers = dict[str, str]


def main() -> int:
    """Print what was measured; 1 where a budget is broken, else 0."""
    os.environ.setdefault("MINGLE_CLUSTER", "bench")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from events.models import Listing  # noqa: PLC0415
    from tests.bench import bench_browse, serving  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if Listing.objects.count() < ACTIVITIES:
        bench_browse.fill(ACTIVITIES)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINGLE_BENCH_FILES"] = folder
        with serving.serving() as server:
            kept = _measure(server.port, Path(folder), lambda: _most_memory(server.pid))
    return 0 if kept else 1


def _measure(port: int, folder: Path, memory: Callable[[], float]) -> bool:
    kept = True
    # Pages, so that the index is there, and no feed: its memory is what is measured.
    _times(port, [f"/activities/?radius={each}&near=HX1@53.725,-1.864" for each in range(1, 9)], {})
    before = memory()
    _times(port, [_question(number) for number in range(900, 904)], {"Accept-Encoding": "identity"})
    for number, (name, encoding) in enumerate(ENCODINGS.items()):
        headers = {"Accept-Encoding": encoding}
        paths = [_question(100 * number + each) for each in range(FIRSTS)]
        (folder / name).write_bytes(_ask(port, _question(100 * number + FIRSTS), headers)[1])
        first, again, file = _in_turn(port, paths, f"/file/{name}", headers)
        dates = len(re.findall(b"BEGIN:VEVENT", _ask(port, paths[-1], {"Accept-Encoding": "identity"})[1]))
        size = (folder / name).stat().st_size / 1e6
        print(f"feeds      {name}, {dates:,} dates, {size:.1f} MB: file {file:.2f} ms, ", end="")
        print(f"first {first:.1f} ms = {first / file:.1f} files, again {again:.2f} ms = {again / file:.1f}")
        kept = kept and dates == DATES and first <= SLOWEST_FIRST * file and again <= SLOWEST_AGAIN * file
    more = memory() - before
    etag = re.search(rb"ETag: (\S+)", _ask(port, paths[-1], headers)[0])
    known = {"Accept-Encoding": "gzip", "If-None-Match": etag[1].decode() if etag else ""}
    assert _answer(port, paths[-1], known)[:12].tobytes() == b"HTTP/1.1 304"
    unchanged = _times(port, [paths[-1]] * AGAIN, known)
    bare = _times(port, ["/bare/200"] * AGAIN, known)
    print(f"feeds      304 {unchanged:.2f} ms, bare view {bare:.2f} ms: {unchanged / bare:.2f} times")
    print(f"feeds      {more:.0f} MB more memory in the larger worker")
    return kept and unchanged <= SLOWEST_304 * bare and more < MOST_MB


def _in_turn(port: int, paths: Sequence[str], file: str, headers: Headers) -> tuple[float, float, float]:
    """Medians of first, again and the file, in milliseconds.

    One after the other, so that all three are asked of a machine in the same state: right after a pause
    the same file takes half as long again.
    """
    _times(port, [file], headers)
    rounds = [[_times(port, [each], headers) for each in (path, path, file)] for path in paths]
    first, again, files = (statistics.median(column) for column in zip(*rounds, strict=True))
    return first, again, files


def _question(number: int) -> str:
    """Another one each time, all of the same many activities."""
    return f"/activities/calendar.ics?near=HX1@53.725,-1.864&radius={90 + number / 100:g}"


def _times(port: int, paths: Sequence[str], headers: Headers) -> float:
    """The median, in milliseconds."""
    taken = []
    for path in paths:
        began = time.perf_counter()
        _answer(port, path, headers)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def _ask(port: int, path: str, headers: Headers) -> tuple[bytes, bytes]:
    head, _, body = _answer(port, path, headers).tobytes().partition(b"\r\n\r\n")
    return head, body


def _answer(port: int, path: str, headers: Headers) -> memoryview:
    """Read into memory that is there already: what is measured is the server, not this client."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{lines}Connection: close\r\n\r\n"
    length = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request.encode())
        while read := connection.recv_into(ANSWER[length:]):
            length += read
    if not ANSWER[:12].tobytes().startswith((b"HTTP/1.1 200", b"HTTP/1.1 304")):
        raise RuntimeError(f"{path}: {ANSWER[:200].tobytes()!r}")
    return ANSWER[:length]


def _most_memory(pid: int) -> float:
    """The most that one of the workers has ever held, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    statuses = [Path(f"/proc/{child}/status").read_text() for child in children]
    return max(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) for status in statuses) / 1024  # ty: ignore


if __name__ == "__main__":
    sys.exit(main())
