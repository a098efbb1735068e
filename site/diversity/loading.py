"""Bringing a census table into the database."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from diversity.published import LISTS, AreaRow, rows
from places.school_register.rows import BadRow
from places.staging import Progress, Skipped, one, opened, stage

STAGED = "diversity_baseline_staged"
STAGING = f"CREATE TEMPORARY TABLE {STAGED} (line integer, area_code text, counts jsonb) ON COMMIT DROP"


@dataclass
class Loaded:
    areas: int = 0
    added: int = 0
    changed: int = 0
    skipped: Skipped = field(default_factory=Skipped)

    def words(self) -> Iterator[str]:
        yield (
            f"{self.areas:,} areas read: {self.added:,} added, {self.changed:,} changed, "
            f"{self.areas - self.added - self.changed:,} as they were."
        )
        yield from self.skipped.words()


def load(file: Path, *, code_list: str, progress: Progress | None = None) -> Loaded:
    """Make the baseline of each area say what the file says. Running it again changes nothing.

    1. Rows go by COPY into a table of this transaction.
    2. Of an area that stands there twice the first row counts.
    3. What is new and what is another is counted, then one statement adds and changes it.

    Raises `BadFile` for a file that cannot be such a table, and then changes nothing.
    """
    with opened(file, progress) as (stream, tell), transaction.atomic(), connection.cursor() as cursor:
        found = rows(stream, LISTS[code_list])
        cursor.execute("LOCK TABLE diversity_baseline IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(STAGING)
        copy = f"COPY {STAGED} (line, area_code, counts) FROM STDIN"
        skipped = stage(cursor, copy, found, _tuples, tell)
        _leave_out_seconds(cursor, skipped)
        loaded = Loaded(*_counted(cursor, code_list), skipped=skipped)
        cursor.execute(
            f"""
            INSERT INTO diversity_baseline (area_code, code_list, counts)
            SELECT area_code, %s, counts FROM {STAGED}
            ON CONFLICT (area_code, code_list) DO UPDATE SET counts = excluded.counts
            WHERE diversity_baseline.counts <> excluded.counts
            """,  # noqa: S608 (all of it is ours) # nosec B608
            [code_list],
        )
        cursor.execute(f"DROP TABLE {STAGED}")
    return loaded


def _tuples(batch: Sequence[AreaRow]) -> Iterator[tuple[Any, ...]]:
    for row in batch:
        yield row.line, row.area_code, json.dumps(dict(row.counts))


def _leave_out_seconds(cursor: CursorWrapper, skipped: Skipped) -> None:
    cursor.execute(
        f"""
        DELETE FROM {STAGED} later USING {STAGED} first
        WHERE first.area_code = later.area_code AND first.line < later.line
        RETURNING later.line, later.area_code
        """  # noqa: S608 (all of it is ours) # nosec B608
    )
    for line, area_code in sorted(set(cursor.fetchall())):
        skipped.add(BadRow(line, f"the area {area_code} a second time"))


def _counted(cursor: CursorWrapper, code_list: str) -> tuple[int, int, int]:
    """Areas read, added and changed."""
    question = f"""
        SELECT count(*), count(*) FILTER (WHERE known.id IS NULL),
            count(*) FILTER (WHERE known.counts <> s.counts)
        FROM {STAGED} s
        LEFT JOIN diversity_baseline known ON known.area_code = s.area_code AND known.code_list = %s
    """  # noqa: S608 (all of it is ours) # nosec B608
    areas, added, changed = one(cursor, question, [code_list])
    return areas, added, changed
