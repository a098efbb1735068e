"""Bodies compressed piece by piece are one gzip stream, the same each time."""

import gzip
import threading
import zlib
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from events.feeds.zipping import Zipping

GZIP_ONLY = 16 + zlib.MAX_WBITS
PIECES = st.lists(st.binary(max_size=300) | st.text(max_size=300).map(str.encode), max_size=6)


@given(pieces=PIECES)
def test_what_is_unpacked_is_all_pieces_in_their_order(pieces: list[bytes]) -> None:
    assert gzip.decompress(Zipping(pieces).finish()) == b"".join(pieces)


@given(pieces=PIECES)
def test_it_is_one_member_since_many_apps_read_no_further(pieces: list[bytes]) -> None:
    reader = zlib.decompressobj(GZIP_ONLY)
    assert reader.decompress(Zipping(pieces).finish()) == b"".join(pieces)
    assert (reader.eof, reader.unused_data) == (True, b"")


def test_it_says_neither_when_nor_where_it_was_made() -> None:
    header = Zipping([b"words"]).finish()[:10]
    assert header == bytes([31, 139, 8, 0, 0, 0, 0, 0, 4, 255])


def test_bodies_made_at_once_are_the_octets_of_each_made_alone() -> None:
    bodies = [[b"%d words " % (each * number) * 5_000 for each in range(9)] for number in range(8)]
    alone = [Zipping(pieces).finish() for pieces in bodies]
    together: dict[int, bytes] = {}
    gate = threading.Barrier(len(bodies))

    def compress(number: int) -> None:
        zipping = Zipping()
        gate.wait()
        for piece in bodies[number]:
            zipping.add(piece)
        together[number] = zipping.finish()

    threads = [threading.Thread(target=compress, args=[number]) for number in range(len(bodies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[number] for number in range(len(bodies))] == alone


def test_a_piece_is_compressed_before_the_next_is_there() -> None:
    zipping = Zipping()

    def pieces() -> Iterator[bytes]:
        yield b"one " * 1_000
        assert zipping._pieces[0].result()
        yield b"two " * 1_000

    for piece in pieces():
        zipping.add(piece)
    assert gzip.decompress(zipping.finish()) == b"one " * 1_000 + b"two " * 1_000


def test_repeated_words_become_few_octets() -> None:
    assert len(Zipping([b"Football on Tuesday. " * 40_000]).finish()) < 10_000
