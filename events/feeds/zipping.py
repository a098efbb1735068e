"""Compresses a body in pieces, each by itself: in threads, and while the next ones are being made.

A piece ends at an octet (RFC 1951, 3.2.4, a stored block without content), so that pieces can follow each
other in one stream (RFC 1952). The same pieces give the same octets, whoever compressed them when.
"""

import functools
import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from isal import isal_zlib

LEVEL = 1
MOST_MEMORY = 9  # a tenth quicker than as much as is usual
# No name, no time, whatever system: RFC 1952, 2.3.
HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"
LAST_BLOCK = b"\x03\x00"


class Zipping:
    """One body on its way."""

    def __init__(self, pieces: Iterable[bytes] = ()) -> None:
        self._pieces: list[Future[bytes]] = []
        self._checksum = self._size = 0
        for piece in pieces:
            self.add(piece)

    def add(self, piece: bytes) -> None:
        self._pieces.append(_threads().submit(_compressed, piece))
        self._checksum = isal_zlib.crc32(piece, self._checksum)
        self._size += len(piece)

    def finish(self) -> bytes:
        """The whole, in gzip's form."""
        trailer = self._checksum.to_bytes(4, "little") + (self._size % 2**32).to_bytes(4, "little")
        return b"".join([HEADER, *(piece.result() for piece in self._pieces), LAST_BLOCK, trailer])


@functools.cache
def _threads() -> ThreadPoolExecutor:
    """A worker's own, made after it was forked."""
    return ThreadPoolExecutor(os.cpu_count(), "zipping")


# A fork takes no threads along.
os.register_at_fork(after_in_child=_threads.cache_clear)


def _compressed(piece: bytes) -> bytes:
    """The compressor lets other threads run meanwhile."""
    compressor = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS, MOST_MEMORY)
    return compressor.compress(piece) + compressor.flush(isal_zlib.Z_SYNC_FLUSH)
