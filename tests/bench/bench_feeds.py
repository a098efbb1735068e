"""Feeds of 10,000 dates beside the same bytes from a file, and 304 beside a bare view. Run as a module.

20,000 activities with 1,000,000 coming dates. One client, so that a time is what one calendar app waits.
"""

import os
import re
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.bench import starting

ACTIVITIES, DATES = 20_000, 10_000
SLOWEST_FIRST, SLOWEST_AGAIN, SLOWEST_304, MOST_MB = 10, 3, 3, 80
FIRSTS, AGAIN = 30, 600
ENCODINGS = {"plain": "identity", "compressed": "gzip"}
ANSWER = memoryview(bytearray(32 * 1024 * 1024))
CHANGE = "a change"
Headers = dict[str, str]


def main() -> int:
    """Print what was measured; 1 where a budget is broken, else 0."""
    starting.start()
    from tests.bench import filling, serving  # noqa: PLC0415

    filled = filling.prepare(ACTIVITIES)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINGLE_BENCH_FILES"] = folder
        with serving.serving() as server:
            kept = _measure(server, Path(folder))
    return 0 if filled and kept else 1


def _measure(server: Any, folder: Path) -> bool:
    kept = True
    # Pages, so that the index is there, and no feed: its memory is what is measured.
    for each in range(1, 9):
        _ask(server.port, f"/activities/?radius={each}&near=HX1@53.725,-1.864", {})
    before = _most_memory(server.pid)
    for number in range(900, 904):
        _ask(server.port, _question(number), {"Accept-Encoding": "identity"})
    files = {}
    for number, (name, encoding) in enumerate(ENCODINGS.items()):
        headers = {"Accept-Encoding": encoding}
        paths = [_question(100 * number + each) for each in range(FIRSTS)]
        (folder / name).write_bytes(_ask(server.port, _question(100 * number + FIRSTS), headers)[1])
        dates = _dates(server.port, _question(100 * number + FIRSTS))
        _ask(server.port, f"/file/{name}", headers)
        kinds = {"first": paths, "again": paths, "file": [f"/file/{name}"] * FIRSTS}
        files[name] = server.in_turn(kinds, _asking(headers))
        first, again, file = files[name].values()
        kept = kept and dates == DATES and first.ms <= SLOWEST_FIRST * file.ms
        kept = kept and again.ms <= SLOWEST_AGAIN * file.ms
    more = _most_memory(server.pid) - before
    for name, encoding in ENCODINGS.items():
        _print_after_changes(server, name, _asking({"Accept-Encoding": encoding}))
    for name, measured in files.items():
        _print(server, folder / name, measured)
    print(f"feeds      {more:.0f} MB more memory in the larger worker")
    return _is_unchanged_soon(server, paths[-1]) and kept and more < MOST_MB


def _print(server: Any, file: Path, measured: Mapping[str, Any]) -> None:
    """Beside the file and a bare view of as many bytes. Of the latter a worker keeps the bytes, so that it is
    asked only after memory was measured; beside the file again, which ties it to what was measured before."""
    size = file.stat().st_size
    kinds = {"bare view": [f"/bare/{size}"] * FIRSTS, "file": [f"/file/{file.name}"] * FIRSTS}
    beside = server.in_turn(kinds, _asking({}))
    bare = beside["bare view"].ms / beside["file"].ms
    print(f"feeds      {file.name}, {DATES:,} dates, {size / 1e6:.1f} MB; bare view {bare:.2f} files")
    for what, each in measured.items():
        times = each.ms / measured["file"].ms
        print(f"feeds      {file.name}, {what:5}: {each}; {times:.1f} files, {times / bare:.1f} times bare")


def _print_after_changes(server: Any, name: str, asking: Callable[[int, str], object]) -> None:
    """What the first reader after a public change waits, whose worker reads the soonest dates and what is
    listed anew; beside the file."""

    def changing_or_asking(port: int, path: str) -> object:
        return _change() if path == CHANGE else asking(port, path)

    paths = [_question(300 + number) for number in range(FIRSTS)]
    kinds = {CHANGE: [CHANGE] * FIRSTS, "first": paths, "file": [f"/file/{name}"] * FIRSTS}
    _, first, file = server.in_turn(kinds, changing_or_asking).values()
    print(f"feeds      {name}, first after a change: {first}; {first.ms / file.ms:.1f} files")


def _change() -> None:
    from django.db import transaction  # noqa: PLC0415

    from organisations.models import Generation  # noqa: PLC0415

    with transaction.atomic():
        Generation.objects.raised()


def _is_unchanged_soon(server: Any, path: str) -> bool:
    """Whether 304 is soon enough, which is printed."""
    etag = re.search(rb"ETag: (\S+)", _ask(server.port, path, {"Accept-Encoding": "gzip"})[0])
    known = {"Accept-Encoding": "gzip", "If-None-Match": etag[1].decode() if etag else ""}
    assert _answer(server.port, path, known)[:12].tobytes() == b"HTTP/1.1 304"
    kinds = {"304": [path] * AGAIN, "bare view": ["/bare/200"] * AGAIN}
    unchanged, bare = server.in_turn(kinds, _asking(known)).values()
    print(f"feeds      304: {unchanged}; {unchanged.ms / bare.ms:.1f} times bare")
    print(f"feeds      bare view: {bare}")
    return unchanged.ms <= SLOWEST_304 * bare.ms


def _dates(port: int, path: str) -> int:
    return len(re.findall(b"BEGIN:VEVENT", _ask(port, path, {"Accept-Encoding": "identity"})[1]))


def _question(number: int) -> str:
    """Another one each time, all of the same many activities."""
    return f"/activities/calendar.ics?near=HX1@53.725,-1.864&radius={90 + number / 100:g}"


def _asking(headers: Headers) -> Callable[[int, str], object]:
    return lambda port, path: _answer(port, path, headers)


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
