"""The first page of the CMS leads an organiser to what they came for, at the same price however many."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import reviews
from organisations.actions import members
from organisations.models import Organisation, Role
from tests.events.cms import signed_in
from tests.factories.activities import make_activity, make_draft
from tests.factories.organisations import make_organisation
from tests.factories.people import make_officer, make_user

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def club() -> Organisation:
    return make_organisation("Savile Park Juniors", slug="savile-park")


def owner_of(*clubs: Organisation) -> Client:
    person = make_user()
    for each in clubs:
        members.join(organisation=each, user=person, role=Role.OWNER, by=None)
    return signed_in(person)


def home(client: Client) -> str:
    return client.get("/cms/").content.decode()


def test_first_time_owner_is_led_from_nothing_to_a_published_activity(club: Organisation) -> None:
    client, page = owner_of(club), club.page
    html = home(client)
    assert f'<a class="button" href="/cms/pages/{page.pk}/edit/">Say in one sentence what you do.</a>' in html

    page.summary = "Football for everybody."
    page.save_revision().publish()
    html = home(client)
    assert "Say in one sentence what you do. <strong>Done.</strong>" in html
    assert (
        f'<a class="button" href="/cms/pages/add/events/activity/{page.pk}/">Write your first activity'
        in html
    )

    draft = make_draft("Street football", host=club)
    assert f'<a class="button" href="/cms/pages/{draft.pk}/edit/">Read it once more and press' in home(client)

    draft.get_latest_revision().publish()
    html = home(client)
    assert "From nothing to your first activity" not in html
    assert "12 January" in html


def test_owner_of_a_new_club_is_told_what_the_officer_does(club: Organisation) -> None:
    Organisation.objects.filter(pk=club.pk).update(reviews_left=3)
    club.page.summary = "Football for everybody."
    club.page.save_revision().publish()
    client, officer = owner_of(club), make_officer(club.place)
    members.appoint(place=club.place, user=officer, by=None)
    draft = make_draft("Street football", host=club)
    assert "Our officer looks at it. Families see it after that." in home(client)
    assert "is with our officer" not in home(client)

    reviews.ask(activity=draft, by=club.memberships.get().user)
    html = home(client)
    assert "Read it once more and press “Publish”. <strong>Done.</strong>" in html
    assert "“Street football” is with our officer. You get a mail." in html
    assert "“Street football” is a draft" not in html

    reviews.send_back(activity=draft, words="Which gate?", by=officer)
    html = home(client)
    assert f'<a class="button" href="/cms/pages/{draft.pk}/edit/">Change what our officer asks' in html
    assert "“Street football”: our officer asks for a change. Which gate?" in html

    reviews.ask(activity=draft, by=club.memberships.get().user)
    reviews.approve(activity=draft, seen=draft.latest_revision_id, by=officer)
    html = home(client)
    assert "From nothing to your first activity" not in html
    assert "is with our officer" not in html
    second = make_draft("Street tennis", host=club)
    reviews.ask(activity=second, by=club.memberships.get().user)
    assert "“Street tennis” is with our officer. You get a mail." in home(client)


def test_what_is_approved_for_later_asks_nothing_more(club: Organisation) -> None:
    Organisation.objects.filter(pk=club.pk).update(reviews_left=3)
    club.page.summary = "Football for everybody."
    club.page.save_revision().publish()
    client, officer = owner_of(club), make_officer(club.place)
    draft = make_draft("Street football", host=club, go_live_at=NOW + datetime.timedelta(days=7))
    reviews.ask(activity=draft, by=club.memberships.get().user)
    reviews.approve(activity=draft, seen=draft.latest_revision_id, by=officer)
    html = home(client)
    assert "Our officer looks at it. Families see it after that. <strong>Done.</strong>" in html
    assert html.count('aria-current="step"') == 0


def test_three_doors_the_dates_and_the_calendar(club: Organisation) -> None:
    make_activity("Street football", host=club)
    html = home(owner_of(club))
    for words in ("New activity", "Change a date", "Take a register", "Say how many came"):
        assert words in html
    assert html.count("/organise/dates/") == 5
    assert "webcal://localhost:8000/organisers/savile-park/calendar.ics" in html


def test_what_needs_a_hand_is_named(club: Organisation) -> None:
    make_activity("Street football", host=club)
    make_draft("Half done", host=club)
    html = home(owner_of(club))
    assert "“Half done” is a draft: nobody sees it yet." in html
    assert "“Street football” is a draft" not in html
    assert "What needs you" in html


def test_what_keeps_a_club_from_publishing_is_said(club: Organisation) -> None:
    client = owner_of(club)
    assert 'class="their-home__word"' not in home(client)
    Organisation.objects.filter(pk=club.pk).update(declaration_until=datetime.date(2026, 12, 24))
    assert "The safeguarding declaration of Savile Park Juniors runs out on 24 December 2026." in home(client)
    Organisation.objects.filter(pk=club.pk).update(declaration_until=datetime.date(2026, 11, 22))
    assert "has run out, so nobody sees its activities." in home(client)
    Organisation.objects.filter(pk=club.pk).update(state="suspended")
    assert "Savile Park Juniors cannot publish now." in home(client)


def test_officer_finds_the_organisations_of_the_place_and_no_sums(club: Organisation) -> None:
    html = home(signed_in(officer := make_officer(club.place)))
    members.appoint(place=club.place, user=officer, by=None)
    html = home(signed_in(officer))
    assert re.findall(r'<a href="(/cms/[^"]*)">', html.partition('id="home-oversees"')[2])[:2] == [
        "/cms/desk/",
        "/cms/organisation/",
    ]
    assert "New activity" not in html
    assert "summary" not in html.partition('class="their-home"')[2]


@pytest.mark.parametrize("many", [1, 3])
def test_home_asks_fifteen_times_at_most_however_much_there_is(many: int) -> None:
    clubs = [make_organisation() for _ in range(many)]
    for each in clubs:
        for _ in range(many):
            make_activity(host=each)
            make_draft(host=each)
    client = owner_of(*clubs)
    home(client)  # the profile that Wagtail keeps of a person is made at the first visit
    with CaptureQueriesContext(connection) as asked:
        home(client)
    assert len(asked) <= 15, "\n".join(query["sql"][:230] for query in asked)
