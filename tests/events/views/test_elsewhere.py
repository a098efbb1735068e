"""Dates that are not at their activity's own venue: found, counted and drawn where they are."""

import datetime
import json
import re
from importlib import import_module

import icalendar
import pytest
from django.db import connection
from django.test import Client

from events import tick
from events.actions import occurrences
from events.models import Activity, Listing, Occurrence, RenderQueue
from organisations.actions import venues
from organisations.actions.venues import Said
from organisations.models import Answer
from tests.events.conftest import NOW
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member
from tests.factories.postcodes import make_outcode

pytestmark = pytest.mark.django_db

HALIFAX, TODMORDEN = (53.7236, -1.8631), (53.7137, -2.0968)
APART = "9.6 miles"


@pytest.fixture
def swim() -> Activity:
    """Tuesdays at the pool in Halifax, Thursdays at the lido in Todmorden, twice each."""
    make_outcode("HX1", HALIFAX)
    make_outcode("OL14", TODMORDEN)
    host = make_organisation("Spark")
    latitude, longitude = TODMORDEN
    lido = make_venue(host, name="The lido", town="Todmorden", latitude=latitude, longitude=longitude)
    tuesdays = make_rule(first_date=datetime.date(2026, 12, 1), times=2)
    thursdays = make_rule(first_date=datetime.date(2026, 12, 3), times=2, venue=lido)
    pool = make_venue(host, name="The pool")
    return make_activity("Swim", host=host, venue=pool, rules=[tuesdays, thursdays])


def listed(**query: str) -> list[tuple[str, str, str]]:
    return cards(Client().get("/activities/", query, follow=True).content.decode())


def cards(html: str) -> list[tuple[str, str, str]]:
    """Title, day of the next date and distance of each card."""
    found = []
    for card in re.findall(r'<article class="card.*?</article>', html, re.DOTALL):
        title = re.search(r'card__title"><a href="[^"]+">([^<]+)<', card)
        day = re.search(r'card__when">\D*(\d+) December', card)
        miles = re.search(r"([\d.]+ miles|Close by)</li>", card)
        found.append(tuple(match[1] if match else "" for match in (title, day, miles)))
    return found


def agenda(**query: str) -> list[tuple[str, str]]:
    """The day of each meeting in the calendar, and where it is."""
    html = Client().get("/activities/", {"view": "calendar", **query}, follow=True).content.decode()
    meetings = re.findall(r'<li class="meeting.*?</li>\s*(?=<li class="meeting|</ul>)', html, re.DOTALL)
    said = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", meeting)) for meeting in meetings]
    days = [re.search(r'datetime="(\d{4}-\d\d-\d\d)', meeting)[1] for meeting in meetings]
    places = [re.search(r"The (?:pool|lido), \w+", text)[0] for text in said]
    miles = [re.search(r"[\d.]+ miles|Close by|$", text)[0] for text in said]
    return [(day[-2:], f"{place}: {far}") for day, place, far in zip(days, places, miles, strict=True)]


def test_card_says_the_distance_of_the_date_that_it_shows(swim: Activity) -> None:
    assert listed(near="HX1", radius="2") == [("Swim", "1", "Close by")]
    assert listed(near="OL14", radius="2") == [("Swim", "3", "Close by")]
    assert listed(near="HX1", radius="20", day="thu") == [("Swim", "3", APART)]
    assert listed(near="HX1", radius="2", day="thu") == []


def test_words_find_every_venue_and_town(swim: Activity) -> None:
    found = {word: [title for title, *_ in listed(q=word)] for word in ("lido", "todmorden", "pool", "leeds")}
    assert found == {"lido": ["Swim"], "todmorden": ["Swim"], "pool": ["Swim"], "leeds": []}


