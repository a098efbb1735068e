"""Connections to every worker of a live server at the same time."""

import contextlib
import http.client
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

ACCEPT_SECONDS = 60
LOCAL, REMOTE, INODE = 1, 2, 9


def of_server(pid: int) -> set[int]:
    """Process ids of its workers: its children."""
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


@contextlib.contextmanager
def one_connection_each(url: str, server: int) -> Iterator[dict[int, http.client.HTTPConnection]]:
    """A connection by the process id of the worker that has accepted it.

    A worker reads one request at a time, and it accepts nobody else while it waits for that one. So as many
    connections as there are workers, all held open, are held by one each.
    """
    port = urlsplit(url).port
    workers = of_server(server)
    with contextlib.ExitStack() as opened:
        held = {}
        for _worker in workers:
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=ACCEPT_SECONDS)
            asking.connect()
            opened.callback(asking.close)
            held[_holder(asking.sock, workers)] = asking
        yield held


def _holder(ours: socket.socket, workers: set[int]) -> int:
    """Who has the other end, once somebody has."""
    here, there = (_as_listed(*address) for address in (ours.getsockname(), ours.getpeername()))
    give_up = time.monotonic() + ACCEPT_SECONDS
    while time.monotonic() < give_up:
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            fields = line.split()
            if (fields[LOCAL], fields[REMOTE]) == (there, here):
                for worker in workers:
                    if f"socket:[{fields[INODE]}]" in _open_files(worker):
                        return worker
    raise TimeoutError("no worker has accepted the connection")


def _open_files(pid: int) -> set[str]:
    links = set()
    for name in os.listdir(f"/proc/{pid}/fd"):
        with contextlib.suppress(FileNotFoundError):  # closed since
            links.add(os.readlink(f"/proc/{pid}/fd/{name}"))
    return links


def _as_listed(address: str, port: int) -> str:
    """As the kernel lists IPv4: the bytes of the address the other way round."""
    return f"{socket.inet_aton(address)[::-1].hex().upper()}:{port:04X}"
