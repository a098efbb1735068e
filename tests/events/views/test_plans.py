"""How public pages and calendars reach the dates that they show: by an index, however many there are."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import vocabularies
from events.addresses import path_of
from events.feeds import reading
from events.models import Activity, CalendarEntry, Occurrence
from mingle.demo.bulk import material, writing
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_officer

# Without it a run of this file alone has no database of its own.
pytestmark = pytest.mark.django_db

ACTIVITIES = 40
PAGES = {
    "first page": "/",
    "list": "/activities/?type=football&when=month&age=9",
    "calendar": "/activities/?view=calendar",
    "map": "/activities/?view=map",
    "place": "/in/{place}/",
    "organisation": "/organisers/{host}/",
    "activity": "{activity}",
    "feed": "/activities/calendar.ics?type=football",
    "feed of an activity": "/activities/{uuid}/calendar.ics",
    "feed of an organisation": "/organisers/{host}/calendar.ics",
    "one date": "/occurrences/{date}.ics",
    "embedded list": "/embed/?type=football",
}
# A feed asks for the coming dates, and for earlier ones where these leave room.
BY_HAND = {"activity": 3, "feed": 2, "feed of an activity": 2, "feed of an organisation": 2, "one date": 1}
DATES = "events_occurrence|events_calendarentry"


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """2,000 dates that the planner knows of, in a transaction that ends with this file.

    Of a handful it would read all, and which way it took would hang on what other tests left behind. Reading
    all in the table's own order is forbidden where there is any other way.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        vocabularies.add_missing()
        hosts = [make_organisation() for _ in range(4)]
        venues = [make_venue(hosts[0]) for _ in range(4)]
        by = make_officer(hosts[0].place)
        now = timezone.now()
        drafts = material.drafts(range(ACTIVITIES), hosts=hosts, venues=venues, by=by, today=now.date())
        writing.publish(list(drafts), by=by, now=now)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def activity(filled: None) -> Iterator[Activity]:
    with transaction.atomic():
        yield Activity.objects.select_related("host__place").first()
        transaction.set_rollback(True)


class Explaining(psycopg.Cursor):
    """The cursor of what is read by hand, which Django does not see."""

    plans: list[str]

    def execute(self, query: Any, params: Any = None, **how: Any) -> "Explaining":
        if re.search(DATES, query):
            super().execute(f"EXPLAIN {query}", params, prepare=False)
            self.plans.append("\n".join(row[0] for row in self.fetchall()))
        super().execute(query, params, **how)
        return self


@pytest.fixture
def read_by_hand(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plans by which dates are found there."""
    monkeypatch.setattr(Explaining, "plans", [], raising=False)
    monkeypatch.setattr(reading.psycopg, "Cursor", Explaining)
    return Explaining.plans


def plans(queries: CaptureQueriesContext) -> list[str]:
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


@pytest.mark.parametrize("name", PAGES)
def test_no_page_reads_all_dates_to_find_some(name: str, activity: Activity, read_by_hand: list[str]) -> None:
    address = PAGES[name].format(
        place=activity.host.place.slug,
        host=activity.host.slug,
        activity=path_of(activity),
        uuid=activity.uuid,
        date=Occurrence.objects.filter(activity=activity).first().uuid,
    )
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address).status_code == 200
    assert [found for plan in [*plans(queries), *read_by_hand] for found in scanned(plan)] == []
    assert len(read_by_hand) == BY_HAND.get(name, 0)


def test_the_soonest_of_everything_are_found_by_an_index(activity: Activity, read_by_hand: list[str]) -> None:
    assert len(reading.soonest(timezone.now(), most=20).own) == 20
    assert [len(read_by_hand), *(scanned(plan) for plan in read_by_hand)] == [1, []]


def test_a_plan_that_reads_all_dates_is_found(activity: Activity) -> None:
    with CaptureQueriesContext(connection) as queries:
        list(CalendarEntry.objects.filter(text__contains="Bring a towel"))
        list(Occurrence.objects.filter(notice="Bring a towel"))
    assert [found for plan in plans(queries) for found in scanned(plan)] == [
        "events_calendarentry",
        "events_occurrence",
    ]
