"""Calendars as apps read them."""

import datetime
import gzip
import uuid
from collections.abc import Callable

import pytest
from django.conf import LazySettings, settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from events.actions import occurrences, publishing
from events.feeds import assembling, phrases, reading, remembering, zipping
from events.feeds.feed import Body
from events.models import (
    Activity,
    ActivityType,
    CalendarEntry,
    CalendarWords,
    CoOrganiser,
    FeedTag,
    Occurrence,
)
from organisations.actions import naming, verification
from places.clock import LONDON
from tests.events.conftest import NOW
from tests.events.feeds import readers
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_staff
from tests.factories.questions import NAMES

pytestmark = pytest.mark.django_db

ALL = "/activities/calendar.ics"
WITHHELD = "No longer listed here: we cannot say whether it is on"
A_DAY = datetime.timedelta(days=1)
Clock = Callable[[datetime.datetime], None]


def get(address: str, **headers: str) -> HttpResponse:
    return Client().get(address, headers=headers)


def titles(address: str) -> list[str]:
    response = get(address)
    assert response.status_code == 200
    return [event.summary for event in readers.events(response.content)]


def said(address: str) -> dict[str, str]:
    return readers.properties(get(address).content)


def of(activity: Activity) -> str:
    return f"/activities/{activity.uuid}/calendar.ics"


def once(title: str, day: int = 12, **fields: object) -> Activity:
    """Something that meets once, on that day of January 2027, from 4:30 to 6 pm."""
    rule = make_rule(repeat="once", first_date=datetime.date(2027, 1, day), times=None)
    return make_activity(title, rules=[rule], **fields)


def first(activity: Activity) -> Occurrence:
    return Occurrence.objects.filter(activity=activity).select_related("activity__host").earliest("starts_at")


def publish_again(activity: Activity, **changes: object) -> None:
    for name, value in changes.items():
        setattr(activity, name, value)
    activity.save_revision()
    publishing.publish(activity=Activity.objects.get(pk=activity.pk), by=make_staff())


# What it is


def test_a_feed_is_a_calendar_and_nothing_before_it() -> None:
    once("Football")
    response = get(ALL)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert response.content.endswith(b"END:VCALENDAR\r\n")
    assert response.headers["Content-Disposition"] == 'inline; filename="mingle.ics"'
    assert int(response.headers["Content-Length"]) == len(response.content)


def test_there_is_one_event_a_date_the_soonest_first() -> None:
    make_activity("Football", rules=[make_rule(times=2)])
    once("Choir", day=13)
    assert titles(ALL) == ["Football", "Choir", "Football"]


def test_the_calendar_says_what_it_is_where_from_and_how_much() -> None:
    host = make_organisation("Halifax Juniors", slug="juniors")
    activity = once("Football", host=host, slug="football")
    properties = said(of(activity))
    assert properties["NAME"] == properties["X-WR-CALNAME"] == "Football"
    assert properties["SOURCE"] == f"http://localhost:8000/activities/{activity.uuid}/calendar.ics"
    assert properties["URL"] == f"http://localhost:8000/organisers/{host.page.slug}/football/"
    assert properties["DESCRIPTION"] == (
        "Dates from 90 days ago to 12 months ahead, at most 10,000, the soonest first. "
        "Changes arrive by themselves; your app may take up to a day to notice them."
    )
    assert "UID" not in properties


def test_each_address_gives_its_dates() -> None:
    host, other = make_organisation("Juniors", slug="juniors"), make_organisation("Choir", slug="choir")
    football, choir = once("Football", host=host), once("Choir", day=13, host=other)
    assert titles(ALL) == ["Football", "Choir"]
    assert titles(of(football)) == ["Football"]
    assert titles(f"/organisers/{other.page.slug}/calendar.ics") == ["Choir"]
    assert titles(f"/occurrences/{first(choir).uuid}.ics") == ["Choir"]


