"""The safeguarding declaration: signed by an owner against a stored text, reminded of, forgotten."""

import datetime
import importlib

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import Revision

from accounts.models import AuditEntry, User
from organisations import nightly
from organisations.actions import declarations, verification
from organisations.models import (
    Declaration,
    DeclarationText,
    Membership,
    Organisation,
    OrganisationPage,
    Role,
    State,
)
from organisations.refusals import MayNotChange
from tests.factories.organisations import answers, make_declaration, make_organisation, make_place
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def filled_in(organisation: Organisation, owner, **said: object) -> Declaration:
    draft = declarations.begin(organisation=organisation, by=owner)
    return declarations.fill_in(declaration=draft, said=answers(**said), by=owner)


def sign(draft: Declaration, owner) -> Declaration:
    return declarations.sign(declaration=draft, name="Sam Okoro", role="chair", by=owner)


def test_an_owner_signs_against_the_newest_text_and_what_is_signed_never_changes() -> None:
    organisation = make_organisation(public=False)
    owner = make_member(organisation)
    DeclarationText.objects.create(version=2, words="Newer.", since=timezone.localdate())

    signed = sign(filled_in(organisation, owner), owner)

    assert (signed.text.version, signed.signed_by, signed.signed_name) == (2, owner, "Sam Okoro")
    assert signed.until == in_days(364) or signed.until == in_days(365)
    organisation.refresh_from_db()
    assert (organisation.state, organisation.declaration_until) == (State.DRAFT, None)
    with pytest.raises(ValidationError, match="has been signed"):
        declarations.fill_in(declaration=signed, said={"lead_name": "Other"}, by=owner)
    with pytest.raises(ValidationError, match="has been signed"):
        sign(signed, owner)
    row = AuditEntry.objects.get(action="declaration.signed")
    assert (row.by, row.organisation, row.details) == (
        owner,
        organisation.uuid,
        {"text": "2", "until": str(signed.until)},
    )


