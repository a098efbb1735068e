"""Bringing the national register of schools into the database: all of it, as one set, in one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from places import grid, school_words
from places.models import TEACHING, School, SchoolStatus
from places.school_register.rows import BadFile
from places.school_register.schools import SchoolFile, SchoolRow
from places.signals import school_register_changed
from places.staging import Progress, Skipped, columns, one, opened, stage

AS_READ = tuple(
    name for name in SchoolRow._fields if name not in {"line", "easting", "northing"}
)  # under the names of the model's fields
FIELDS = (*AS_READ, "latitude", "longitude")
STAGED = "places_school_staged"
STAGING = f"CREATE TEMPORARY TABLE {STAGED} (LIKE places_school EXCLUDING GENERATED) ON COMMIT DROP"
HERE = {"easting": "latitude", "northing": "longitude"}
# A file that closes more than half of all schools is not the register.
MOST_CLOSED = 0.5


@dataclass
class Loaded:
    """What became of the register. `absent` are open schools of which the file does not tell."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    closed: int = 0
    reopened: int = 0
    absent: int = 0
    skipped: Skipped = field(default_factory=Skipped)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.closed or self.reopened)

    def words(self, *, absent_are_closed: bool) -> Iterator[str]:
        yield (
            f"{self.rows:,} schools read: {self.added:,} added, {self.changed:,} changed, "
            f"{self.closed:,} closed, {self.reopened:,} open again."
        )
        if self.absent and not absent_are_closed:
            yield (
                f"{self.absent:,} open schools are not in the file and stay as they are. "
                "If the file has every open school, run it with --absent-are-closed."
            )
        yield from self.skipped.words()


def load(file: Path, *, absent_are_closed: bool = False, progress: Progress | None = None) -> Loaded:
    """Make the register say what the file says. Running it again changes nothing.

    1. Rows go by COPY into a table of this transaction; positions are computed some thousand at a time.
    2. What will become of each is counted beside what is known.
    3. One statement adds and changes. Rows are never deleted; a field of which the file does not tell stays.
    4. With `absent_are_closed` an open school of which the file does not tell is closed.

    Raises `BadFile` for a file that cannot be the register, and then changes nothing.
    """
    with (
        opened(file, progress) as (stream, tell),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        schools = SchoolFile(stream)
        cursor.execute("LOCK TABLE places_school IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(STAGING)
        copy = f"COPY {STAGED} ({columns(FIELDS)}) FROM STDIN"
        skipped = stage(cursor, copy, iter(schools), _tuples, tell)
        cursor.execute(f"ANALYZE {STAGED}")
        told = [HERE.get(name, name) for name in (*AS_READ, *HERE) if name in schools.says]
        loaded = _counted(cursor, told)
        loaded.skipped = skipped
        cursor.execute(_merge(told))
        if absent_are_closed:
            loaded.closed += _close_absent(cursor)
        cursor.execute(f"DROP TABLE {STAGED}")
        if loaded:
            school_words.refresh()
            cursor.execute("ANALYZE places_school, places_schoolword")
            school_register_changed.send(sender=School)
    return loaded


def _tuples(batch: Sequence[SchoolRow]) -> Iterator[tuple[Any, ...]]:
    """Grid references as positions. Seven decimals are a centimetre."""
    east = [np.nan if row.easting is None else row.easting for row in batch]
    north = [np.nan if row.northing is None else row.northing for row in batch]
    latitudes, longitudes = grid.positions(east, north)
    for row, latitude, longitude in zip(batch, latitudes.tolist(), longitudes.tolist(), strict=True):
        is_known = latitude == latitude
        where = (round(latitude, 7), round(longitude, 7)) if is_known else (None, None)
        yield (*(getattr(row, name) for name in AS_READ), *where)


def _after(name: str, told: Sequence[str], *, known: str, new: str) -> str:
    """What a known school will have in a field of which the file may not tell."""
    if name in told:
        return f"{new}.{name}"
    if name == "closed_on":
        return f"CASE WHEN {new}.status = 'open' THEN NULL ELSE {known}.closed_on END"
    return f"{known}.{name}"


def _counted(cursor: CursorWrapper, told: Sequence[str]) -> Loaded:
    after = ", ".join(_after(name, told, known="k", new="s") for name in FIELDS)
    teaching = sorted(TEACHING)
    question = f"""
        SELECT count(s.urn),
            count(s.urn) FILTER (WHERE k.urn IS NULL),
            count(*) FILTER (WHERE k.status <> 'closed' AND s.status = 'closed'),
            count(*) FILTER (WHERE k.status = 'closed' AND s.status = ANY(%s)),
            count(*) FILTER (WHERE k.urn IS NOT NULL AND s.urn IS NOT NULL
                AND ({columns(FIELDS, "k")}) IS DISTINCT FROM ({after})),
            count(*) FILTER (WHERE s.urn IS NULL AND k.status = ANY(%s))
        FROM {STAGED} s FULL JOIN places_school k ON k.urn = s.urn
    """  # noqa: S608 (all of it is ours) # nosec B608
    rows, added, closed, reopened, differing, absent = one(cursor, question, [teaching, teaching])
    return Loaded(rows, added, differing - closed - reopened, closed, reopened, absent)


def _merge(told: Sequence[str]) -> str:
    """An insert where the number is new; else an update, of those rows only that it changes."""
    after = ", ".join(_after(name, told, known="known", new="excluded") for name in FIELDS)
    return f"""
        INSERT INTO places_school AS known ({columns(FIELDS)})
        SELECT {columns(FIELDS)} FROM {STAGED} ORDER BY urn
        ON CONFLICT (urn) DO UPDATE SET ({columns(FIELDS)}) = ROW({after})
        WHERE ({columns(FIELDS, "known")}) IS DISTINCT FROM ({after})
    """  # noqa: S608 (all of it is ours) # nosec B608


def _close_absent(cursor: CursorWrapper) -> int:
    teaching = sorted(TEACHING)
    (known,) = one(cursor, "SELECT count(*) FROM places_school WHERE status = ANY(%s)", [teaching])
    cursor.execute(
        f"""
        UPDATE places_school k SET status = %s
        WHERE status = ANY(%s) AND NOT EXISTS (SELECT FROM {STAGED} s WHERE s.urn = k.urn)
        """,  # noqa: S608 (all of it is ours) # nosec B608
        [SchoolStatus.CLOSED, teaching],
    )
    if cursor.rowcount > known * MOST_CLOSED:
        raise BadFile(
            f"That would close {cursor.rowcount:,} of {known:,} open schools: "
            "the file is not the whole register."
        )
    return cursor.rowcount
