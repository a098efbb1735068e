"""The safeguarding declaration: begun, filled in step by step, signed, read, and forgotten in the end."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

import looks
from accounts import audit
from accounts.models import User
from looks import Look
from organisations import declared, letters, own, permissions
from organisations.actions import verification
from organisations.models import (
    Declaration,
    DeclarationReminder,
    DeclarationText,
    Organisation,
    OrganisationPage,
    Role,
    State,
)
from organisations.models.page import LONGEST_LEAD
from organisations.refusals import MayNotChange

REMIND = (60, 30, 7)
"""So many days before it runs out its owners are told."""

DRAFTS_LIVE = datetime.timedelta(days=90)
SIGNED_LIVE_YEARS = 3

NEEDED = (
    *("lead_name", "lead_role", "lead_phone", "lead_email", "lead_trained_on"),
    *("deputy_name", "deputy_role", "deputy_phone", "deputy_email", "deputy_trained_on"),
    *("vetting", "policy_where", "policy_reviewed_on", "policy_review_by", "insurance_until"),
    "allegations",
)
"""Nobody signs without these; the other questions stay questions on the page where they are left out."""

NEVER_COPIED = {"id", "uuid", "changed_at", "text", "signed_name", "signed_role", "signed_by", "signed_at"}
NEVER_COPIED |= {"until", "read_at"}


@transaction.atomic
def begin(*, organisation: Organisation, by: User) -> Declaration:
    """The draft that its owners are filling in, or a new one with what was said last time."""
    held = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    _refuse_all_but_owners(held, by)
    known = held.declarations.drafts().first()
    if known:
        return known
    last = held.declarations.signed().first()
    return unsigned_copy(last) if last else Declaration.objects.create(organisation=held)


def unsigned_copy(declaration: Declaration) -> Declaration:
    """A draft with the same answers, to be gone through and signed again."""
    fields = [field for field in Declaration._meta.concrete_fields if field.name not in NEVER_COPIED]
    said = {field.attname: getattr(declaration, field.attname) for field in fields}
    if own.same_name(declaration.lead_name, declaration.deputy_name):
        said["deputy_name"] = ""  # signed before the two had to be two
    return Declaration.objects.create(**said)


@transaction.atomic
def fill_in(
    *, declaration: Declaration, said: dict[str, Any], by: User, seen: Look | None = None
) -> Declaration:
    """Some of its answers. What is signed never changes; what another owner has saved since is not written
    over unseen. Raises MayNotChange, ValidationError.
    """
    held = hold_draft(declaration)
    if not permissions.may_fill_in(by, held):
        raise MayNotChange(_("Only an owner can do this."))
    looks.refuse_if_changed(held, said, seen)
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, said[name])
    _refuse_one_person_twice(held)
    held.save()
    if changed:
        audit.record(
            by=by,
            action="declaration.filled_in",
            subject=held,
            organisation=held.organisation.uuid if held.organisation else None,
            details={"fields": changed},
        )
    return held


@transaction.atomic
def sign(*, declaration: Declaration, name: str, role: str, by: User) -> Declaration:
    """A named adult signs for the organisation, and from now on it says this; its page names the new lead.

    A verified organisation has renewed with that: its officers read it, and suspend where it is not right.
    Any other waits for its officer.
    """
    organisation = declaration.organisation
    if organisation is None:
        raise ValidationError(_("This belongs to an application, and is signed with it."))
    _refuse_all_but_owners(organisation, by)
    held_organisation = verification.hold(organisation)
    signed = put_name(declaration=declaration, name=name, role=role, by=by)
    audit.record(
        by=by,
        action="declaration.signed",
        subject=signed,
        organisation=organisation.uuid,
        details=terms(signed),
    )
    page = OrganisationPage.objects.filter(organisation=held_organisation)
    page.update(safeguarding_contact=declared.lead(signed)[:LONGEST_LEAD])
    if held_organisation.state == State.VERIFIED:
        verification.renew(organisation=held_organisation, declaration=signed, by=by)
    return signed


def put_name(*, declaration: Declaration, name: str, role: str, by: User) -> Declaration:
    """In the caller's transaction. Refuses in words what is not whole or would not hold for a day."""
    held = hold_draft(declaration)
    today = timezone.localdate()
    if any(getattr(held, field) in ("", None) for field in NEEDED):
        raise ValidationError(_("Some questions have no answer yet. Go through the steps again."))
    _refuse_one_person_twice(held)
    if not name.strip() or not role.strip():
        raise ValidationError(_("Type your full name and what you do there."))
    until = declared.holds_until(held, today)
    if until < today:
        raise ValidationError(
            _("Something in it ran out on %(day)s: the insurance, the rules or the training.")
            % {"day": date_format(until, "j F Y")}
        )
    held.text = DeclarationText.objects.latest("version")
    held.signed_name, held.signed_role, held.signed_by = name.strip(), role.strip(), by
    held.signed_at, held.until = timezone.now(), until
    held.save()
    return held


