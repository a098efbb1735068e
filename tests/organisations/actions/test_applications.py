"""Somebody applies; the officer of the place asks, refuses or approves; approval makes everything."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from accounts.models import AuditEntry
from organisations import nightly
from organisations.actions import applications, declarations
from organisations.models import Application, Declaration, Membership, Organisation, Role, State
from organisations.refusals import MayNotChange
from pages.actions import tree
from tests.factories.applications import application_answers, make_application
from tests.factories.organisations import answers, make_organisation, make_place
from tests.factories.people import make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _page_tree() -> None:
    tree.plant()
    make_place()


def test_a_person_has_one_open_application_and_finds_it_again() -> None:
    person = make_user(first_name="Sam", last_name="Okoro")

    first = applications.start(by=person)
    again = applications.start(by=person)

    assert (again.pk, first.first_name, first.place) == (first.pk, "Sam Okoro", make_place())
    assert Application.objects.count() == Declaration.objects.count() == 1


def test_with_two_places_the_person_says_which() -> None:
    make_place("kirklees")
    assert applications.start(by=make_user()).place is None


@pytest.mark.parametrize("missing", applications.NEEDED)
def test_it_is_not_sent_while_an_answer_is_missing(missing: str) -> None:
    person = make_user()
    empty = None if missing == "place" else ""
    application = make_application(person, sent=False, **{missing: empty})

    with pytest.raises(ValidationError, match="no answer yet"):
        applications.send(application=application, name="Sam", role="coach", by=person)

    assert Application.objects.get().state == "started"
    assert not Declaration.objects.signed().exists()


def test_sending_signs_tells_the_officers_of_the_place_and_closes_it_for_writing(
    django_capture_on_commit_callbacks,
) -> None:
    officer, elsewhere = make_officer(make_place()), make_officer(make_place("kirklees"))
    person = make_user()
    with django_capture_on_commit_callbacks(execute=True):
        application = make_application(person)

    assert [letter.to for letter in mail.outbox] == [[officer.email]]
    assert elsewhere.email not in str(mail.outbox[0].to)
    assert f"/cms/desk/applications/{application.uuid}/" in mail.outbox[0].body
    assert Declaration.objects.signed().get().signed_name == "Sam Okoro"
    with pytest.raises(ValidationError, match="sent it in"):
        applications.fill_in(application=application, said={"name": "Other"}, by=person)
    with pytest.raises(ValidationError, match="has been signed"):
        declarations.fill_in(declaration=application.declaration, said={"lead_name": "X"}, by=person)


def test_nobody_else_writes_in_it() -> None:
    application = make_application(sent=False)
    other = make_user()
    with pytest.raises(MayNotChange):
        applications.fill_in(application=application, said={"name": "Mine"}, by=other)
    with pytest.raises(MayNotChange):
        declarations.fill_in(declaration=application.declaration, said=answers(), by=other)
    with pytest.raises(MayNotChange):
        applications.send(application=application, name="Sam", role="coach", by=other)


def test_approval_makes_page_group_rights_collection_owner_and_declaration(
    django_capture_on_commit_callbacks,
) -> None:
    application = make_application()
    officer = make_officer(make_place())

    with django_capture_on_commit_callbacks(execute=True):
        made = applications.approve(application=application, by=officer)

    today = timezone.localdate()
    assert (made.name, made.slug, made.state, made.verified_on) == (
        "Spark Boxing",
        "spark-boxing",
        State.VERIFIED,
        today,
    )
    assert Organisation.objects.public(today).get() == made
    assert (made.page.live, made.page.email, made.page.safeguarding_contact) == (
        True,
        "hello@spark.example",
        "Sam Okoro, head coach, 01632 960100",
    )
    membership = Membership.objects.get()
    assert (membership.user, membership.role) == (application.applicant, Role.OWNER)
    group = application.applicant.groups.get()
    assert GroupPagePermission.objects.filter(group=group, page=made.page).count() == 2
    assert GroupCollectionPermission.objects.filter(group=group).count() == 3
    signed = made.declarations.get()
    assert (signed.until, signed.read_at is not None) == (made.declaration_until, True)
    told = {tuple(letter.to): letter.subject for letter in mail.outbox}
    assert told == {(application.applicant.email,): "Spark Boxing can publish now"}
    row = AuditEntry.objects.get(action="application.approved")
    assert (row.by, row.subject, row.organisation) == (officer, application.uuid, made.uuid)


def test_approving_again_gives_the_same_organisation() -> None:
    application = make_application()
    officer = make_officer(make_place())
    first = applications.approve(application=application, by=officer)
    assert applications.approve(application=application, by=officer) == first
    assert Organisation.objects.count() == 1


def test_two_of_the_same_name_have_addresses_of_their_own_and_a_schools_number_is_taken_once() -> None:
    officer = make_officer(make_place())
    slugs = [applications.approve(application=make_application(), by=officer).slug for _ in range(3)]
    assert slugs == ["spark-boxing", "spark-boxing-2", "spark-boxing-3"]
    make_organisation(kind="school", urn=912345)
    with pytest.raises(ValidationError, match="register number"):
        applications.approve(application=make_application(kind="school", urn=912345), by=officer)


def test_a_declaration_that_ran_out_while_it_waited_approves_nothing(monkeypatch) -> None:
    application = make_application()
    officer = make_officer(make_place())
    later = timezone.now() + datetime.timedelta(days=500)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(ValidationError, match="has run out"):
        applications.approve(application=application, by=officer)


def test_a_question_opens_it_again_and_it_is_signed_anew(django_capture_on_commit_callbacks) -> None:
    application = make_application()
    officer = make_officer(make_place())
    with django_capture_on_commit_callbacks(execute=True):
        asked = applications.ask(application=application, question="Which hall is it?", by=officer)

    assert [(letter.to, "Which hall is it?" in letter.body) for letter in mail.outbox] == [
        ([application.applicant.email], True)
    ]
    by = application.applicant
    changed = applications.fill_in(application=asked, said={"name": "Spark Boxing Club"}, by=by)
    again = applications.send(application=changed, name="Sam Okoro", role="coach", by=by)
    assert (again.state, again.answer) == ("sent", "")
    assert Declaration.objects.signed().count() == 2
    assert applications.approve(application=again, by=officer).declarations.count() == 1


def test_a_refusal_needs_a_reason_is_mailed_and_the_person_may_apply_again(
    django_capture_on_commit_callbacks,
) -> None:
    application = make_application()
    officer = make_officer(make_place())
    with pytest.raises(ValidationError):
        applications.refuse(application=application, reason=" ", by=officer)
    with django_capture_on_commit_callbacks(execute=True):
        applications.refuse(application=application, reason="You are in another town.", by=officer)

    assert "You are in another town." in mail.outbox[0].body
    assert not Organisation.objects.exists()
    with pytest.raises(ValidationError, match="“Refused” by now"):
        applications.approve(application=application, by=officer)
    assert applications.start(by=application.applicant).pk != application.pk


def test_only_officers_of_its_place_decide() -> None:
    application = make_application()
    for person in (make_officer(make_place("kirklees")), application.applicant, make_user()):
        with pytest.raises(MayNotChange):
            applications.approve(application=application, by=person)
        with pytest.raises(MayNotChange):
            applications.refuse(application=application, reason="x", by=person)
        with pytest.raises(MayNotChange):
            applications.ask(application=application, question="x", by=person)
    assert Application.objects.get().state == "sent"


def test_what_is_left_alone_or_long_decided_is_forgotten_with_what_was_said_in_it() -> None:
    officer = make_officer(make_place())
    old = timezone.now() - datetime.timedelta(days=400)
    left, approved, waiting = make_application(sent=False), make_application(), make_application()
    made = applications.approve(application=approved, by=officer)
    Application.objects.filter(pk__in=[left.pk, waiting.pk]).update(changed_at=old)
    Application.objects.filter(pk=approved.pk).update(decided_at=old)

    assert nightly.forget_applications(dry_run=True) == 2
    assert nightly.forget_applications(dry_run=False) == 2
    assert nightly.forget_applications(dry_run=False) == 0
    assert list(Application.objects.values_list("pk", flat=True)) == [waiting.pk]
    assert set(Declaration.objects.values_list("pk", flat=True)) == {
        waiting.declaration_id,
        made.declarations.get().pk,
    }
    assert application_answers()["name"] == made.name
