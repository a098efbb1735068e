"""Files of the postcode directory's form with a few rows."""

from collections import defaultdict
from pathlib import Path

import brotli
import msgpack


def write(folder: Path, rows: list[tuple]) -> list[Path]:
    """One file a letter. A row: letter, then the code as the directory spaces it, area, easting, northing."""
    letters: dict[str, list[tuple]] = defaultdict(list)
    for letter, *fields in rows:
        letters[letter].append((*fields, *("E08000033", 409000.0, 425000.0)[len(fields) - 1 :]))
    for letter, fields in letters.items():
        names = ("pcd", "laua", "oseast1m", "osnrth1m")
        columns = dict(zip(names, map(list, zip(*fields, strict=True)), strict=True))
        nan = float("nan")
        data = {
            name: [nan if value is None else value for value in column] for name, column in columns.items()
        }
        packed = msgpack.packb({"columns": list(names), "data": data})
        (folder / f"postcodes_{letter}.msgpack.br").write_bytes(brotli.compress(packed))
    return sorted(folder.glob("*.br"))