def test_a_text_that_people_sign_cannot_be_changed() -> None:
    for change in (
        lambda: DeclarationText.objects.update(words="Other words"),
        lambda: DeclarationText.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_signing_renews_a_verified_organisation_and_its_next_draft_has_the_same_answers() -> None:
    organisation = make_organisation(declaration_until=in_days(3))
    owner = make_member(organisation)

    signed = sign(filled_in(organisation, owner, insurance_until=in_days(200)), owner)

    organisation.refresh_from_db()
    assert organisation.declaration_until == signed.until == in_days(200)
    again = declarations.begin(organisation=organisation, by=owner)
    assert (again.lead_name, again.signed_at, again.until) == ("Sam Okoro", None, None)
    assert declarations.begin(organisation=organisation, by=owner).pk == again.pk


def test_a_new_lead_stands_on_the_page_however_old_the_version_that_is_published() -> None:
    organisation = make_organisation(declaration_until=in_days(40))
    owner = make_member(organisation)
    page = organisation.page
    page.summary = "Written while somebody else was the lead."
    old = page.save_revision()
    signed = sign(filled_in(organisation, owner, lead_name="Ines Marlowe"), owner)
    new = f"Ines Marlowe, {signed.lead_role}, {signed.lead_phone}"
    assert OrganisationPage.objects.get().safeguarding_contact == new
    Revision.objects.get(pk=old.pk).publish()
    shown = OrganisationPage.objects.get()
    assert (shown.summary, shown.safeguarding_contact) == (page.summary, new)


def test_a_suspended_organisation_stays_suspended_when_it_signs() -> None:
    organisation = make_organisation()
    owner = make_member(organisation)
    verification.suspend(organisation=organisation, reason="x", by=make_officer(organisation.place))

    sign(filled_in(organisation, owner), owner)

    assert not Organisation.objects.public(timezone.localdate()).exists()


@pytest.mark.parametrize("missing", declarations.NEEDED)
def test_nobody_signs_while_an_answer_is_missing(missing: str) -> None:
    organisation = make_organisation(public=False)
    owner = make_member(organisation)
    empty = None if missing.endswith(("_on", "_by", "_until")) else ""

    with pytest.raises(ValidationError, match="no answer yet"):
        sign(filled_in(organisation, owner, **{missing: empty}), owner)

    assert not Declaration.objects.signed().exists()


def test_nobody_signs_what_has_run_out_or_without_a_name() -> None:
    organisation = make_organisation(public=False)
    owner = make_member(organisation)
    draft = filled_in(organisation, owner, insurance_until=in_days(-1))
    with pytest.raises(ValidationError, match="ran out"):
        sign(draft, owner)
    with pytest.raises(ValidationError, match="full name"):
        declarations.sign(declaration=draft, name=" ", role="chair", by=owner)


def test_nobody_signs_for_a_lead_who_is_their_own_deputy() -> None:
    organisation = make_organisation(public=False)
    owner = make_member(organisation)
    draft = filled_in(organisation, owner)
    for said in ({"deputy_name": " sam  OKORO"}, {"lead_name": "BEA LUND"}):
        with pytest.raises(ValidationError, match="have to be two people"):
            declarations.fill_in(declaration=draft, said=said, by=owner)
        with pytest.raises(IntegrityError, match="declaration_lead_and_deputy_are_two"), transaction.atomic():
            Declaration.objects.update(**said)
    held = Declaration.objects.get()
    assert (held.lead_name, held.deputy_name, held.signed_at) == ("Sam Okoro", "Bea Lund", None)
    Declaration.objects.update(lead_name="", deputy_name="")  # a draft begins so


def test_what_was_signed_before_lead_and_deputy_had_to_be_two_is_renewed_with_another_deputy() -> None:
    organisation = make_organisation(public=False)
    owner = make_member(organisation)
    name = "declaration_lead_and_deputy_are_two"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE organisations_declaration DROP CONSTRAINT {name}")
    signed = make_declaration(organisation, in_days(3), deputy_name="sam okoro")
    begun = make_declaration(make_organisation(), deputy_name="SAM  okoro")
    fine = make_declaration(make_organisation())
    migration = importlib.import_module("organisations.migrations.0015_drafts_name_two_people")
    with connection.cursor() as cursor:
        cursor.execute(migration.ASK_AGAIN)
    rows = [Declaration.objects.get(pk=row.pk) for row in (signed, begun, fine)]
    assert [row.deputy_name for row in rows] == ["sam okoro", "", "Bea Lund"]
    assert [row.read_at for row in rows] == [signed.signed_at, None, None]
    draft = declarations.begin(organisation=organisation, by=owner)
    assert (draft.lead_name, draft.deputy_name, draft.deputy_role) == ("Sam Okoro", "", "secretary")


def test_no_version_of_a_page_keeps_the_lead_whom_it_named() -> None:
    page = make_organisation().page
    page.safeguarding_contact = "Sadia Hartley, 01632 960121"
    page.save_revision()
    assert Revision.objects.get().content["safeguarding_contact"] == ""
    Revision.objects.update(content={**Revision.objects.get().content, "safeguarding_contact": "Sadia"})
    migration = importlib.import_module("organisations.migrations.0014_what_is_forgotten_names_nobody")
    with connection.cursor() as cursor:
        cursor.execute(migration.LEADS)
    content = Revision.objects.get().content
    assert (content["safeguarding_contact"], content["title"]) == ("", page.title)


def test_only_owners_begin_fill_in_and_sign() -> None:
    organisation = make_organisation(public=False)
    draft = filled_in(organisation, make_member(organisation))
    for person in (
        make_member(organisation, Role.EDITOR),
        make_member(make_organisation()),
        make_officer(organisation.place),
    ):
        with pytest.raises(MayNotChange):
            declarations.begin(organisation=organisation, by=person)
        with pytest.raises(MayNotChange):
            declarations.fill_in(declaration=draft, said={"lead_name": "X"}, by=person)
        with pytest.raises(MayNotChange):
            sign(draft, person)


def owner_who_is_an_officer(organisation: Organisation) -> User:
    person = make_officer(organisation.place)
    Membership.objects.create(organisation=organisation, user=person, role=Role.OWNER)
    return person


def test_an_officer_of_its_place_reads_what_was_renewed_once() -> None:
    organisation = make_organisation()
    owner, officer = make_member(organisation), make_officer(organisation.place)
    signed = sign(filled_in(organisation, owner), owner)
    with pytest.raises(MayNotChange):
        declarations.read(declaration=signed, by=make_officer(make_place("kirklees")))
    with pytest.raises(MayNotChange, match="not for what is their own"):
        declarations.read(declaration=signed, by=owner_who_is_an_officer(organisation))

    for _ in range(2):
        declarations.read(declaration=signed, by=officer)

    assert AuditEntry.objects.filter(action="declaration.read", by=officer).count() == 1


def test_owners_are_reminded_60_30_and_7_days_before_once_each(
    django_capture_on_commit_callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation = make_organisation("Spark", declaration_until=in_days(61))
    owner = make_member(organisation)
    make_member(organisation, Role.EDITOR)
    make_organisation(declaration_until=in_days(-1))
    began = timezone.now()
    sent = []
    for day in range(63):
        monkeypatch.setattr(timezone, "now", lambda day=day: began + datetime.timedelta(days=day))
        due = nightly.remind_of_declarations(dry_run=True)
        with django_capture_on_commit_callbacks(execute=True):
            assert nightly.remind_of_declarations(dry_run=False) == due
        with django_capture_on_commit_callbacks(execute=True):
            assert nightly.remind_of_declarations(dry_run=False) == 0
        sent += [61 - day] * due

    assert sent == [60, 30, 7]
    assert [letter.to for letter in mail.outbox] == [[owner.email]] * 3
    assert "Spark: sign again by" in mail.outbox[0].subject
    assert f"/organise/organisations/{organisation.slug}/declaration/" in mail.outbox[0].body


def test_a_night_that_was_missed_is_made_up_for_with_one_letter(django_capture_on_commit_callbacks) -> None:
    organisation = make_organisation(declaration_until=in_days(5))
    make_member(organisation)
    with django_capture_on_commit_callbacks(execute=True):
        assert nightly.remind_of_declarations(dry_run=False) == 1
    assert len(mail.outbox) == 1


def test_drafts_left_alone_and_what_ran_out_long_ago_are_forgotten() -> None:
    organisation = make_organisation()
    kept = make_declaration(organisation, in_days(-3 * 365 + 10))
    make_declaration(organisation, in_days(-3 * 365 - 10))
    draft = make_declaration(make_organisation())
    left = make_declaration(organisation)
    Declaration.objects.filter(pk=left.pk).update(changed_at=timezone.now() - datetime.timedelta(days=91))

    assert nightly.forget_declarations(dry_run=True) == 2
    assert nightly.forget_declarations(dry_run=False) == 2
    assert nightly.forget_declarations(dry_run=False) == 0
    assert set(Declaration.objects.values_list("pk", flat=True)) == {kept.pk, draft.pk}
