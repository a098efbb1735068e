"""Members are asked by mail, say yes, get other roles, are taken out, leave; one belongs to several."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts import second_factors
from accounts.models import AuditEntry, User
from organisations import nightly
from organisations.actions import invitations, members
from organisations.models import Invitation, Membership, Organisation, Role
from organisations.refusals import MayNotChange
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.people import make_officer, make_user
from tests.looking import send

pytestmark = [pytest.mark.django_db, pytest.mark.floor]

HERE = "/organise/organisations/spark/"


@pytest.fixture
def spark() -> Organisation:
    return make_organisation("Spark", slug="spark")


def joined(organisation: Organisation, role: Role = Role.OWNER) -> User:
    user = make_user()
    members.join(organisation=organisation, user=user, role=role, by=None)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(organisation: Organisation, by: User, email: str = "bea@example.org") -> Invitation:
    return invitations.invite(organisation=organisation, email=email, role=Role.RECORDER, by=by)


def path(invitation: Invitation) -> str:
    return f"/organise/invitations/{invitations.token(invitation)}/"


def test_an_owner_asks_somebody_who_has_no_account_yet_and_they_join(
    spark: Organisation, django_capture_on_commit_callbacks
) -> None:
    owner = signed_in(joined(spark))
    with django_capture_on_commit_callbacks(execute=True):
        said = owner.post(f"{HERE}members/", {"email": "Bea@Example.org", "role": "recorder"}, follow=True)
    assert "We have sent a mail to Bea@Example.org." in said.content.decode()
    link = path(Invitation.objects.get())
    assert [(letter.to, link in letter.body) for letter in mail.outbox] == [(["bea@example.org"], True)]

    shown = Client().get(link).content.decode()
    assert ["Join Spark" in shown, "/accounts/login/?next=/organise/invitations/" in shown] == [True, True]
    bea = make_user("bea@example.org")
    assert "Yes, I join" in signed_in(bea).get(link).content.decode()
    there = signed_in(bea).post(link, follow=True)

    assert "You belong to Spark now." in there.content.decode()
    assert Membership.objects.get(user=bea).role == Role.RECORDER
    rows = AuditEntry.objects.filter(action__startswith="member.").order_by("id")
    assert list(rows.values_list("action", flat=True))[1:] == [
        "member.invited",
        "member.joined",
        "member.accepted",
    ]
    assert "bea@" not in str(list(rows.values_list("details", flat=True)))


def test_the_link_is_for_that_address_once_and_for_two_weeks(
    spark: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = joined(spark)
    invitation = asked(spark, owner)
    other = signed_in(make_user("joe@example.org"))
    assert "Sign out, then sign in with that address." in other.get(path(invitation)).content.decode()
    other.post(path(invitation))
    assert Membership.objects.filter(organisation=spark).count() == 1
    bea = make_user("bea@example.org")
    later = timezone.now() + datetime.timedelta(days=15)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: later)
        with pytest.raises(ValidationError, match="is over"):
            invitations.accept(invitation=invitation, by=bea)
    with pytest.raises(MayNotChange):
        invitations.accept(invitation=invitation, by=make_user("third@example.org"))
    first = invitations.accept(invitation=invitation, by=bea)
    assert invitations.accept(invitation=invitation, by=bea) == first
    assert spark.memberships.count() == 2


def test_a_token_that_was_changed_or_sent_before_leads_nowhere(spark: Organisation) -> None:
    owner = joined(spark)
    first = asked(spark, owner)
    old = path(first)
    again = asked(spark, owner)
    assert (again.pk, Invitation.objects.count()) == (first.pk, 1)
    for wrong in (old, path(again)[:-3] + "x/", "/organise/invitations/nonsense/"):
        assert Client().get(wrong).status_code == 404
    assert Client().get(path(again)).status_code == 200


def test_one_that_was_taken_back_or_whose_sender_has_gone_is_over(spark: Organisation) -> None:
    owner, second = joined(spark), joined(spark)
    bea, joe = make_user("bea@example.org"), make_user("joe@example.org")
    taken = asked(spark, owner)
    press = {"take_back": str(taken.uuid)}
    html = signed_in(owner).post(f"{HERE}members/", press, follow=True).content.decode()
    assert "Taken back. The link in the mail to bea@example.org says so now." in html
    gone = Client().get(path(taken))
    assert (gone.status_code, "This invitation was taken back" in gone.content.decode()) == (410, True)
    assert "Spark" not in gone.content.decode()
    entry = AuditEntry.objects.get(action="member.invitation_taken_back")
    assert (entry.subject, entry.by) == (taken.uuid, owner)
    for again in (press, {"take_back": "nonsense\x00"}):
        html = signed_in(owner).post(f"{HERE}members/", again, follow=True).content.decode()
        assert "Taken back." not in html
    assert AuditEntry.objects.filter(action="member.invitation_taken_back").count() == 1
    with pytest.raises(ValidationError):
        invitations.accept(invitation=taken, by=bea)
    left = asked(spark, second, "joe@example.org")
    members.remove(organisation=spark, user=second, by=owner)
    with pytest.raises(ValidationError, match="is over"):
        invitations.accept(invitation=left, by=joe)


def test_what_was_answered_meanwhile_is_not_taken_back_and_that_is_said(spark: Organisation) -> None:
    owner, bea = joined(spark), make_user("bea@example.org")
    answered = asked(spark, owner)
    invitations.accept(invitation=answered, by=bea)
    press = {"take_back": str(answered.uuid)}
    html = signed_in(owner).post(f"{HERE}members/", press, follow=True).content.decode()
    assert "It was taken back already, or they have said yes: look at who belongs to it." in html
    assert spark.memberships.filter(user=bea).exists()


def test_only_owners_and_officers_ask_and_nobody_twice(spark: Organisation) -> None:
    owner, editor = joined(spark), joined(spark, Role.EDITOR)
    asked(spark, make_officer(spark.place))
    for person in (editor, joined(make_organisation()), make_user()):
        with pytest.raises(MayNotChange):
            asked(spark, person)
        with pytest.raises(MayNotChange):
            invitations.take_back(organisation=spark, uuid=Invitation.objects.get().uuid, by=person)
        for rest in ("members/", f"members/{owner.uuid}/", "declaration/"):
            assert signed_in(person).get(f"{HERE}{rest}").status_code == 404
    html = signed_in(owner).post(f"{HERE}members/", {"email": editor.email, "role": "editor"})
    assert "They belong to it already." in html.content.decode()
    html = signed_in(owner).post(f"{HERE}members/", {"email": "nowhere", "role": "king"}).content.decode()
    assert ["Enter a valid email address." in html, 'value="nowhere"' in html] == [True, True]


def test_a_member_gets_another_role_and_is_signed_out_when_taken_out(spark: Organisation) -> None:
    owner, joe = joined(spark), joined(spark, Role.EDITOR)
    theirs = signed_in(joe)
    page = f"{HERE}members/{joe.uuid}/"
    said = send(signed_in(owner), page, {"role": "recorder"}, follow=True).content.decode()
    assert "is now: Recorder." in said
    assert theirs.get("/organise/").status_code == 200

    signed_in(owner).post(page, {"remove": "1"})

    assert theirs.get("/organise/").status_code == 302
    assert list(spark.memberships.values_list("user", flat=True)) == [owner.pk]


def test_second_owner_sees_the_role_that_the_first_has_given(spark: Organisation) -> None:
    owner, other, joe = joined(spark), joined(spark), joined(spark, Role.EDITOR)
    page = f"{HERE}members/{joe.uuid}/"
    late = signed_in(other)
    seen = late.get(page).context["form"]["seen"].value()
    send(signed_in(owner), page, {"role": "recorder"})

    told = late.post(page, {"seen": seen, "role": "owner"})

    assert "Somebody has just given them another role: Recorder." in told.content.decode()
    assert spark.memberships.get(user=joe).role == "recorder"
    late.post(page, {"seen": told.context["form"]["seen"].value(), "role": "owner"})
    assert spark.memberships.get(user=joe).role == "owner"


def test_the_last_owner_cannot_leave_and_everybody_else_can(spark: Organisation) -> None:
    owner, joe = joined(spark), joined(spark, Role.RECORDER)
    told = signed_in(owner).post(HERE).content.decode()
    assert "This is the only owner." in told
    theirs = signed_in(joe)
    assert "You no longer belong to Spark." in theirs.post(HERE, follow=True).content.decode()
    assert (spark.memberships.count(), theirs.get("/organise/").status_code) == (1, 200)
    page = f"{HERE}members/{owner.uuid}/"
    assert "This is the only owner." in signed_in(owner).post(page, {"remove": "1"}).content.decode()
    assert spark.memberships.count() == 1


def test_one_person_belongs_to_several_and_sees_the_dates_of_one_or_all(spark: Organisation) -> None:
    other = make_organisation("Other", slug="other")
    user = joined(spark, Role.RECORDER)
    members.join(organisation=other, user=user, role=Role.OWNER, by=None)
    second_factors.enrol_app(user)
    soon = timezone.localdate() + datetime.timedelta(days=2)
    from_here = [
        make_activity(title, host=host, rules=[make_rule(first_date=soon, times=1)]).title
        for title, host in (("Boxing", spark), ("Chess", other))
    ]
    client = signed_in(user)

    def shown(query: str = "") -> list[bool]:
        html = client.get(f"/organise/{query}").content.decode()
        return [f"<span>{title}</span>" in html for title in from_here]

    assert shown() == [True, True]
    assert shown("?organisation=spark") == [True, False]
    assert shown("?organisation=other") == [False, True]
    assert shown("?organisation=%00nonsense") == [False, False]
    home = client.get(HERE).content.decode()
    assert ("declaration" in home, "members" in home) == (False, False)
    assert client.get("/organise/organisations/other/").status_code == 200
    assert signed_in(make_user()).get(HERE).status_code == 404


def test_invitations_and_their_addresses_are_forgotten_after_a_month(spark: Organisation) -> None:
    invitation = asked(spark, joined(spark))
    assert nightly.forget_invitations(dry_run=False) == 0
    old = timezone.now() - datetime.timedelta(days=31)
    Invitation.objects.filter(pk=invitation.pk).update(invited_at=old)
    assert nightly.forget_invitations(dry_run=True) == 1
    assert nightly.forget_invitations(dry_run=False) == 1
    assert not Invitation.objects.exists()
