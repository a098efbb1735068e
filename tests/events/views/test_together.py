"""Two organisations run an activity together: asked, accepted and ended by people, in the workspace."""

import pytest
from django.test import Client
from django.urls import reverse

from events.models import CoOrganiser
from organisations.models import Role
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return make_activity("Street football", host=make_organisation("Savile Park Juniors"))


@pytest.fixture
def partner():
    return make_organisation("The Lantern Club", slug="lantern")


@pytest.fixture
def host(activity) -> Client:
    return signed_in(make_member(activity.host, Role.EDITOR))


@pytest.fixture
def guest(partner) -> Client:
    return signed_in(make_member(partner))


def page(activity) -> str:
    return reverse("organise_together", args=[activity.uuid])


def send(client: Client, activity, do: str, **fields: object) -> str:
    return client.post(page(activity), {"do": do, **fields}, follow=True).content.decode()


def test_host_asks_and_the_other_accepts_and_leaves(activity, partner, host, guest):
    link = f'href="{page(activity)}"'
    assert link in host.get(reverse("organise_activity", args=[activity.uuid])).content.decode()
    assert "The Lantern Club is asked." in send(host, activity, "invite", organisation="the lantern  club")
    assert link in guest.get(reverse("organise")).content.decode()

    assert "Accepted." in send(guest, activity, "accept", organisation=partner.uuid)
    assert activity.co_organisers.get().accepted_at is not None
    assert link not in guest.get(reverse("organise")).content.decode()
    assert activity.title in guest.get(reverse("organise")).content.decode()

    assert "Ended." in send(guest, activity, "leave", organisation=partner.uuid)
    assert not activity.co_organisers.exists()


def test_host_takes_an_invitation_back(activity, partner, host, guest):
    send(host, activity, "invite", organisation="https://example.org/organisers/lantern/")
    assert activity.co_organisers.get().organisation == partner
    send(host, activity, "leave", organisation=partner.uuid)
    assert guest.get(page(activity)).status_code == 404


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This field is required."),
        ("Nobody at all", "We do not know it."),
        ("Savile Park Juniors", "It runs this activity already."),
        ("Not checked yet", "We do not know it."),
        ("Twins", "Several have this name."),
        ("/", "We do not know it."),
    ],
)
def test_who_cannot_be_asked_is_said_beside_the_field(activity, host, text, words):
    make_organisation("Not checked yet", public=False)
    make_organisation("Twins")
    make_organisation("Twins")
    assert words in send(host, activity, "invite", organisation=text)
    assert not CoOrganiser.objects.exists()


def test_each_side_answers_for_itself_alone(activity, partner, host, guest):
    send(host, activity, "invite", organisation="lantern")
    assert "You cannot accept for The Lantern Club." in send(
        host, activity, "accept", organisation=partner.uuid
    )
    send(guest, activity, "invite", organisation="lantern")
    assert activity.co_organisers.get().accepted_at is None
    assert "Ask another organisation" not in guest.get(page(activity)).content.decode()


def test_recorders_and_strangers_do_not_find_the_page(activity, partner, host):
    send(host, activity, "invite", organisation="lantern")
    for person in (make_member(partner, Role.RECORDER), make_member(make_organisation("Another club"))):
        client = signed_in(person)
        assert client.get(page(activity)).status_code == 404
        assert page(activity) not in client.get(reverse("organise")).content.decode()


def test_officer_of_the_place_asks_too_and_has_no_invitations_of_others(activity, partner):
    officer = signed_in(make_officer(activity.host.place))
    assert "is asked" in send(officer, activity, "invite", organisation="lantern")
    assert page(activity) not in officer.get(reverse("organise")).content.decode()


@pytest.mark.parametrize("named", ["", "nonsense", "\x00", "9" * 10000])
def test_answer_to_what_is_not_there_is_said(activity, host, named):
    assert "This has ended meanwhile." in send(host, activity, "accept", organisation=named)