@pytest.mark.parametrize(
    "address",
    [
        f"/activities/{uuid.UUID(int=5)}/calendar.ics",
        f"/occurrences/{uuid.UUID(int=5)}.ics",
        "/organisers/nobody/calendar.ics",
    ],
)
def test_what_never_was_is_not_found(address: str) -> None:
    assert get(address).status_code == 404


def test_a_draft_and_its_organisation_are_not_found() -> None:
    draft = make_draft(host=make_organisation("Draft", slug="draft", public=False))
    assert get(of(draft)).status_code == 404
    assert get("/organisers/draft/calendar.ics").status_code == 404


def test_a_partners_calendar_holds_the_activity_until_the_partner_lapses() -> None:
    activity = once("Football")
    partner = make_organisation("Todmorden School", slug="todmorden")
    CoOrganiser.objects.create(activity=activity, organisation=partner, accepted_at=NOW)
    publishing.settle(activity=activity, by=None)
    assert titles("/organisers/todmorden/calendar.ics") == ["Football"]
    verification.suspend(organisation=partner, reason="A concern", by=make_staff())
    assert titles("/organisers/todmorden/calendar.ics") == []
    assert said("/organisers/todmorden/calendar.ics")["NAME"] == "No longer listed here"
    assert titles(of(activity)) == ["Football"]


# The window


def test_the_window_reaches_from_90_days_ago_to_12_months_ahead_and_moves_at_midnight(clock: Clock) -> None:
    make_activity("Football", rules=[make_rule(repeat="daily", first_date=NOW.date() + A_DAY, times=500)])

    def ends() -> tuple[datetime.date, datetime.date]:
        days = [event.starts_at.astimezone(LONDON).date() for event in readers.by_icalendar(get(ALL).content)]
        return min(days), max(days)

    clock(datetime.datetime(2027, 4, 30, 23, 59, tzinfo=LONDON))
    assert ends() == (datetime.date(2027, 1, 30), datetime.date(2028, 4, 6))
    before = get(ALL).headers["ETag"]
    clock(datetime.datetime(2027, 5, 1, 0, 1, tzinfo=LONDON))
    assert ends()[0] == datetime.date(2027, 1, 31)
    assert get(ALL, **{"If-None-Match": before}).status_code == 200


def test_no_date_is_more_than_12_months_ahead() -> None:
    rule = make_rule(repeat="daily", first_date=datetime.date(2027, 11, 22), times=4)
    make_activity("Football", rules=[rule])
    days = [event.starts_at.date() for event in readers.events(get(ALL).content)]
    assert days == [datetime.date(2027, 11, 22), datetime.date(2027, 11, 23)]


