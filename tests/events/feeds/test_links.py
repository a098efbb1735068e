"""Addresses that open calendars in real apps."""

import datetime
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.template.loader import render_to_string
from django.utils import timezone

from events import coming_dates
from events.feeds import links
from events.models import Occurrence, State
from events.query import Query
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue


@pytest.fixture(autouse=True)
def _address(settings: LazySettings) -> None:
    settings.PUBLIC_ADDRESS = "https://mingle.example"


def test_a_question_has_a_link_for_each_kind_of_app() -> None:
    link = links.of_query(Query(types=("football",), ages=(9, 12), as_of=(2026, 9)))
    question = "age=9&age=12&type=football&asof=2026-09"
    assert link.https == f"https://mingle.example/activities/calendar.ics?{question}"
    assert link.webcal == f"webcal://mingle.example/activities/calendar.ics?{question}"
    assert link.next_ten == f"https://mingle.example/activities/calendar.ics?{question}&next=10"
    assert link.page == f"https://mingle.example/activities/?{question}"


def test_google_gets_a_webcal_address_that_keeps_cancelled_entries() -> None:
    parts = urlsplit(links.of_query(Query(types=("football",))).google)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://calendar.google.com/calendar/render"
    assert parse_qs(parts.query) == {
        "cid": ["webcal://mingle.example/activities/calendar.ics?type=football&cancelled=show"]
    }


def test_a_link_leaves_out_dates_and_manner() -> None:
    query = Query(when="today", view="map", sort="title", page=3, cancelled=True)
    assert links.of_query(query).https == "https://mingle.example/activities/calendar.ics"
    assert links.of_query(query).google.endswith("calendar.ics%3Fcancelled%3Dshow")


@pytest.mark.parametrize(
    ("query", "question", "is_dated"),
    [
        (Query(free=True), "free=1", False),
        (Query(days=("mon",)), "day=mon", False),
        (Query(when="week", free=True), "free=1", True),
        (Query(when="weekend", free=True), "day=sat&day=sun&free=1", True),
        (Query(when="weekend", days=("sat",)), "day=sat", True),
        (Query(first_day=datetime.date(2027, 6, 1)), "", True),
        (Query(last_day=datetime.date(2027, 6, 1)), "", True),
    ],
)
def test_a_question_with_dates_goes_on_after_them_and_a_weekend_each_week(
    query: Query, question: str, is_dated: bool
) -> None:
    link = links.of_query(query)
    assert (link.question, link.dated) == (question, is_dated)
    block = render_to_string("events/calendar_block.html", {"calendar": link})
    assert ("A calendar goes on: it has later dates too." in block) == is_dated


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query(types=("football",)), ""),
        (Query(ages=(12,)), ""),
        (Query(ages=(12,), as_of=(2026, 9)), "your child: from 1 September 2027 it is for age 13."),
        (Query(ages=(12,), as_of=(2026, 3)), "your child: from 1 September 2026 it is for age 13."),
        (
            Query(ages=(8, 12), as_of=(2026, 9)),
            "your children: from 1 September 2027 it is for ages 9 and 13.",
        ),
    ],
)
def test_a_search_with_ages_says_how_it_grows(query: Query, said: str) -> None:
    assert links.of_query(query).grows == (f"A subscription grows with {said}" if said else "")


@pytest.mark.parametrize(
    ("query", "button", "invitation"),
    [
        (Query(free=True), "Add this search", "everything that this search finds"),
        (Query(picks=(uuid.UUID(int=1),)), "Add our list", "every date on our list"),
        (Query(picks=(uuid.UUID(int=1),), free=True), "Add this search", "everything that this search finds"),
    ],
)
def test_a_question_is_called_what_it_is(query: Query, button: str, invitation: str) -> None:
    link = links.of_query(query)
    assert (link.button, link.invitation) == (button, f"Have {invitation} in your own calendar.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "button"),
    [
        ("school", "Add this school"),
        ("club", "Add this club"),
        ("group", "Add this group"),
        ("public", "Add this organiser"),
    ],
)
def test_an_organisation_is_called_what_it_is(kind: str, button: str) -> None:
    link = links.of_organisation(make_organisation("Juniors", kind=kind))
    assert (link.button, link.invitation) == (
        button,
        "Have every date of “Juniors” in your own calendar.",
    )


@pytest.mark.django_db
def test_an_activity_is_called_by_its_name() -> None:
    link = links.of_activity(make_activity("Sew and tell"))
    assert (link.button, link.invitation) == (
        "Add every date",
        "Have every date of “Sew and tell” in your own calendar.",
    )


@pytest.mark.django_db
def test_each_kind_of_calendar_has_its_address() -> None:
    host = make_organisation("Juniors", slug="juniors")
    activity = make_activity("Football", host=host, slug="football")
    date = Occurrence.objects.filter(activity=activity).earliest("starts_at")
    assert links.of_activity(activity).https == (
        f"https://mingle.example/activities/{activity.uuid}/calendar.ics"
    )
    assert links.of_occurrence(date).https == f"https://mingle.example/occurrences/{date.uuid}.ics"
    organisers = f"https://mingle.example/organisers/{host.page.slug}"
    assert links.of_organisation(host).https == f"{organisers}/calendar.ics"
    assert links.of_organisation(host).page == f"{organisers}/"
    assert links.of_activity(activity).page == links.of_occurrence(date).page == f"{organisers}/football/"


@pytest.mark.django_db
def test_one_date_goes_to_google_by_its_own_link() -> None:
    rule = make_rule(repeat="once", times=None, first_date=datetime.date(2027, 6, 1))
    venue = make_venue(name="Hall", street="1 Hopwood Lane")
    activity = make_activity("Football & more", rules=[rule], venue=venue)
    (date,) = coming_dates.of_activity(activity.pk, venue, timezone.now())
    path = f"/organisers/{activity.host.slug}/{activity.slug}/"
    parts = urlsplit(links.google_date(date, title=activity.title, summary=activity.summary, path=path))
    assert parse_qs(parts.query) == {
        "action": ["TEMPLATE"],
        "text": ["Football & more"],
        "dates": ["20270601T153000Z/20270601T170000Z"],
        "ctz": ["Europe/London"],
        "location": ["Hall, 1 Hopwood Lane, Halifax, HX1 5ER"],
        "details": [f"Play and meet people.\n\n{links.of_activity(activity).page}"],
    }


@pytest.mark.django_db
def test_one_date_goes_to_google_with_what_is_new_on_it_first() -> None:
    rule = make_rule(repeat="once", times=None, first_date=datetime.date(2027, 6, 1))
    activity = make_activity("Football", rules=[rule])
    Occurrence.objects.update(
        state=State.MOVED,
        moved_from=datetime.datetime(2027, 6, 1, 9, 0, tzinfo=datetime.UTC),
        reason="The hall is let.",
        notice="The lift is out of order.",
    )
    (date,) = coming_dates.of_activity(activity.pk, activity.venue, timezone.now())
    link = links.google_date(date, title="Football", summary="Play.", path="/football/")
    assert parse_qs(urlsplit(link).query)["details"] == [
        "Moved. It was to be on Tuesday 1 June 2027 at 10 am.\nThe hall is let.\nThe lift is out of order."
        "\n\nPlay.\n\nhttps://mingle.example/football/"
    ]
