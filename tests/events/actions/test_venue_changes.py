"""What follows when a venue is changed: page at once, list, cards, filters and feeds with the queue."""

import datetime
import re
from collections.abc import Callable

import icalendar
import pytest
from django.test import Client

from events import tick
from events.feeds import remembering
from events.models import Activity, RenderQueue
from organisations.actions import venues
from organisations.actions.venues import Said
from organisations.models import Answer, Generation, Venue
from tests.events.conftest import NOW
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member
from tests.factories.postcodes import HX1_1UJ, make_outcode, make_postcode

pytestmark = pytest.mark.django_db

LATER = NOW + datetime.timedelta(hours=1)
THREE_MILES_NORTH = (HX1_1UJ[0] + 0.0434, HX1_1UJ[1])
NEAR = {"near": "HX1 1UJ", "radius": "10"}
Clock = Callable[[datetime.datetime], None]


@pytest.fixture
def activity() -> Activity:
    """Twice at the postcode that families will ask from."""
    make_outcode("HX1", HX1_1UJ)
    make_postcode("HX11UJ")
    host = make_organisation("Spark")
    latitude, longitude = HX1_1UJ
    venue = make_venue(
        host, name="The pool", street="", postcode="HX1 1UJ", latitude=latitude, longitude=longitude
    )
    return make_activity("Swim", host=host, venue=venue, rules=[make_rule(times=2)])


def listed(**query: str) -> list[tuple[str, str]]:
    """Title and distance of each card."""
    html = Client().get("/activities/", query, follow=True).content.decode()
    titles = re.findall(r'card__title"><a href="[^"]+">([^<]+)<', html)
    miles = re.findall(r"([\d.]+ miles|Close by)</li>", html)
    return list(zip(titles, miles or [""] * len(titles), strict=True))


def feed() -> list[icalendar.cal.Component]:
    remembering.memory.clear()
    body = Client().get("/activities/calendar.ics").content
    return icalendar.Calendar.from_ical(body).walk("VEVENT")


def move(venue: Venue) -> None:
    latitude, longitude = THREE_MILES_NORTH
    venues.change(
        venue=venue,
        by=make_member(venue.organisation),
        town="Denholme",
        postcode="BD13 4AA",
        latitude=latitude,
        longitude=longitude,
        access={"step-free": Said(Answer.YES, "Ramp"), "lift": Said(Answer.NO)},
    )


def test_a_moved_venue_reaches_page_list_card_filters_and_feed(activity: Activity, clock: Clock) -> None:
    before = feed()
    assert listed(**NEAR) == [("Swim", "0.1 miles")]
    assert listed(access="step-free") == []
    clock(LATER)
    generation = Generation.objects.current()
    move(activity.venue)
    assert Generation.objects.current() > generation
    page = Client().get(activity.url).content.decode()
    assert ("BD13 4AA" in page, "HX1 1UJ" in page, "Ramp" in page) == (True, False, True)
    assert list(RenderQueue.objects.values_list("activity", flat=True)) == [activity.pk]

    assert tick.render_queued(dry_run=False) == 1
    assert listed(**NEAR) == [("Swim", "3 miles")]
    assert listed(near="HX1 1UJ", radius="2") == []
    assert [title for title, _ in listed(access="step-free")] == ["Swim"]
    assert [title for title, _ in listed(q="denholme")] == ["Swim"]
    card = activity.listing.card
    assert ("Step-free way in" in card, "Lift" in card) == (True, False)

    after = feed()
    assert [event["UID"] for event in after] == [event["UID"] for event in before]
    assert {str(event["LOCATION"]) for event in after} == {"The pool, Denholme, BD13 4AA"}
    latitude, longitude = THREE_MILES_NORTH
    for event in after:
        assert (event["GEO"].latitude, event["GEO"].longitude) == pytest.approx((latitude, longitude))
    assert [(was["SEQUENCE"], now["SEQUENCE"]) for was, now in zip(before, after, strict=True)] == [
        (0, 1),
        (0, 1),
    ]


def test_access_alone_reaches_the_filters_and_leaves_the_feed(activity: Activity, clock: Clock) -> None:
    clock(LATER)
    said = {"step-free": Said(Answer.YES)}
    venues.change(venue=activity.venue, by=make_member(activity.host), access=said)
    tick.render_queued(dry_run=False)
    assert [title for title, _ in listed(access="step-free")] == ["Swim"]
    assert {event["SEQUENCE"] for event in feed()} == {0}
    said = {"step-free": Said(Answer.NO)}
    venues.change(venue=activity.venue, by=make_member(activity.host), access=said)
    tick.render_queued(dry_run=False)
    assert listed(access="step-free") == []


def test_a_change_that_fails_queues_nothing(activity: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**details: object) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr(venues.audit, "record", fail)
    with pytest.raises(RuntimeError):
        move(activity.venue)
    assert not RenderQueue.objects.exists()
    assert Venue.objects.get(pk=activity.venue_id).town == "Halifax"