def test_where_there_are_too_many_coming_dates_stay_and_the_oldest_go(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST", 3)
    rule = make_rule(repeat="daily", first_date=datetime.date(2027, 1, 1), times=6)
    make_activity("Football", rules=[rule])

    def days() -> list[int]:
        return [event.starts_at.day for event in readers.events(get(ALL).content)]

    assert days() == [1, 2, 3]
    clock(datetime.datetime(2027, 1, 5, 12, tzinfo=LONDON))
    assert days() == [4, 5, 6]


# The question


def test_a_feed_keeps_the_question_but_its_dates() -> None:
    once("Football", day=12)
    once("Choir", day=13, type="choir")
    assert titles(f"{ALL}?type=football&when=today&page=7&sort=title&view=map&from=x&to=2027-01-01") == [
        "Football"
    ]
    source = said(f"{ALL}?type=football&when=today&page=7&view=map")["SOURCE"]
    assert source == "http://localhost:8000/activities/calendar.ics?type=football"


def test_days_and_times_stay() -> None:
    rules = [
        make_rule(times=1),
        make_rule(
            times=1, first_date=datetime.date(2027, 1, 13), start=datetime.time(9), end=datetime.time(10)
        ),
    ]
    make_activity("Football", rules=rules)
    assert len(titles(ALL)) == 2
    assert [event.starts_at.day for event in readers.events(get(f"{ALL}?day=tue").content)] == [12]
    assert [event.starts_at.day for event in readers.events(get(f"{ALL}?time=morning").content)] == [13]
    assert titles(f"{ALL}?day=tue&time=morning") == []


def test_a_date_moved_to_another_day_stays_in_the_feed_of_its_day() -> None:
    activity = once("Football")
    occurrences.move(
        occurrence=first(activity),
        starts_at=datetime.datetime(2027, 1, 13, 16, 30, tzinfo=LONDON),
        ends_at=datetime.datetime(2027, 1, 13, 18, tzinfo=LONDON),
        by=make_staff(),
    )
    assert titles(f"{ALL}?day=tue") == ["MOVED: Football"]
    assert titles(f"{ALL}?day=wed") == ["MOVED: Football"]
    assert titles(f"{ALL}?day=thu") == []


def test_ages_and_the_name_grow_by_a_year_each_first_of_september(clock: Clock) -> None:
    once("Football", age_from=8, age_to=12)
    address = f"{ALL}?age=12&asof=2026-09"
    assert titles(address) == ["Football"]
    assert said(address)["NAME"] == "Things to do for 12-year-olds"
    clock(datetime.datetime(2027, 8, 31, 23, 59, tzinfo=LONDON))
    assert said(address)["NAME"] == "Things to do for 12-year-olds"
    clock(datetime.datetime(2027, 9, 1, 0, 1, tzinfo=LONDON))
    assert said(address)["NAME"] == "Things to do for 13-year-olds"
    assert said(address)["SOURCE"].endswith("?age=12&asof=2026-09")


def test_the_page_of_a_grown_calendar_shows_what_is_on_for_the_child_now(clock: Clock) -> None:
    once("Teens", age_from=13, age_to=15)
    address = said(f"{ALL}?age=12&asof=2025-09")["URL"]
    page = get(address.partition("localhost:8000")[2]).content.decode()
    assert "Age 13" in page
    assert "A subscription grows with your child: from 1 September 2027 it is for age 14." in page


def test_ages_without_a_month_are_of_this_school_year(clock: Clock) -> None:
    assert said(f"{ALL}?age=12")["SOURCE"].endswith("?age=12&asof=2026-09")
    clock(datetime.datetime(2027, 8, 31, 12, tzinfo=LONDON))
    assert said(f"{ALL}?age=12")["SOURCE"].endswith("?age=12&asof=2026-09")
    clock(datetime.datetime(2027, 9, 1, 12, tzinfo=LONDON))
    assert said(f"{ALL}?age=12")["SOURCE"].endswith("?age=12&asof=2027-09")


def test_a_feeds_name_says_what_it_is() -> None:
    once("Football")
    name = said(f"{ALL}?type=football&age=12&free=1&near=HX1@53.725,-1.864&radius=5")["NAME"]
    assert name == "Free football for 12-year-olds within 5 miles of HX1"


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("type=quidditch", "“type=quidditch”: "),
        ("age=abc", "“age=abc”: "),
        ("radius=-1&near=HX1@53.725,-1.864", "“radius=-1”: "),
        ("organiser=nobody", "“organiser”: We do not know this organiser."),
        ("school=1", "“school”: We do not know this school."),
        ("near=QQ9@unknown", "“near"),
    ],
)
def test_a_question_without_sense_gives_an_empty_calendar_with_the_reason(question: str, reason: str) -> None:
    once("Football")
    assert titles(f"{ALL}?{question}") == []
    description = said(f"{ALL}?{question}")["DESCRIPTION"]
    assert description.startswith("This calendar is empty, because its address no longer makes sense. ")
    assert reason in description
    source = said(f"{ALL}?{question}")["SOURCE"].removeprefix(settings.PUBLIC_ADDRESS)
    assert said(source)["DESCRIPTION"].startswith("This calendar is empty")


