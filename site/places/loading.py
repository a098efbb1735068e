"""Bringing the postcode directory into the database, all of it or some places' part."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from places import directory, outcodes
from places.models import Outcode

ROWS_AT_ONCE = 20_000
NEXT = "CREATE TABLE places_postcode_next (LIKE places_postcode INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
COPY = "COPY places_postcode_next (code, latitude, longitude, area_code) FROM STDIN (FREEZE)"
# Shows how far a load has come: bytes read, bytes in all.
Progress = Callable[[int, int], None]


class Loaded(NamedTuple):
    postcodes: int
    outcodes: int
    in_directory: int


class Scope(NamedTuple):
    """Which outcodes to load whole. One that is loaded already is always loaded again."""

    everything: bool = False
    areas: frozenset[str] = frozenset()
    """Local authorities: each outcode that has a postcode there."""
    postcode_areas: frozenset[str] = frozenset()
    """The letters at the beginning: HX, BD."""
    outcodes: frozenset[str] = frozenset()

    def chosen(self, batch: directory.Batch) -> set[str]:
        names = set(batch.outcodes)
        if self.everything:
            return names
        here = {
            outcode for outcode, area in zip(batch.outcodes, batch.areas, strict=True) if area in self.areas
        }
        return here | {
            outcode
            for outcode in names
            if outcode in self.outcodes or letters(outcode) in self.postcode_areas
        }


def letters(outcode: str) -> str:
    """The postcode area: the letters before the first digit."""
    return outcode[: next((at for at, sign in enumerate(outcode) if sign.isdigit()), len(outcode))]


def load(scope: Scope, *, files: list[Path] | None = None, progress: Progress | None = None) -> Loaded:
    """Fill the tables afresh from the directory. Running it again changes nothing but the edition.

    1. The chosen rows go by COPY into a new table without indexes; outcodes are counted on the way.
    2. The new table gets its indexes, and its statistics.
    3. It takes the old one's name, and outcodes are replaced.

    All in one transaction: readers see the old directory until it ends, and wait only for the renaming.
    """
    files = directory.files() if files is None else files
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE places_outcode IN SHARE ROW EXCLUSIVE MODE")
        already = Outcode.objects.filter(complete=True).values_list("code", flat=True)
        scope = scope._replace(outcodes=scope.outcodes | frozenset(already))
        edition = 1 + (Outcode.objects.aggregate(last=Max("edition"))["last"] or 0)
        cursor.execute(NEXT)
        known = _copy(cursor, scope, files, edition, progress)
        _take_over(cursor)
        Outcode.objects.all().delete()
        Outcode.objects.bulk_create(known, batch_size=1000)
    outcodes.forget()
    complete = [outcode for outcode in known if outcode.complete]
    return Loaded(_postcodes_of(complete), len(complete), _postcodes_of(known))


def _postcodes_of(known: list[Outcode]) -> int:
    return sum(outcode.postcodes for outcode in known)


def _take_over(cursor: CursorWrapper) -> None:
    """Give the new table the old one's indexes and name. A test compares the two tables' definitions."""
    for statement in (
        "ALTER TABLE places_postcode_next ADD CONSTRAINT places_postcode_next_pkey PRIMARY KEY (code)",
        "CREATE INDEX postcode_by_area_next ON places_postcode_next (area_code)",
        "ANALYZE places_postcode_next",
        "DROP TABLE places_postcode",
        "ALTER TABLE places_postcode_next RENAME TO places_postcode",
        "ALTER INDEX places_postcode_next_pkey RENAME TO places_postcode_pkey",
        "ALTER INDEX postcode_by_area_next RENAME TO postcode_by_area",
    ):
        cursor.execute(statement)


def _copy(
    cursor: CursorWrapper, scope: Scope, files: list[Path], edition: int, progress: Progress | None
) -> list[Outcode]:
    known: list[Outcode] = []
    done, total = 0, sum(file.stat().st_size for file in files)
    with cursor.copy(COPY) as copy:
        for file, batch in directory.batches(files):
            chosen = scope.chosen(batch)
            for start in range(0, len(batch.codes), ROWS_AT_ONCE):
                copy.write("".join(_lines(batch, chosen, slice(start, start + ROWS_AT_ONCE))))
            known += _outcodes(batch, chosen, edition)
            done += file.stat().st_size
            if progress:
                progress(done, total)
    return known


def _lines(batch: directory.Batch, chosen: set[str], rows: slice) -> Iterator[str]:
    """COPY's text format. Seven decimals are a centimetre."""
    where = zip(batch.latitudes[rows].tolist(), batch.longitudes[rows].tolist(), strict=True)
    what = zip(batch.codes[rows], batch.outcodes[rows], batch.areas[rows], strict=True)
    for (code, outcode, area), (latitude, longitude) in zip(what, where, strict=True):
        if outcode in chosen:
            position = "\\N\t\\N" if math.isnan(latitude) else f"{latitude:.7f}\t{longitude:.7f}"
            yield f"{code}\t{position}\t{area}\n"


def _outcodes(batch: directory.Batch, chosen: set[str], edition: int) -> Iterator[Outcode]:
    names, which = np.unique(batch.outcodes, return_inverse=True)
    areas: list[Counter[str]] = [Counter() for _ in names]
    for index, area in zip(which, batch.areas, strict=True):
        areas[index][area] += 1
    placed = ~np.isnan(batch.latitudes)
    counts = np.bincount(which[placed], minlength=len(names))
    sums = [
        np.bincount(which[placed], weights=degrees[placed], minlength=len(names))
        for degrees in (batch.latitudes, batch.longitudes)
    ]
    for index, name in enumerate(names):
        north, east = (sums[axis][index] / counts[index] if counts[index] else None for axis in (0, 1))
        yield Outcode(
            code=str(name),
            latitude=north,
            longitude=east,
            area_code=areas[index].most_common(1)[0][0],
            postcodes=areas[index].total(),
            complete=name in chosen,
            edition=edition,
        )
