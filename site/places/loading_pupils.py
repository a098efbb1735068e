"""Bringing the school census into the database: pupils by ethnic group and free meals, by school and year."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from places.school_register.pupils import PupilFile, PupilRow
from places.school_register.rows import BadRow
from places.staging import Progress, Skipped, columns, one, opened, stage

FIELDS = ("school_id", "year", "headcount", "free_meals", "groups")
STAGED = "places_schoolpupils_staged"
STAGING = f"""
    CREATE TEMPORARY TABLE {STAGED} (
        line integer, school_id integer, year smallint, headcount integer,
        free_meals numeric(5, 2), groups jsonb
    ) ON COMMIT DROP
"""


@dataclass
class Loaded:
    rows: int = 0
    added: int = 0
    changed: int = 0
    other_years: int = 0
    skipped: Skipped = field(default_factory=Skipped)
    unknown: Counter[str] = field(default_factory=Counter)
    """Figures that rows which can be read are without, by the reason."""

    def words(self) -> Iterator[str]:
        yield (
            f"{self.rows:,} schools' pupils read: {self.added:,} added, {self.changed:,} changed, "
            f"{self.rows - self.added - self.changed:,} as they were."
        )
        if self.other_years:
            yield f"{self.other_years:,} rows are of other years."
        if self.unknown:
            yield f"{self.unknown.total():,} figures of rows that can be read are not known, and stay so:"
            for why, number in self.unknown.most_common():
                yield f"  {number:,}: {why}"
        yield from self.skipped.words()


def load(
    file: Path, *, year: int | None = None, zero_is_unknown: bool = False, progress: Progress | None = None
) -> Loaded:
    """Make the census of each school and year say what the file says. Running it again changes nothing.

    1. Rows go by COPY into a table of this transaction.
    2. Those of schools that the register does not know are left out, by name of their line.
    3. What is new and what is another is counted, then one statement adds and changes it.

    Raises `BadFile` for a file that cannot be the census, and then changes nothing.
    """
    with (
        opened(file, progress) as (stream, tell),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        pupils = PupilFile(stream, only=year, zero_is_unknown=zero_is_unknown)
        cursor.execute("LOCK TABLE places_schoolpupils IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(STAGING)
        copy = f"COPY {STAGED} ({columns(('line', *FIELDS))}) FROM STDIN"
        skipped = stage(cursor, copy, iter(pupils), _tuples, tell)
        cursor.execute(f"ANALYZE {STAGED}")
        _leave_out_strangers(cursor, skipped)
        loaded = _counted(cursor)
        loaded.skipped, loaded.other_years, loaded.unknown = skipped, pupils.other_years, pupils.unknown
        cursor.execute(_merge())
        cursor.execute(f"DROP TABLE {STAGED}")
        if loaded.added or loaded.changed:
            cursor.execute("ANALYZE places_schoolpupils")
    return loaded


def _tuples(batch: Sequence[PupilRow]) -> Iterator[tuple[Any, ...]]:
    for row in batch:
        yield row.line, row.urn, row.year, row.headcount, row.free_meals, json.dumps(dict(row.counts))


def _leave_out_strangers(cursor: CursorWrapper, skipped: Skipped) -> None:
    """Schools that the register does not know."""
    cursor.execute(
        f"""
        DELETE FROM {STAGED} s WHERE NOT EXISTS (SELECT FROM places_school k WHERE k.urn = s.school_id)
        RETURNING line, school_id
        """  # noqa: S608 (all of it is ours) # nosec B608
    )
    for line, urn in sorted(cursor.fetchall()):
        skipped.add(BadRow(line, f"the register has no school {urn}"))


def _counted(cursor: CursorWrapper) -> Loaded:
    question = f"""
        SELECT count(*), count(*) FILTER (WHERE k.id IS NULL),
            count(*) FILTER (WHERE k.id IS NOT NULL
                AND ({columns(FIELDS, "k")}) IS DISTINCT FROM ({columns(FIELDS, "s")}))
        FROM {STAGED} s LEFT JOIN places_schoolpupils k USING (school_id, year)
    """  # noqa: S608 (all of it is ours) # nosec B608
    return Loaded(*one(cursor, question))


def _merge() -> str:
    told = columns(FIELDS, "excluded")
    return f"""
        INSERT INTO places_schoolpupils AS known ({columns(FIELDS)})
        SELECT {columns(FIELDS)} FROM {STAGED} ORDER BY school_id, year
        ON CONFLICT (school_id, year) DO UPDATE SET ({columns(FIELDS)}) = ROW({told})
        WHERE ({columns(FIELDS, "known")}) IS DISTINCT FROM ({told})
    """  # noqa: S608 (all of it is ours) # nosec B608
