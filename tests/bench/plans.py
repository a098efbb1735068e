"""How public pages and calendars reach the dates that they show, as the planner says it.

Asked in a small database with reading in order forbidden (`tests/events/views/test_plans.py`), and of the
benchmark's as it is (`bench_plans`).
"""

import contextlib
import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import psycopg
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.addresses import path_of
from events.feeds import reading
from events.models import Activity, Occurrence

PAGES = {
    "first page": "/",
    "list": "/activities/?type=football&when=month&age=9",
    "calendar": "/activities/?view=calendar",
    "map": "/activities/?view=map",
    "place": "/in/{place}/",
    "organisation": "/organisers/{host}/",
    "activity": "{activity}",
    "feed": "/activities/calendar.ics?type=football",
    "feed of everything": "/activities/calendar.ics",
    "feed of an activity": "/activities/{uuid}/calendar.ics",
    "feed of an organisation": "/organisers/{host}/calendar.ics",
    "one date": "/occurrences/{date}.ics",
    "embedded list": "/embed/?type=football",
}
DATES = "events_occurrence|events_calendarentry"


class Explaining(psycopg.Cursor):
    """The cursor of what is read by hand, which Django does not see."""

    plans: list[str]

    def execute(self, query: Any, params: Any = None, **how: Any) -> "Explaining":
        if re.search(DATES, query):
            super().execute(f"EXPLAIN {query}", params, prepare=False)
            self.plans.append("\n".join(row[0] for row in self.fetchall()))
        super().execute(query, params, **how)
        return self


@contextlib.contextmanager
def read_by_hand() -> Iterator[list[str]]:
    """The plans by which dates are found there."""
    with (
        mock.patch.object(Explaining, "plans", [], create=True),
        mock.patch.object(reading.psycopg, "Cursor", Explaining),
    ):
        yield Explaining.plans


def addresses(activity: Activity) -> dict[str, str]:
    """One of each page that shows dates, as it is for this activity, its host and its place."""
    known = {
        "place": activity.host.place.slug,
        "host": activity.host.slug,
        "activity": path_of(activity),
        "uuid": activity.uuid,
        "date": Occurrence.objects.filter(activity=activity).first().uuid,
    }
    return {name: address.format(**known) for name, address in PAGES.items()}


def of(address: str) -> tuple[list[str], list[str]]:
    """The plans of what Django asks for a page, and of what is read by hand. Anything but 200 is an error."""
    with read_by_hand() as others, CaptureQueriesContext(connection) as queries:
        status = Client(SERVER_NAME="localhost").get(address).status_code
    if status != 200:
        raise RuntimeError(f"{address}: {status}")
    return of_queries(queries), others


def of_queries(queries: CaptureQueriesContext) -> list[str]:
    read = [query["sql"] for query in queries if re.match("SELECT|WITH", query["sql"] or "")]
    with connection.cursor() as cursor:
        return [_plan(cursor, sql) for sql in read if re.search(DATES, sql)]


def _plan(cursor, sql: str) -> str:
    cursor.execute(f"EXPLAIN {sql}")
    return "\n".join(row[0] for row in cursor.fetchall())


def scanned(plan: str) -> list[str]:
    """The tables of dates that a plan reads from end to end: in their own order, or in an index's."""
    nodes = re.split(r"\n *(?:->)? +(?=[A-Z][\w ]+  \(cost)", plan)
    whole = [
        node for node in nodes if "Seq Scan on" in node or ("Scan using" in node and "Cond:" not in node)
    ]
    return [found for node in whole for found in re.findall(f" on ({DATES})", node)]