def test_a_position_that_says_too_much_leads_to_a_shorter_one() -> None:
    response = get(f"{ALL}?near=53.72361,-1.86311&age=9")
    assert response.status_code == 200 or "53.72361" not in response.headers.get("Location", "")
    response = get(f"{ALL}?near=HX1@53.72361,-1.86311&age=9")
    assert response.status_code == 302
    assert response.headers["Location"].startswith(f"{ALL}?near=HX1@53.7")
    assert "53.72361" not in response.headers["Location"]
    assert not FeedTag.objects.filter(etag="").exists()


def test_cancelled_dates_stay_and_for_google_stay_confirmed() -> None:
    activity = once("Football")
    occurrences.cancel(occurrence=first(activity), reason="The hall is flooded", by=make_staff())
    for address in (ALL, of(activity), f"/occurrences/{first(activity).uuid}.ics"):
        [event] = readers.events(get(address).content)
        assert (event.summary, event.status) == ("CANCELLED: Football", "CANCELLED")
        shown = get(f"{address}?cancelled=show").content
        [event] = readers.events(shown)
        assert (event.summary, event.status) == ("CANCELLED: Football", "CONFIRMED")
        assert b"\r\nTRANSP:TRANSPARENT\r\n" in shown


def test_a_cancelled_date_stays_in_the_calendar_of_its_own_place() -> None:
    """No other date is there, so no page finds anything near it any more."""
    activity = make_activity("Swimming", rules=[make_rule(times=2)])
    lido = make_venue(activity.host, name="The lido", latitude=53.715, longitude=-2.1)
    date, by = first(activity), make_staff()
    occurrences.move(occurrence=date, starts_at=date.starts_at, ends_at=date.ends_at, venue=lido, by=by)
    near = "near=OL14@53.715,-2.104&radius=1"
    assert titles(f"{ALL}?{near}") == ["MOVED: Swimming", "Swimming"]
    assert "1 activity" in get(f"/activities/?{near}").content.decode()
    occurrences.cancel(occurrence=first(activity), reason="The water is cold", by=by)
    assert titles(f"{ALL}?{near}") == ["CANCELLED: Swimming", "Swimming"]
    for view in ("list", "calendar", "map"):
        assert "0 activities" in get(f"/activities/?{near}&view={view}").content.decode()


def test_a_file_of_the_next_ten_leaves_out_what_is_over_or_cancelled(clock: Clock) -> None:
    rule = make_rule(repeat="daily", first_date=datetime.date(2027, 1, 1), times=20)
    activity = make_activity("Football", rules=[rule])
    clock(datetime.datetime(2027, 1, 3, 12, tzinfo=LONDON))
    occurrences.cancel(
        occurrence=Occurrence.objects.get(activity=activity, rule_date=datetime.date(2027, 1, 4)),
        reason="The hall is flooded",
        by=make_staff(),
    )
    for address in (ALL, of(activity), f"/organisers/{activity.host.page.slug}/calendar.ics"):
        days = [event.starts_at.day for event in readers.events(get(f"{address}?next=10").content)]
        assert days == [3, 5, 6, 7, 8, 9, 10, 11, 12, 13]


def test_a_file_of_the_next_ten_is_filled_with_what_is_listed(clock: Clock) -> None:
    """What has left keeps its place in subscriptions; here it would only take the place of another date."""
    host = make_organisation("Halifax Juniors", slug="juniors", declaration_until=datetime.date(2026, 12, 31))
    other = make_organisation("Choir", slug="choir")
    gone = once("Gone", day=10, host=other)
    rule = make_rule(repeat="daily", first_date=datetime.date(2027, 1, 1), times=20)
    lapsed = make_activity("Lapsed", rules=[rule], host=host)
    once("Choir", day=12, host=other)
    publishing.unpublish(activity=gone, by=make_staff())
    clock(datetime.datetime(2027, 1, 3, 12, tzinfo=LONDON))
    assert titles(ALL).count(WITHHELD) == 21
    assert titles(f"{ALL}?next=10") == ["Choir"]
    assert titles("/organisers/choir/calendar.ics?next=10") == ["Choir"]
    for nothing in (of(gone), of(lapsed), "/organisers/juniors/calendar.ics"):
        assert titles(f"{nothing}?next=10") == []


