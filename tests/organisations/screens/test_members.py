"""An officer says in the CMS who belongs to an organisation."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from organisations.actions import invitations, members
from organisations.models import Organisation, Role
from organisations.refusals import ChangedMeanwhile
from tests.events.cms import signed_in
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def spark() -> Organisation:
    return make_organisation("Spark")


@pytest.fixture
def officer(spark: Organisation) -> Client:
    user = make_user()
    members.appoint(place=spark.place, user=user, by=None)
    return signed_in(user)


def joined(organisation: Organisation, role: Role, email: str) -> User:
    user = make_user(email)
    members.join(organisation=organisation, user=user, role=role, by=None)
    return user


def listed(organisation: Organisation) -> str:
    return reverse("organisation:members", args=[organisation.pk])


def of(organisation: Organisation, user: User) -> str:
    return reverse("organisation:member", args=[organisation.pk, user.uuid])


def send(client: Client, address: str, **fields: str) -> str:
    answer: HttpResponse = client.post(address, fields, follow=True)
    return " ".join(answer.content.decode().split())


def roles(organisation: Organisation) -> dict[str, str]:
    return dict(organisation.memberships.values_list("user__email", "role"))


def test_nobody_belongs_before_they_have_said_yes(spark: Organisation, officer: Client) -> None:
    person = make_user("amina@example.org")
    html = send(officer, listed(spark), email="Amina@example.org", role="editor")
    assert "We have sent a mail to Amina@example.org. They belong to it once they say yes." in html
    assert ("amina@example.org, Editor: the link works until" in html, roles(spark)) == (True, {})
    [asked] = spark.invitations.all()
    assert send(signed_in(person), reverse("invitation", args=[invitations.token(asked)]))
    assert roles(spark) == {"amina@example.org": "editor"}
    assert "the link works until" not in officer.get(listed(spark)).content.decode()


def test_an_officer_takes_back_what_is_not_answered_yet(spark: Organisation, officer: Client) -> None:
    send(officer, listed(spark), email="amina@example.org", role="editor")
    [asked] = spark.invitations.all()
    link = reverse("invitation", args=[invitations.token(asked)])
    shown = " ".join(officer.get(listed(spark)).content.decode().split())
    button = f'name="take_back" value="{asked.uuid}">Take back the invitation of amina@example.org</button>'
    assert button in shown

    html = send(officer, listed(spark), take_back=str(asked.uuid))

    assert "Taken back. The link in the mail to amina@example.org says so now." in html
    assert ("the link works until" in html, spark.invitations.count()) == (False, 0)
    assert "This invitation was taken back" in Client().get(link).content.decode()
    for again in (str(asked.uuid), "nonsense"):
        assert "Taken back." not in send(officer, listed(spark), take_back=again)


def test_an_officer_of_another_place_takes_nothing_back(spark: Organisation) -> None:
    user, other = make_user(), make_user()
    members.appoint(place=spark.place, user=user, by=None)
    members.appoint(place=make_place("Elsewhere"), user=other, by=None)
    asked = invitations.invite(organisation=spark, email="amina@example.org", role=Role.EDITOR, by=user)
    answer = signed_in(other).post(listed(spark), {"take_back": str(asked.uuid)})
    assert (answer.status_code, spark.invitations.count()) == (404, 1)


def test_no_role_is_given_to_somebody_who_was_taken_out_meanwhile(spark: Organisation) -> None:
    person = joined(spark, Role.EDITOR, "amina@example.org")
    user = make_user()
    members.appoint(place=spark.place, user=user, by=None)
    members.remove(organisation=spark, user=person, by=user)
    with pytest.raises(ChangedMeanwhile, match="do not belong to it any more"):
        members.change_role(organisation=spark, user=person, role=Role.OWNER, by=user)
    assert roles(spark) == {}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "owner@example.org", "role": "editor"}, "They belong to it already."),
        ({"email": "no address", "role": "editor"}, "Enter a valid email address."),
        ({"email": "nobody@example.org", "role": "king"}, "Select a valid choice."),
        ({}, "This field is required."),
    ],
)
def test_who_cannot_be_invited_is_said(
    spark: Organisation, officer: Client, fields: dict[str, str], words: str
) -> None:
    joined(spark, Role.OWNER, "owner@example.org")
    assert words in send(officer, listed(spark), **fields)
    assert roles(spark) == {"owner@example.org": "owner"}


def test_a_role_is_changed(spark: Organisation, officer: Client) -> None:
    person = joined(spark, Role.RECORDER, "amina@example.org")
    assert "Recorder: dates and registers only" in officer.get(of(spark, person)).content.decode()
    assert "amina@example.org is now: Editor." in send(
        officer, of(spark, person), role="editor", seen="recorder"
    )
    assert roles(spark) == {"amina@example.org": "editor"}


def test_a_role_that_was_changed_meanwhile_is_told(spark: Organisation, officer: Client) -> None:
    person = joined(spark, Role.EDITOR, "amina@example.org")
    assert 'name="seen" value="editor"' in officer.get(of(spark, person)).content.decode()
    html = send(officer, of(spark, person), role="owner", seen="recorder")
    assert "Somebody has just given them another role: Editor." in html
    assert roles(spark) == {"amina@example.org": "editor"}


def test_somebody_is_taken_out_and_signed_out(spark: Organisation, officer: Client) -> None:
    person = joined(spark, Role.EDITOR, "amina@example.org")
    theirs = signed_in(person)
    assert theirs.get("/cms/").status_code == 200
    html = send(officer, of(spark, person), role="editor", remove="1")
    assert "amina@example.org no longer belongs to it and has been signed out." in html
    assert (roles(spark), theirs.get("/cms/").status_code) == ({}, 302)
    assert officer.get(of(spark, person)).status_code == 404


def test_the_last_owner_stays(spark: Organisation, officer: Client) -> None:
    owner = joined(spark, Role.OWNER, "owner@example.org")
    words = "This is the only owner. Make somebody else an owner first."
    assert words in send(officer, of(spark, owner), role="owner", remove="1")
    assert words in send(officer, of(spark, owner), role="editor", seen="owner")
    assert roles(spark) == {"owner@example.org": "owner"}


def test_members_of_another_place_are_nobodys_here(officer: Client) -> None:
    other = make_organisation(place=make_place("kirklees"))
    person = joined(other, Role.EDITOR, "amina@example.org")
    for address in (listed(other), of(other, person)):
        assert officer.get(address).status_code == 404
        assert officer.post(address, {"role": "owner", "email": "amina@example.org"}).status_code == 404
    assert roles(other) == {"amina@example.org": "editor"}
