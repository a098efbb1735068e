"""An organisation's way from draft to closed."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry
from organisations.actions import verification
from organisations.models import Membership, Organisation, Role, State
from organisations.refusals import MayNotChange
from tests.factories.organisations import make_declaration, make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff

pytestmark = pytest.mark.django_db


def until(days: int = 100) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def state(organisation: Organisation) -> str:
    return Organisation.objects.get(pk=organisation.pk).state


def test_the_whole_way_is_audited() -> None:
    organisation = make_organisation(public=False)
    owner, officer = make_member(organisation), make_officer(organisation.place)

    make_declaration(organisation, until())

    verification.submit(organisation=organisation, by=owner)
    verification.verify(organisation=organisation, by=officer)
    verification.suspend(organisation=organisation, reason="A concern", by=officer)
    verification.verify(organisation=organisation, reason="It was a mistake", by=officer)
    verification.close(organisation=organisation, reason="The club has ended", by=owner)

    rows = AuditEntry.objects.filter(subject=organisation.uuid).order_by("id")
    assert list(rows.values_list("action", "by", "reason"))[1:] == [
        ("organisation.submitted", owner.pk, ""),
        ("organisation.verified", officer.pk, ""),
        ("organisation.suspended", officer.pk, "A concern"),
        ("organisation.verified", officer.pk, "It was a mistake"),
        ("organisation.closed", owner.pk, "The club has ended"),
    ]


def test_verify_dates_itself_and_the_declaration() -> None:
    organisation = make_organisation(public=False, state=State.SUBMITTED)

    make_declaration(organisation, until(30))

    verified = verification.verify(organisation=organisation, by=make_staff())

    assert (verified.verified_on, verified.declaration_until) == (timezone.localdate(), until(30))


def test_what_nobody_has_signed_or_what_ran_out_makes_nothing_public() -> None:
    organisation = make_organisation(public=False, state=State.SUBMITTED)
    make_declaration(organisation)

    with pytest.raises(ValidationError, match="Nobody has signed"):
        verification.verify(organisation=organisation, by=make_staff())
    make_declaration(organisation, until(-1))
    with pytest.raises(ValidationError, match="has run out"):
        verification.verify(organisation=organisation, by=make_staff())

    assert state(organisation) == State.SUBMITTED


def test_only_officers_of_its_own_place_decide() -> None:
    organisation = make_organisation(public=False, state=State.SUBMITTED)
    make_declaration(organisation, until())
    elsewhere = make_officer(make_place("kirklees"))
    for person in (make_member(organisation), elsewhere):
        with pytest.raises(MayNotChange):
            verification.verify(organisation=organisation, by=person)
        with pytest.raises(MayNotChange):
            verification.suspend(organisation=organisation, reason="x", by=person)
    assert state(organisation) == State.SUBMITTED


def test_nobody_comes_back_from_a_suspension_without_a_reason_or_by_their_own_hand() -> None:
    organisation = make_organisation()
    make_declaration(organisation, until())
    officer = make_officer(organisation.place)
    own = make_officer(organisation.place)
    Membership.objects.create(organisation=organisation, user=own, role=Role.RECORDER)
    verification.suspend(organisation=organisation, reason="A concern", by=officer)
    with pytest.raises(MayNotChange, match="not for what is their own"):
        verification.verify(organisation=organisation, reason="All is well", by=own)
    with pytest.raises(ValidationError, match="Say why"):
        verification.verify(organisation=organisation, by=officer)
    assert state(organisation) == State.SUSPENDED
    verification.verify(organisation=organisation, reason="All is well", by=officer)
    assert state(organisation) == State.VERIFIED


def test_only_an_owner_submits_and_only_owners_and_officers_close() -> None:
    organisation = make_organisation(public=False)
    editor = make_member(organisation, Role.EDITOR)
    with pytest.raises(MayNotChange):
        verification.submit(organisation=organisation, by=editor)
    with pytest.raises(MayNotChange):
        verification.close(organisation=organisation, reason="x", by=editor)


def test_steps_that_are_not_on_the_way_are_refused_in_words() -> None:
    organisation = make_organisation(public=False)
    make_declaration(organisation, until())
    staff = make_staff()

    with pytest.raises(ValidationError, match="“Draft”, so it cannot become “Verified”"):
        verification.verify(organisation=organisation, by=staff)
    verification.close(organisation=organisation, reason="Never began", by=staff)
    with pytest.raises(ValidationError, match="cannot become “Submitted”"):
        verification.submit(organisation=organisation, by=staff)


@pytest.mark.parametrize("step", [verification.suspend, verification.close])
def test_a_reason_is_needed(step) -> None:
    organisation = make_organisation()

    with pytest.raises(ValidationError) as caught:
        step(organisation=organisation, reason="  ", by=make_staff())

    assert list(caught.value.message_dict) == ["reason"]


def test_signing_again_renews_what_is_verified_and_nothing_that_is_suspended() -> None:
    organisation = make_organisation(declaration_until=until(5))
    owner, staff = make_member(organisation), make_staff()

    verification.renew(
        organisation=organisation, declaration=make_declaration(organisation, until(200)), by=owner
    )

    assert Organisation.objects.get(pk=organisation.pk).declaration_until == until(200)
    verification.suspend(organisation=organisation, reason="x", by=staff)
    newer = make_declaration(organisation, until(210))
    with pytest.raises(ValidationError, match="Only a verified organisation"):
        verification.renew(organisation=organisation, declaration=newer, by=owner)
    with pytest.raises(MayNotChange):
        verification.renew(
            organisation=organisation, declaration=newer, by=make_member(organisation, Role.EDITOR)
        )


def test_owners_are_told_of_each_decision_and_of_no_reason(django_capture_on_commit_callbacks) -> None:
    organisation = make_organisation("Spark", slug="spark")
    make_declaration(organisation, until())
    owner, other = make_member(organisation), make_member(organisation)
    make_member(organisation, Role.EDITOR)
    officer = make_officer(organisation.place)
    because = {"organisation": organisation, "reason": "Somebody was shouted at"}

    with django_capture_on_commit_callbacks(execute=True):
        verification.suspend(**because, by=officer)
        verification.verify(**because, by=officer)
        verification.close(**because, by=owner)

    both = [owner.email, other.email]
    assert [(letter.subject, letter.to) for letter in mail.outbox] == [
        *(("Spark is suspended", [email]) for email in both),
        *(("Spark can publish again", [email]) for email in both),
        ("Spark is closed", [other.email]),
    ]
    assert [letter for letter in mail.outbox if "shouted" in str(letter.message())] == []
    assert {"/organise/organisations/spark/" in letter.body for letter in mail.outbox} == {True}


def test_owners_of_what_staff_brought_in_are_told_that_it_can_publish(
    django_capture_on_commit_callbacks,
) -> None:
    organisation = make_organisation("Spark", state=State.SUBMITTED)
    make_declaration(organisation, until())
    owner = make_member(organisation)
    with django_capture_on_commit_callbacks(execute=True):
        verification.verify(organisation=organisation, by=make_officer(organisation.place))
    assert [(letter.subject, letter.to) for letter in mail.outbox] == [
        ("Spark can publish now", [owner.email])
    ]
