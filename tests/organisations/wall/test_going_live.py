"""Whatever an organiser asks for in the CMS and the workspace, nothing is public before its time."""

import datetime
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from events import index
from events.actions import publishing
from events.models import Activity, Review
from organisations.models import Organisation
from organisations.models.organisation import FIRST_REVIEWED
from tests.organisations.wall import friend, sessions, world
from tests.organisations.wall.camp import Camp
from tests.organisations.wall.conftest import NOW
from tests.organisations.wall.crawler import Crawl

# Every view that can bring a page before the public, or make one.
CAN_PUBLISH = r"wagtailadmin_pages:|bulk|organise|import"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def _new(camp: Camp) -> None:
    """Nobody has looked at any activity of theirs yet."""
    _take_off(activities_of(camp), by=camp.owner)
    Review.objects.filter(activity__in=activities_of(camp)).delete()
    Organisation.objects.filter(pk=camp.organisation.pk).update(reviews_left=FIRST_REVIEWED)


def _lapsed(camp: Camp) -> None:
    """Their declaration held until yesterday, and last night's work has run."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Organisation.objects.filter(pk=camp.organisation.pk).update(declaration_until=yesterday)
    call_command("nightly")


def _take_off(activities: QuerySet[Activity], by: User) -> None:
    for activity in activities.filter(live=True):
        publishing.unpublish(activity=activity, by=by)


def activities_of(camp: Camp) -> QuerySet[Activity]:
    return Activity.objects.descendant_of(camp.organisation.page)


def shown_to_visitors(camp: Camp, client: Client) -> set[str]:
    """Where a visitor meets one of the organisation's activities."""
    calendar = client.get(f"/organisers/{camp.organisation.slug}/calendar.ics")
    told = [event for event in Calendar.from_ical(calendar.content).events if event["STATUS"] == "CONFIRMED"]
    found = {str(event["SUMMARY"]) for event in told}
    if camp.token in client.get("/activities/?q=gathering").content.decode():
        found.add("/activities/")
    own = (activity.get_url() for activity in activities_of(camp))
    return found | {path for path in own if client.get(path).status_code == 200}


@pytest.mark.parametrize(
    ("barred", "reached"),
    [(_new, False), (_lapsed, False), (lambda camp: None, True)],
    ids=["before review", "after a lapse", "neither, and everything is found"],
)
def test_no_address_makes_a_page_public_before_its_time(
    camps: world.World, client: Client, monkeypatch, barred: Callable[[Camp], None], reached: bool
):
    """Publish, schedule and wait, copy, move, revert, in bulk, by an import: whatever there is to press."""
    camp = camps.camps[0]
    crawl = Crawl(camps, sessions.owner(camps), only=CAN_PUBLISH, own=True)

    def deeds() -> None:
        _take_off(Activity.objects.filter(host__slug=friend.SLUG), by=friend.found().head)
        barred(camp)
        index.forget()
        crawl.everywhere()
        monkeypatch.setattr(timezone, "now", lambda: NOW + datetime.timedelta(days=2))
        call_command("tick")
        call_command("nightly")
        index.forget()
        made.extend(activities_of(camp).values_list("title", flat=True))
        shown.extend(sorted(shown_to_visitors(camp, client)))

    made: list[str] = []
    shown: list[str] = []
    crawl.compare(deeds)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    index.forget()
    assert len(made) > 2, "nothing was made"
    assert bool(shown) is reached, shown
