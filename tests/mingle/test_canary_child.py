"""A canary child: what is said and counted of one child in confidence reaches nobody else.

Her name, age and school are said wherever somebody may say such a thing, and she is counted among those who
came. Afterwards every public address answers byte for byte what it answered before.
"""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from events.actions import answers, registers
from events.models import Occurrence
from organisations import tick
from schools.models import Twinning
from tests.factories.answers import code_of, make_session, send
from tests.factories.concerns import make_lead
from tests.factories.people import make_member
from tests.factories.registers import make_school
from tests.mingle import test_no_trace
from tests.mingle.test_no_trace import World
from tests.mingle.test_no_trace import clock as clock  # the fixture: time stands still
from tests.mingle.test_no_trace import world as world  # the fixture: all that is public
from tests.organisations.test_concerns_leave_no_trace import whole_database
from tests.organisations.views import test_concern

pytestmark = pytest.mark.django_db

NAME, SCHOOL, OTHER = "Zenobia Quillfeather", "Quillfeather Priory School", "Nine-and-three-quarters"
URN = 900_077
MARKERS = ("Zenobia", "Quillfeather", OTHER)
HERS = re.compile(
    r"events_listing|events_calendar|wagtailsearch|modelsearch|events_term|django_session|cache"
)
"""Tables that search, feeds and pages are made from, and what is kept between requests."""
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|token|opened|signed)" value="[^"]*"')


@pytest.fixture
def session() -> Occurrence:
    occurrence = make_session("Ordinary football")
    code_of(occurrence.activity)
    make_school(URN, SCHOOL)
    return occurrence


def public(world: World, session: Occurrence) -> dict[str, str]:
    """What each public address answers, without what is drawn anew for every form."""
    test_no_trace.forget()
    activity = session.activity
    page = {"organiser": activity.host.slug, "slug": activity.slug}
    own = [
        reverse("activity", kwargs=page),
        reverse("organisation", kwargs={"slug": activity.host.slug}),
        reverse("activity_calendar", kwargs={"id": activity.uuid}),
        reverse("occurrence_calendar", args=[session.uuid]),
        f"/r/{answers.code_of(activity=activity, by=make_member(activity.host))}",
        f"/schools/{URN}/",
    ]
    addresses = [*own, *(each for some in test_no_trace.asked(world).values() for each in some)]
    return {address: TOKEN.sub("", body(Client().get(address))) for address in addresses}


def body(response) -> str:
    content = b"".join(response) if response.streaming else response.content
    return f"{response.status_code} {response.headers.get('Location', '')} {content.decode('latin-1')}"


def said_in(text: str) -> list[str]:
    return [marker for marker in MARKERS if marker.lower() in text.lower()]


def say_everything(client: Client, session: Occurrence) -> str:
    """All that people may write or count of her; returns the number of the concern."""
    who = f"{NAME}, {OTHER}, of {SCHOOL}"
    make_lead(session.activity.host.place)
    concern = test_concern.send(client, what=who, where=SCHOOL, name=NAME)
    hers = {"group": "asian", "age": "8-10", "before": "first-time"}
    send(client, f"/r/{code_of(session.activity)}", **hers, name=NAME, school=SCHOOL, note=OTHER)
    registers.count(
        occurrence=session,
        changes={"came": 7, "age:8-10": 1, f"school:{URN}": 1},
        by=make_member(session.activity.host),
    )
    Twinning.objects.update(note=who, first_contact=NAME)
    return test_concern.reference_in(concern)


def test_nothing_of_her_is_public_or_sent_or_logged(
    client: Client, world: World, session: Occurrence, mailoutbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = public(world, session)
    reference = say_everything(client, session)
    after = public(world, session)

    assert [address for address, text in before.items() if after[address] != text] == []
    known = {"/schools/", f"/schools/{URN}/"}  # her school itself is in the public register of schools
    assert [address for address, text in after.items() if said_in(text) and address not in known] == []
    assert [address for address in after if said_in(address)] == []
    tick.tell_of_concerns(dry_run=False)
    mails = "".join(f"{mail.subject} {mail.body}" for mail in mailoutbox)
    assert (reference in mails, said_in(mails)) == (True, [])
    assert said_in(caplog.text) == []


def test_her_name_is_in_no_index_and_in_no_register(
    client: Client, world: World, session: Occurrence
) -> None:
    say_everything(client, session)
    rows = whole_database().splitlines()
    assert [row for row in rows if HERS.match(row) and said_in(row)] == []
    tables = {row.partition(" ")[0] for row in rows if said_in(row)}
    # The register of schools has her school; two schools that write to each other may name somebody.
    assert tables == {"places_school", "places_schoolword", "schools_twinning"}


def test_a_page_that_told_of_her_would_be_found(client: Client, world: World, session: Occurrence) -> None:
    before = public(world, session)
    activity = session.activity
    activity.summary = f"{NAME} comes every week"
    activity.save_revision().publish()
    after = public(world, session)
    found = [address for address, text in after.items() if said_in(text) and text != before[address]]
    assert reverse("activity", kwargs={"organiser": activity.host.slug, "slug": activity.slug}) in found
