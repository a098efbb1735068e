"""How public pages and calendars reach the dates that they show: by an index, however many there are."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import vocabularies
from events.feeds import reading
from events.models import Activity, CalendarEntry, Occurrence
from mingle.demo.bulk import material, writing
from tests.bench import plans
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_officer

# Without it a run of this file alone has no database of its own.
pytestmark = pytest.mark.django_db

ACTIVITIES = 40
# A feed asks for the coming dates, and for earlier ones where these leave room.
BY_HAND = {
    "activity": 3,
    "feed": 2,
    "feed of everything": 2,
    "feed of an activity": 2,
    "feed of an organisation": 2,
    "one date": 1,
}


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


@pytest.mark.parametrize("name", plans.PAGES)
def test_no_page_reads_all_dates_to_find_some(name: str, activity: Activity) -> None:
    asked, by_hand = plans.of(plans.addresses(activity)[name])
    assert [found for plan in [*asked, *by_hand] for found in plans.scanned(plan)] == []
    assert len(by_hand) == BY_HAND.get(name, 0)


@pytest.mark.usefixtures("activity")
def test_the_soonest_of_everything_are_found_by_an_index() -> None:
    with plans.read_by_hand() as found:
        assert len(reading.soonest(timezone.now(), most=20).own) == 20
    assert [len(found), *(plans.scanned(plan) for plan in found)] == [1, []]


@pytest.mark.usefixtures("activity")
def test_a_plan_that_reads_all_dates_is_found() -> None:
    with CaptureQueriesContext(connection) as queries:
        list(CalendarEntry.objects.filter(text__contains="Bring a towel"))
        list(Occurrence.objects.filter(notice="Bring a towel"))
    assert [found for plan in plans.of_queries(queries) for found in plans.scanned(plan)] == [
        "events_calendarentry",
        "events_occurrence",
    ]