def test_a_file_of_the_next_ten_is_another_as_soon_as_a_date_is_over(clock: Clock) -> None:
    rule = make_rule(repeat="daily", first_date=datetime.date(2027, 1, 1), times=12)
    activity = make_activity("Football", rules=[rule])
    address = f"{of(activity)}?next=10"
    clock(datetime.datetime(2027, 1, 1, 17, 59, tzinfo=LONDON))
    before, again = get(address), get(address)
    assert before.content == again.content
    have = {
        "if-none-match": before.headers["ETag"],
        "if-modified-since": before.headers["Last-Modified"],
    }
    for name, value in have.items():
        assert get(address, **{name: value}).status_code == 304
    clock(datetime.datetime(2027, 1, 1, 18, 0, tzinfo=LONDON))
    for name, value in have.items():
        after = get(address, **{name: value})
        assert after.status_code == 200
        assert [event.starts_at.day for event in readers.events(after.content)] == list(range(2, 12))
    assert get(address, **{"if-none-match": after.headers["ETag"]}).status_code == 304


def test_a_file_of_the_next_ten_says_what_it_is_and_is_found_under_a_coarser_address() -> None:
    activity = once("Football")
    for address in (ALL, of(activity), f"/organisers/{activity.host.slug}/calendar.ics"):
        assert said(f"{address}?next=10")["DESCRIPTION"] == (
            "The next dates that take place, at most 10. This is a file: no changes arrive in it."
        )
    response = get(f"{ALL}?near=HX1@53.72361,-1.86311&next=10")
    assert response.headers["Location"].endswith("&next=10")
    assert get(response.headers["Location"]).status_code == 200


def test_a_calendar_has_the_colour_of_what_it_is_of() -> None:
    host = make_organisation("Halifax Juniors", slug="juniors", thread="coral")
    activity = once("Football", host=host)
    colours = {
        ALL: "slateblue",
        of(activity): "teal",
        f"/occurrences/{first(activity).uuid}.ics": "teal",
        "/organisers/juniors/calendar.ics": "tomato",
    }
    assert {address: said(address)["COLOR"] for address in colours} == colours
    publishing.unpublish(activity=activity, by=make_staff())
    assert said(of(activity))["COLOR"] == "slateblue"


# What has left


@pytest.mark.parametrize("leave", ["unpublish", "suspend", "lapse"])
def test_what_is_no_longer_public_stays_without_name_place_or_link(clock: Clock, leave: str) -> None:
    host = make_organisation("Halifax Juniors", slug="juniors", declaration_until=NOW.date())
    activity = once("Kickabout", host=host)
    uid = readers.events(get(ALL).content)[0].uid
    date = f"/occurrences/{first(activity).uuid}.ics"
    if leave == "unpublish":
        publishing.unpublish(activity=activity, by=make_staff())
    elif leave == "suspend":
        verification.suspend(organisation=host, reason="A concern", by=make_staff())
    else:
        clock(datetime.datetime(2026, 11, 24, 0, 1, tzinfo=LONDON))
    for address in (ALL, of(activity), date, f"{ALL}?organiser=juniors", f"{ALL}?type=football"):
        body = get(address).content
        [event] = readers.events(body)
        assert (event.uid, event.summary, event.status, event.sequence) == (uid, WITHHELD, "TENTATIVE", 1)
        assert (event.description, event.location, event.url) == ("", "", "")
        assert b"Kickabout" not in body
        assert leave == "unpublish" or b"Juniors" not in body
        assert b"Hopwood" not in body
    if leave == "unpublish":
        assert said("/organisers/juniors/calendar.ics")["NAME"] == "Halifax Juniors"
    else:
        assert b"Juniors" not in get("/organisers/juniors/calendar.ics").content


