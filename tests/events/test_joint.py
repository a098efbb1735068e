"""What several run together says so on card, page and calendar entry, and carries two colours."""

import pytest

from events import joint
from events.actions import co_organisers
from events.addresses import path_of
from events.models import Activity, CalendarWords, Listing
from organisations.models import Organisation, State
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
EDGE = '<span class="joint joint--teal joint-with--coral" aria-hidden="true"></span>'


def together(thread: str = "coral") -> tuple[Activity, Organisation]:
    host = make_organisation("Heron Bank Primary School", thread="teal")
    partner = make_organisation("Larkfield Primary School", thread=thread)
    made = make_activity("Choir", host=host, type="choir")
    co_organisers.bring_in(activity=made, organisation=partner, by=make_member(host))
    return made, partner


def test_card_page_and_entry_say_it_and_carry_both_colours(client):
    made, _partner = together()
    listing = Listing.objects.get(activity=made)
    assert EDGE in listing.card
    assert "Together with Larkfield Primary School" in listing.card
    assert f"/covers/{made.uuid}-teal-coral-choir.svg" in listing.card
    page = client.get(path_of(made)).content.decode()
    assert EDGE in page
    assert '<a href="#who">Together with Larkfield Primary School</a>' in page
    assert f"/covers/{made.uuid}-teal-coral-choir.svg" in page
    words = CalendarWords.objects.get(activity=made).text.replace("\r\n ", "")
    assert "Run by Heron Bank Primary School\\, together with Larkfield Primary School." in words
    assert f"/covers/{made.uuid}-teal-coral-choir.png" in words


def test_the_cover_in_calendars_is_drawn_in_both_colours_and_an_older_one_leads_to_it(client):
    made, _partner = together()
    found = client.get(f"/covers/{made.uuid}-teal-coral-choir.png")
    assert (found.status_code, found["Content-Type"]) == (200, "image/png")
    before = client.get(f"/covers/{made.uuid}-teal-violet-choir.png")
    assert before["Location"].startswith(f"/covers/{made.uuid}-teal-coral-choir.png")


def test_who_runs_it_alone_has_neither_words_nor_edge(client):
    made = make_activity("Choir", type="choir")
    assert "Together with" not in Listing.objects.get(activity=made).card
    assert 'class="joint' not in client.get(path_of(made)).content.decode()


def test_a_partner_that_is_not_public_is_not_named(client):
    made, partner = together()
    Organisation.objects.filter(pk=partner.pk).update(state=State.SUSPENDED)
    assert joint.threads_of(made) is None


def test_two_of_one_colour_are_told_apart():
    host = Organisation(thread="teal")
    first, second = joint.threads(host, [("Larkfield", "teal"), ("Moor End", "sky")])
    assert (first, second == first) == ("teal", False)
    assert joint.threads(host, []) is None