def _refuse_one_person_twice(held: Declaration) -> None:
    """The database refuses it too. A form alone is not enough: somebody names the other one meanwhile."""
    if held.lead_name and own.same_name(held.lead_name, held.deputy_name):
        raise ValidationError(_("The lead and the deputy have to be two people. Change one of them."))


def terms(signed: Declaration) -> dict[str, str]:
    """What the audit trail keeps of a signature: which version of the text, and how long it holds."""
    return {"text": str(signed.text), "until": str(signed.until)}


@transaction.atomic
def read(*, declaration: Declaration, by: User) -> None:
    """An officer has read what was renewed, of no organisation of their own. Again, it does nothing."""
    organisation = declaration.organisation
    if organisation is None or not permissions.may_judge(by, organisation):
        raise MayNotChange(_("Only the place’s officers can do this, and not for what is their own."))
    if Declaration.objects.signed().filter(pk=declaration.pk, read_at=None).update(read_at=timezone.now()):
        audit.record(by=by, action="declaration.read", subject=declaration, organisation=organisation.uuid)


def hold_draft(declaration: Declaration) -> Declaration:
    held = Declaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
    if held.signed_at:
        raise ValidationError(_("This has been signed, so it stays as it is. Begin a new one."))
    return held


def remind_due(*, today: datetime.date, dry_run: bool) -> int:
    """Tell owners of what runs out within 60, 30 and 7 days: once each, the nearest only."""
    due = [(organisation, days) for organisation in _ending(today) if (days := _next(organisation, today))]
    if not dry_run:
        for organisation, days in due:
            _remind(organisation, days)
    return len(due)


def _ending(today: datetime.date) -> list[Organisation]:
    soon = Organisation.objects.public(today).filter(
        declaration_until__lte=today + datetime.timedelta(days=max(REMIND))
    )
    return list(soon.order_by("pk"))


def _next(organisation: Organisation, today: datetime.date) -> int | None:
    until = organisation.declaration_until
    left = (until - today).days if until else max(REMIND) + 1
    days = min(days for days in REMIND if left <= days)
    known = DeclarationReminder.objects.filter(organisation=organisation, until=until, days__lte=days)
    return None if known.exists() else days


@transaction.atomic
def _remind(organisation: Organisation, days: int) -> None:
    row, new = DeclarationReminder.objects.get_or_create(
        organisation=organisation, until=organisation.declaration_until, days=days
    )
    if new:
        day = date_format(row.until, "j F Y")
        letters.send(
            letters.Letter(
                subject=_("%(name)s: sign again by %(day)s") % {"name": organisation, "day": day},
                lines=(
                    _("What you said about keeping children safe holds until %(day)s.") % {"day": day},
                    _("Go through it and sign again. It takes about five minutes."),
                    _("If nobody signs, your activities leave this site the day after."),
                ),
                label=_("Go through it now"),
                href=letters.address("declaration", organisation.slug),
            ),
            to=letters.owners(organisation),
        )


def forget_old(*, today: datetime.date, dry_run: bool) -> int:
    """Drafts that nobody goes on with, and what ran out years ago, with the lead whom it gave a page."""
    years_ago = declared.years_after(today, -SIGNED_LIVE_YEARS)
    drafts = Declaration.objects.drafts().filter(
        organisation__isnull=False, changed_at__lt=timezone.now() - DRAFTS_LIVE
    )
    old = Declaration.objects.filter(until__lt=years_ago, application=None)
    named = OrganisationPage.objects.filter(organisation__declaration_until__lt=years_ago).exclude(
        safeguarding_contact=""
    )
    if dry_run:
        return drafts.count() + old.count() + named.count()
    return drafts.delete()[0] + old.delete()[0] + named.update(safeguarding_contact="")


def _refuse_all_but_owners(organisation: Organisation, by: User) -> None:
    if not permissions.has_role(by, organisation, Role.OWNER):
        raise MayNotChange(_("Only an owner can do this."))