def test_a_lapse_reads_the_same_before_and_after_it_is_written(clock: Clock) -> None:
    host = make_organisation(declaration_until=NOW.date())
    activity = once("Football", host=host)
    clock(datetime.datetime(2026, 11, 24, 0, 1, tzinfo=LONDON))
    before = get(ALL).content
    clock(datetime.datetime(2026, 11, 24, 3, tzinfo=LONDON))
    publishing.settle(activity=activity, by=None)
    assert get(ALL).content == before


@pytest.mark.parametrize("dates_each", [0, 10**9])
def test_dates_are_the_same_whichever_way_they_are_found(
    monkeypatch: pytest.MonkeyPatch, dates_each: int
) -> None:
    monkeypatch.setattr("events.feeds.questions.DATES_EACH", dates_each)
    make_activity("Football", rules=[make_rule(times=2)])
    once("Choir", day=13)
    make_activity("For grown-ups", age_from=18, age_to=None, rules=[make_rule(times=2)])
    assert titles(f"{ALL}?age=9") == ["Football", "Choir", "Football"]


def test_what_has_left_is_found_by_its_date_even_when_nobody_wrote_it(clock: Clock) -> None:
    activity = once("Football")
    clock(datetime.datetime(2027, 6, 1, 12, tzinfo=LONDON))
    verification.suspend(organisation=activity.host, reason="A concern", by=make_staff())
    assert CalendarEntry.objects.get().words.text.startswith("SUMMARY:Football")
    assert titles(f"/occurrences/{first(activity).uuid}.ics") == [WITHHELD]


# The same again


def test_two_readings_give_the_same_bytes_and_headers(clock: Clock) -> None:
    make_activity("Football")
    before = get(ALL)
    clock(NOW + datetime.timedelta(hours=5))
    remembering.memory.clear()
    after = get(ALL)
    assert after.content == before.content
    assert dict(after.headers) == dict(before.headers)


def test_an_unchanged_feed_answers_304_without_building_it(monkeypatch: pytest.MonkeyPatch) -> None:
    make_activity("Football")
    fresh = get(ALL)
    etag, modified = fresh.headers["ETag"], fresh.headers["Last-Modified"]
    remembering.memory.clear()

    def build(*args: object, **how: object) -> None:
        raise AssertionError("built")

    monkeypatch.setattr("events.views.calendars.assemble", build)
    for headers in (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", W/{etag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": modified},
    ):
        answer = get(ALL, **headers)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["ETag"] == etag
        assert answer.headers["Last-Modified"] == modified
        assert answer.headers["Cache-Control"] == "public, no-cache"
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert "Content-Length" not in answer.headers or answer.headers["Content-Length"] == "0"


def test_a_remembered_question_costs_one_query() -> None:
    make_activity("Football")
    etag = get(f"{ALL}?type=football").headers["ETag"]
    with CaptureQueriesContext(connection) as queries:
        assert get(f"{ALL}?type=football", **{"If-None-Match": etag}).status_code == 304
    assert len(queries) == 1


def test_a_tag_that_does_not_match_decides_over_a_date_that_does() -> None:
    make_activity("Football")
    modified = get(ALL).headers["Last-Modified"]
    answer = get(ALL, **{"If-None-Match": '"other"', "If-Modified-Since": modified})
    assert answer.status_code == 200


def test_nonsense_in_conditions_gives_the_feed() -> None:
    make_activity("Football")
    for headers in ({"If-None-Match": "x,y;W/"}, {"If-Modified-Since": "yesterday"}):
        assert get(ALL, **headers).status_code == 200


def test_every_change_is_in_the_very_next_reading(clock: Clock) -> None:
    activity = make_activity("Football")
    etags = [get(ALL).headers["ETag"]]
    moments = [get(ALL).headers["Last-Modified"]]
    for title in ("Football for all", "Football for everybody"):
        publish_again(activity, title=title)
        activity = Activity.objects.get(pk=activity.pk)
        answer = get(ALL, **{"If-None-Match": etags[-1], "If-Modified-Since": moments[-1]})
        assert {event.summary for event in readers.events(answer.content)} == {title}
        etags.append(answer.headers["ETag"])
        moments.append(answer.headers["Last-Modified"])
    assert len(set(etags)) == len(set(moments)) == 3


