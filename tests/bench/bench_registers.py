"""What a session's page and an organisation's year ask of the database, among 1,000,000 registers and
10,000,000 counters. Run as a module.

Registers are written for the dates that the benchmark's database has to come, and read as if they were over.
"""

import datetime
import os
import statistics
import sys
from typing import Any
from unittest import mock

from tests.bench import starting

ACTIVITIES, TIMES = int(os.environ.get("MINGLE_ACTIVITIES", "20000")), 9
SESSION_MILLISECONDS, YEAR_MILLISECONDS = 30, 60
# Five groups, three ages and "been before" make ten counters a register.
FILL = """
    WITH register AS (
        INSERT INTO events_register (occurrence_id, came, edition)
        SELECT id, 20 + id %% 25, 1 FROM events_occurrence WHERE state <> 'cancelled' ORDER BY id
        ON CONFLICT DO NOTHING
        RETURNING occurrence_id
    )
    INSERT INTO events_counter (register_id, question, source, answer, number)
    SELECT register.occurrence_id, told.question, 'typed', told.answer,
        1 + (register.occurrence_id * told.place) %% 12
    FROM register CROSS JOIN (VALUES
        ('group', 'asian', 3), ('group', 'black', 5), ('group', 'mixed', 7), ('group', 'white', 11),
        ('group', 'other', 13), ('age', '8-10', 17), ('age', '11-13', 19), ('age', '14-16', 23),
        ('before', 'first-time', 29), ('before', 'been-before', 31)
    ) AS told (question, answer, place)
"""


def main() -> int:
    """Fill, then open both pages; 1 where a budget is broken, else 0."""
    starting.start()
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from accounts import second_factors  # noqa: PLC0415
    from accounts.models import User  # noqa: PLC0415
    from events.models import Occurrence  # noqa: PLC0415
    from mingle.demo import people  # noqa: PLC0415
    from tests.bench import filling  # noqa: PLC0415

    filled = filling.prepare(ACTIVITIES)
    _fill()
    officer = User.objects.get(email=people.OFFICER.email)
    second_factors.enrol_app(officer)
    last = Occurrence.objects.select_related("activity__host").latest("starts_at")
    later = last.ends_at + datetime.timedelta(days=1)
    pages = (
        ("session", reverse("organise_date_mixing", args=[last.uuid]), SESSION_MILLISECONDS),
        (
            "organisation's year",
            reverse("organise_mixing", args=[last.activity.host.slug]),
            YEAR_MILLISECONDS,
        ),
    )
    with mock.patch("django.utils.timezone.now", return_value=later):
        client = Client(SERVER_NAME="localhost")
        client.force_login(officer)
        kept = [_measure(client, *page) for page in pages]
    return 0 if filled and all(kept) else 1


def _fill() -> None:
    """As far as they are missing, set by set."""
    from django.db import connection  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from events.actions import sums  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(FILL, [])
        print(f"registers  {cursor.rowcount:,} counters written", flush=True)
    sums.recount_lately(now=timezone.now(), dry_run=False)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) events_register, events_counter")
        for table in ("register", "counter"):
            cursor.execute(f"SELECT count(*) FROM events_{table}")  # noqa: S608
            print(f"registers  {cursor.fetchall()[0][0]:,} {table}s", flush=True)


def _measure(client: Any, name: str, path: str, budget: int) -> bool:
    """The database's time alone; the first time, which plans and warms, is not counted."""
    from tests.bench.database_time import Queries  # noqa: PLC0415

    times = []
    for _ in range(TIMES + 1):
        with Queries() as queries:
            answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        times.append(sum(queries.seconds) * 1000)
    median = statistics.median(times[1:])
    print(
        f"registers  {name}: {median:.1f} ms of database time, slowest {max(times[1:]):.1f} ms "
        f"(budget {budget}), {len(queries.seconds)} queries{'' if median < budget else ': BROKEN'}",
        flush=True,
    )
    return median < budget


if __name__ == "__main__":
    sys.exit(main())
