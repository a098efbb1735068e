"""`/schools/<urn>/` and its calendar."""

import datetime
import re

import pytest
from django.test import Client

from events.actions import co_organisers
from organisations.models import Organisation, State
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member
from tests.factories.registers import make_school

pytestmark = pytest.mark.django_db


def text_of(client: Client, urn: int = 900_001) -> str:
    response = client.get(f"/schools/{urn}/")
    assert response.status_code == 200
    return re.sub(r"[ \n]+", " ", response.content.decode().replace("&nbsp;", " "))


@pytest.fixture
def school() -> Organisation:
    make_school()
    return make_organisation("Heron Bank Primary School", slug="heron-bank", kind="school", urn=900_001)


def test_a_school_says_where_and_what_it_is(client: Client) -> None:
    make_school(opened_on=datetime.date(1998, 9, 1))
    text = text_of(client)
    for words in (
        *("<h1>Heron Bank Primary School</h1>", "Primary · ages 4 to 11 · Halifax · Calderdale"),
        *(
            "Heron Bank<br>Halifax HX1\N{NO-BREAK SPACE}5ER",
            'href="/in/calderdale/"',
            "Community school",
            "Girls and boys",
        ),
        *("Opened on 1 September 1998", "Register number (URN) 900001", "Nothing here yet"),
    ):
        assert words in text
    assert "closed" not in text.lower()


def test_a_school_of_which_little_is_known_is_shown_all_the_same(client: Client) -> None:
    unknown = dict.fromkeys(
        ("kind", "phase", "gender", "street", "town", "postcode", "authority", "area_code"), ""
    )
    make_school(latitude=None, longitude=None, age_from=None, age_to=None, **unknown)
    assert "The register does not say." in text_of(client)


@pytest.mark.parametrize(
    "path", ["/schools/900009/", "/schools/0/", "/schools/99999999999999/", "/schools/x/"]
)
def test_a_number_that_the_register_does_not_have_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_a_school_runs_stands_on_its_page_with_its_calendar(
    client: Client, school: Organisation
) -> None:
    make_activity("River rangers", host=school, rules=[make_rule()])
    text = text_of(client)
    assert "River rangers" in text
    assert 'href="/organisers/heron-bank/"' in text
    assert "/schools/900001/calendar.ics" in text
    assert "/organisers/heron-bank/calendar.ics" not in text


def test_a_school_that_may_not_publish_shows_nothing_but_the_register(
    client: Client, school: Organisation
) -> None:
    make_activity("River rangers", host=school, rules=[make_rule()])
    Organisation.objects.update(state=State.SUSPENDED)
    text = text_of(client)
    assert "River rangers" not in text
    assert "heron-bank" not in text


def test_a_closed_school_says_so_and_leads_to_open_ones_of_its_phase(client: Client) -> None:
    make_school(status="closed", closed_on=datetime.date(2026, 8, 31))
    make_school(900_002, "Near School", latitude=53.73)
    make_school(900_003, "Nearer School", latitude=53.725)
    make_school(900_004, "Far School", latitude=54.5)
    make_school(900_005, "High School", phase="secondary")
    make_school(900_006, "Shut School", status="closed")
    text = text_of(client)
    assert "This school is closed" in text
    assert "It closed on 31 August 2026." in text
    assert text.index("Nearer School") < text.index("Near School")
    assert [name for name in ("Far School", "High School", "Shut School") if name in text] == []


def test_a_closed_school_with_nothing_near_leads_back_to_all(client: Client) -> None:
    make_school(status="closed")
    text = text_of(client)
    assert "We do not know on which day it closed." in text
    assert 'href="/schools/?place=calderdale"' in text


@pytest.mark.parametrize(("status", "words"), [("closing", "It may close"), ("proposed", "Not open yet")])
def test_a_school_that_may_close_or_has_not_opened_says_so(client: Client, status: str, words: str) -> None:
    make_school(status=status)
    assert words in text_of(client)


def test_the_calendar_is_the_organisations_under_the_schools_address(
    client: Client, school: Organisation
) -> None:
    make_activity("River rangers", host=school, rules=[make_rule()])
    response = client.get("/schools/900001/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content.decode().replace("\r\n ", "")
    own = client.get("/organisers/heron-bank/calendar.ics").content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == own.count("BEGIN:VEVENT") > 0
    assert "http://localhost:8000/schools/900001/calendar.ics" in text
    assert text.partition("BEGIN:VEVENT")[2] == own.partition("BEGIN:VEVENT")[2]
    again = client.get("/schools/900001/calendar.ics", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_calendar_of_a_school_that_may_not_publish_names_nothing(
    client: Client, school: Organisation
) -> None:
    make_activity("River rangers", host=school, rules=[make_rule()])
    Organisation.objects.update(state=State.SUSPENDED)
    text = client.get("/schools/900001/calendar.ics").content.decode()
    assert "Heron" not in text


def test_a_school_that_runs_nothing_here_has_no_calendar(client: Client) -> None:
    make_school()
    assert client.get("/schools/900001/calendar.ics").status_code == 404


def test_activities_can_be_asked_for_by_the_schools_number(client: Client, school: Organisation) -> None:
    make_activity("River rangers", host=school, rules=[make_rule()])
    joint = make_activity("Choir", rules=[make_rule()])
    co_organisers.invite(activity=joint, organisation=school, by=make_member(joint.host))
    co_organisers.accept(activity=joint, organisation=school, by=make_member(school))
    make_activity("Somebody else's", rules=[make_rule()])
    text = client.get("/activities/?school=900001").content.decode()
    assert "River rangers" in text
    assert "Choir" in text
    assert "Somebody else" not in text


def test_a_school_of_the_register_that_runs_nothing_is_known_by_its_name(client: Client) -> None:
    make_school(900_002, "Larkfield Primary School")
    make_activity("Somebody else's", rules=[make_rule()])
    text = client.get("/activities/?school=900002").content.decode()
    assert "Larkfield Primary School" in text
    assert "We do not know this school" not in text
    assert "Somebody else" not in text
    calendar = client.get("/activities/calendar.ics?school=900002")
    assert (calendar.status_code, calendar.content.count(b"BEGIN:VEVENT")) == (200, 0)
    assert b"not know" not in calendar.content
    assert "We do not know this school" in client.get("/activities/?school=900009").content.decode()
    unknown = client.get("/activities/calendar.ics?school=900009").content.replace(b"\r\n ", b"")
    assert b"We do not know this school." in unknown