def test_a_change_elsewhere_leaves_an_organisers_feed_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    activity = make_activity("Football")
    address = f"/organisers/{activity.host.page.slug}/calendar.ics"
    etag = get(address).headers["ETag"]
    make_activity("Choir", type="choir")
    monkeypatch.setattr("events.views.calendars.assemble", None)
    for same in (address, of(activity)):
        assert get(address, **{"If-None-Match": etag}).status_code == 304, same


def test_a_change_elsewhere_leaves_a_questions_body_and_tag_as_they_were() -> None:
    make_activity("Football")
    address = f"{ALL}?type=football"
    before = get(address)
    make_activity("Choir", type="choir")
    after = get(address, **{"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 304
    assert after.headers["Last-Modified"] == before.headers["Last-Modified"]


def test_another_name_of_a_type_that_an_organiser_never_has_is_in_the_very_next_reading() -> None:
    once("Football", host=make_organisation("Juniors", slug="juniors"))
    address = f"{ALL}?organiser=juniors&type=chess"
    before = get(address)
    chess = ActivityType.objects.get(slug="chess")
    chess.name = "Draughts"
    chess.save()
    assert get(address, **{"If-None-Match": before.headers["ETag"]}).status_code == 200
    assert said(address)["NAME"] == "Draughts with Juniors"


def test_a_word_that_others_bring_to_be_known_is_in_the_very_next_reading() -> None:
    """It is no typing error from now on."""
    once("Swimming", host=make_organisation("Juniors", slug="juniors"))
    address = f"{ALL}?organiser=juniors&q=swimmng"
    before = get(address)
    assert [event.summary for event in readers.events(before.content)] == ["Swimming"]
    once("Swimmng", host=make_organisation("Others", slug="others"))
    after = get(address, **{"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, readers.events(after.content)) == (200, [])


def test_another_name_of_an_organiser_is_in_the_calendar_of_what_was_picked() -> None:
    school = make_organisation("Todmorden School", slug="todmorden")
    address = f"{ALL}?pick={once('Football').uuid}&organiser=todmorden"
    before = get(address)
    naming.rename_organisation(organisation=school, name="Todmorden High", by=make_staff())
    assert get(address, **{"If-None-Match": before.headers["ETag"]}).status_code == 200
    assert said(address)["NAME"] == "Things to do that I chose with Todmorden High"


def test_the_compressed_form_is_the_same_each_time_and_has_its_own_tag() -> None:
    make_activity("Football")
    plain = get(ALL)
    zipped = get(ALL, **{"Accept-Encoding": "gzip, deflate"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped.headers["ETag"] == f'{plain.headers["ETag"][:-1]}-gzip"'
    assert int(zipped.headers["Content-Length"]) == len(zipped.content)
    remembering.memory.clear()
    assert get(ALL, **{"Accept-Encoding": "gzip"}).content == zipped.content
    asked = {"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["ETag"]}
    assert get(ALL, **asked).status_code == 304
    assert get(ALL, **{"If-None-Match": zipped.headers["ETag"]}).status_code == 200


def test_nothing_is_compressed_for_who_has_it_already(monkeypatch: pytest.MonkeyPatch) -> None:
    once("Football")
    address = f"{ALL}?type=football"
    etag = get(address, **{"Accept-Encoding": "gzip"}).headers["ETag"]
    once("Choir", type="choir")
    monkeypatch.setattr(zipping, "_compressed", None)
    assert get(address, **{"Accept-Encoding": "gzip", "If-None-Match": etag}).status_code == 304


def test_a_body_whose_compression_failed_is_compressed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    once("Football")

    def fail(piece: bytes) -> bytes:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(zipping, "_compressed", fail)
        with pytest.raises(MemoryError):
            get(ALL, **{"Accept-Encoding": "gzip"})
    answer = get(ALL, **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.content) == get(ALL).content


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity, gzip; q=0.0"])
def test_who_does_not_take_gzip_gets_plain_text(accepted: str) -> None:
    answer = get(ALL, **{"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert answer.content.startswith(b"BEGIN:VCALENDAR")


def test_head_says_what_get_would() -> None:
    make_activity("Football")
    got, head = get(ALL), Client().head(ALL)
    assert head.content == b""
    assert dict(head.headers) == dict(got.headers)
    assert Client().head(ALL, headers={"If-None-Match": got.headers["ETag"]}).status_code == 304


def test_a_feed_is_only_read() -> None:
    assert Client().post(ALL).status_code == 405


def test_a_feed_sets_no_cookie_and_any_cache_may_keep_it() -> None:
    answer = get(ALL)
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert "Cookie" not in answer.headers["Vary"]


# Never wrong, only slower


def test_entries_of_another_renderer_are_rendered_as_the_feed_goes(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    activity = make_activity("Football", rules=[make_rule(times=3)])
    before = {(event.uid, event.sequence) for event in readers.events(get(ALL).content)}
    monkeypatch.setattr(phrases, "RENDERER", phrases.RENDERER + 1)
    settings.PUBLIC_ADDRESS = "https://new.example"
    events = readers.events(get(ALL).content)
    assert {(event.uid, event.sequence) for event in events} == before
    assert {event.url.partition("/organisers")[0] for event in events} == {"https://new.example"}
    assert b"localhost" not in get(ALL).content
    as_it_went = get(ALL).content
    publishing.settle(activity=activity, by=None)
    assert get(ALL).content == as_it_went


def test_words_that_were_replaced_while_reading_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    activity = make_activity("Football", rules=[make_rule(times=1)])
    get(ALL)
    read = reading.read
    changed: list[str] = []

    def change_after_reading(*args: object) -> reading.Dates:
        dates = read(*args)  # ty: ignore
        if not changed:
            changed.append("once")
            publish_again(activity, title="Football for all")
            assembling.store.clear()
        return dates

    publish_again(activity, summary="Another")
    activity = Activity.objects.get(pk=activity.pk)
    monkeypatch.setattr(reading, "read", change_after_reading)
    assert titles(ALL) == ["Football for all"]
    assert CalendarWords.objects.count() == 1


def test_a_change_while_a_feed_is_built_is_in_the_next_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    activity = make_activity("Football", rules=[make_rule(times=1)])
    build = assembling.assemble

    def change_after_building(*args: object, **how: object) -> Body:
        body = build(*args, **how)  # ty: ignore
        monkeypatch.undo()
        publish_again(activity, title="Football for all")
        return body

    monkeypatch.setattr("events.views.calendars.assemble", change_after_building)
    stale = get(ALL)
    assert {event.summary for event in readers.events(stale.content)} == {"Football"}
    fresh = get(ALL, **{"If-None-Match": stale.headers["ETag"]})
    assert {event.summary for event in readers.events(fresh.content)} == {"Football for all"}


@given(
    question=st.lists(
        st.tuples(
            st.sampled_from([*NAMES, "next", "nonsense"]),
            st.text(max_size=30),
        ),
        max_size=4,
    )
)
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_question_gives_a_calendar(question: list[tuple[str, str]]) -> None:
    answer = Client().get(ALL, question)
    assert answer.status_code in {200, 302}
    if answer.status_code == 200:
        readers.by_icalendar(answer.content)


@pytest.mark.parametrize(
    "raw", ["q=%00", "q=%ff%fe", "near=%f0%28", "x=" + "a" * 10_000, "age=12&age=" * 200]
)
def test_nonsense_bytes_give_a_calendar(raw: str) -> None:
    answer = Client().get(ALL, QUERY_STRING=raw)
    assert answer.status_code in {200, 302}