def test_calendar_says_where_each_date_is_and_how_far(swim: Activity) -> None:
    halifax, todmorden = "The pool, Halifax", "The lido, Todmorden"
    assert agenda(near="HX1", radius="20") == [
        ("01", f"{halifax}: Close by"),
        ("03", f"{todmorden}: {APART}"),
        ("08", f"{halifax}: Close by"),
        ("10", f"{todmorden}: {APART}"),
    ]
    by = make_member(swim.host)
    for date in swim.occurrences.filter(starts_at__date__lt=datetime.date(2026, 12, 5)):
        occurrences.cancel(occurrence=date, reason="No heating", by=by)
    assert agenda(near="OL14", radius="2") == [
        ("03", f"{todmorden}: Close by"),
        ("10", f"{todmorden}: Close by"),
    ]


def test_map_draws_the_next_date_where_it_is(swim: Activity) -> None:
    def places(question: str) -> list[tuple[list[float], str]]:
        body = Client().get(f"/activities/map.json?{question}&box=53.6,-2.2,53.9,-1.6&zoom=11").content
        return [(marker["at"], marker["place"]) for marker in json.loads(body)["markers"]]

    assert places("free=1") == [([53.7236, -1.8631], "The pool, Halifax")]
    assert places("day=thu") == [([53.7137, -2.0968], "The lido, Todmorden")]
    assert places("near=OL14&radius=2") == [([53.7137, -2.0968], "The lido, Todmorden")]


def test_subscription_has_what_meets_near_with_all_its_dates(swim: Activity) -> None:
    body = Client().get("/activities/calendar.ics", {"near": "OL14", "radius": "2"}, follow=True).content
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert [str(event["LOCATION"]).split(",")[0] for event in events] == ["The pool", "The lido"] * 2


def test_date_that_is_moved_to_another_venue_is_found_there(swim: Activity) -> None:
    assert listed(near="OL14", radius="2", day="tue") == []
    date: Occurrence = swim.occurrences.order_by("starts_at")[0]
    lido = swim.occurrences.order_by("starts_at")[1].venue
    occurrences.move(
        occurrence=date, starts_at=date.starts_at, ends_at=date.ends_at, venue=lido, by=make_member(swim.host)
    )
    assert listed(near="OL14", radius="2", day="tue") == [("Swim", "1", "Close by")]
    assert listed(near="HX1", radius="2") == [("Swim", "8", "Close by")]


def test_what_else_is_on_around_a_venue_counts_dates_that_are_there(swim: Activity) -> None:
    latitude, longitude = TODMORDEN
    choir = make_activity(
        "Choir",
        venue=make_venue(town="Todmorden", latitude=latitude, longitude=longitude),
        rules=[make_rule(first_date=datetime.date(2026, 12, 2), times=1)],
    )
    page = Client().get(choir.url).content.decode()
    assert [(title, day) for title, day, _ in cards(page)] == [("Swim", "3")]


def test_filled_database_queues_what_meets_elsewhere(swim: Activity) -> None:
    make_activity("At home", rules=[make_rule(first_date=datetime.date(2026, 12, 1), times=2)])
    Listing.objects.update(elsewhere=[], spots=[])
    migration = import_module("events.migrations.0020_queue_what_meets_elsewhere")
    with connection.cursor() as cursor:
        cursor.execute(migration.QUEUED)
        cursor.execute(migration.QUEUED)
    assert list(RenderQueue.objects.values_list("activity", flat=True)) == [swim.pk]
    RenderQueue.objects.update(asked_at=NOW)
    assert tick.render_queued(dry_run=False) == 1
    assert [each["name"] for each in Listing.objects.get(pk=swim.pk).elsewhere] == ["The lido"]


def test_access_is_that_of_the_venue_and_a_card_promises_what_is_at_all(swim: Activity) -> None:
    listing = Listing.objects.get(pk=swim.pk)
    assert "Step-free way in" not in listing.card
    pool, lido = swim.venue, swim.occurrences.order_by("starts_at")[1].venue
    by = make_member(swim.host)
    for venue, found in ((lido, "3"), (pool, "1")):
        venues.change(venue=venue, by=by, access={"step-free": Said(Answer.YES)})
        tick.render_queued(dry_run=False)
        assert [(title, day) for title, day, _ in listed(access="step-free")] == [("Swim", found)]
        listing.refresh_from_db()
        assert ("Step-free way in" in listing.card) == (venue == pool)
