"""“Run activities here”: begun, filled in, sent; asked about, approved or refused by the place's officer."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import looks
from accounts import audit
from accounts.models import User
from looks import Look
from organisations import declared, letters, own, permissions
from organisations.actions import declarations, members, registration, verification
from organisations.models import (
    Application,
    ApplicationState,
    Declaration,
    Kind,
    Organisation,
    Role,
)
from organisations.models.page import LONGEST_LEAD
from organisations.refusals import ChangedMeanwhile, MayNotChange
from places.models import Place

LEFT_ALONE = datetime.timedelta(days=90)
DECIDED_LIVE = datetime.timedelta(days=365)

NEEDED = (
    *("place", "kind", "name", "summary", "email"),
    *("first_name", "first_role", "first_phone"),
    *("second_name", "second_role", "second_phone", "second_email"),
)


@transaction.atomic
def start(*, by: User) -> Application:
    """A person's open application; a new one where there is none. Two at once find the same."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = Application.objects.open().filter(applicant=by).first()
    if known:
        return known
    application = Application.objects.create(
        applicant=by,
        place=_only_place(),
        first_name=by.get_full_name(),
        declaration=Declaration.objects.create(),
    )
    audit.record(by=by, action="application.started", subject=application)
    return application


@transaction.atomic
def fill_in(
    *, application: Application, said: dict[str, Any], by: User, seen: Look | None = None
) -> Application:
    """Some of its answers, for as long as nobody looks at it. What was saved since on another phone is not
    overwritten unseen. Raises MayNotChange, ValidationError.
    """
    held = _hold(application)
    _refuse_strangers(held, by)
    if not held.is_writable:
        raise ValidationError(_("You have sent it in. Wait for the officer’s answer."))
    looks.refuse_if_changed(held, said, seen)
    changed = [name for name, value in said.items() if getattr(held, name) != value]
    for name in changed:
        setattr(held, name, said[name])
    held.save()
    if changed:
        audit.record(by=by, action="application.filled_in", subject=held, details={"fields": sorted(changed)})
    return held


@transaction.atomic
def send(*, application: Application, name: str, role: str, by: User) -> Application:
    """Its declaration is signed with it, and the officers of the place are told."""
    held = _hold(application)
    _refuse_strangers(held, by)
    if not held.is_writable:
        raise ValidationError(_("You have sent it in already."))
    if any(getattr(held, field) in ("", None) for field in NEEDED):
        raise ValidationError(_("Some questions have no answer yet. Go through the steps again."))
    if words := own.refused(own.of_application(held), phone=held.phone, email=held.email):
        raise ValidationError([_("Go back to “How families reach you”."), *words.values()])
    signed = declarations.put_name(declaration=held.declaration, name=name, role=role, by=by)
    held.state, held.sent_at, held.answer = ApplicationState.SENT, timezone.now(), ""
    held.save()
    _record(held, "sent", by, details=declarations.terms(signed))
    letters.send(
        letters.Letter(
            subject=_("%(name)s asks to run activities") % {"name": held},
            lines=(_("Look at what they say, and decide."),),
            label=_("Look at it"),
            href=letters.address("desk_application", held.uuid),
        ),
        to=held.place.officers.filter(user__is_active=True).values_list("user__email", flat=True),
    )
    return held


@transaction.atomic
def withdraw(*, user: User, by: User) -> None:
    """What a person has asked for and nobody has decided goes, with the declaration that came with it."""
    for application in Application.objects.open().select_for_update(no_key=True).filter(applicant=user):
        _record(application, "withdrawn", by)
        application.delete()
        application.declaration.delete()


@transaction.atomic
def ask(*, application: Application, question: str, by: User) -> Application:
    """The officer needs to know more. It is open again, and its declaration is signed anew with it."""
    held = _decidable(application, by)
    held.answer = _needed(question)
    held.state = ApplicationState.ASKED
    held.declaration = declarations.unsigned_copy(held.declaration)
    held.save()
    _record(held, "asked", by, reason=held.answer)
    letters.send(
        letters.Letter(
            subject=_("A question about %(name)s") % {"name": held},
            lines=(held.answer, _("Change what is needed, then sign and send it again.")),
            label=_("Answer it"),
            href=letters.address("apply"),
        ),
        to=[held.applicant.email],
    )
    return held


@transaction.atomic
def refuse(*, application: Application, reason: str, by: User) -> Application:
    """Not here, and why. They may apply again."""
    held = _decidable(application, by)
    held.answer = _needed(reason)
    _decide(held, ApplicationState.REFUSED, by)
    _record(held, "refused", by, reason=held.answer)
    letters.send(
        letters.Letter(
            subject=_("%(name)s cannot run activities here") % {"name": held},
            lines=(held.answer, _("You may apply again when that has changed.")),
            label=_("See it again"),
            href=letters.address("apply"),
        ),
        to=[held.applicant.email],
    )
    return held


def version(application: Application) -> str:
    """Which sending of it this is."""
    return application.sent_at.isoformat() if application.sent_at else ""


@transaction.atomic
def approve(*, application: Application, by: User, seen: str | None = None) -> Organisation:
    """Make all that an organisation needs, in one transaction. Again, it gives the same organisation.

    `seen` is the `version` that a person has looked at: what was sent again since is not approved unread.

    1. Hold the application, so that of many at once the first makes it and the others find it.
    2. Its page, group, rights and collection.
    3. The applicant as its owner; what they signed is its declaration.
    4. Sent in and verified: it may publish, its first activities after a look.
    """
    held = _hold(application)
    if not permissions.may_decide(by, held):
        raise MayNotChange(_("Only the place’s officers can do this."))
    if held.organisation:
        return held.organisation
    _refuse_unless_waiting(held)
    if seen is not None and version(held) != seen:
        raise ChangedMeanwhile(_("They have sent it again since you looked. Look at it again."))
    organisation = _register(held, by)
    Declaration.objects.filter(pk=held.declaration_id).update(organisation=organisation)
    members.join(organisation=organisation, user=held.applicant, role=Role.OWNER, by=by)
    verification.submit(organisation=organisation, by=held.applicant)
    verified = verification.verify(organisation=organisation, by=by)
    held.organisation, held.answer = verified, ""
    _decide(held, ApplicationState.APPROVED, by)
    _record(held, "approved", by)
    return verified


def _register(held: Application, by: User) -> Organisation:
    if held.place is None:
        raise ValidationError(_("It does not say for which place."))
    if held.urn and Organisation.objects.filter(urn=held.urn).exists():
        raise ValidationError(_("Another organisation here has this register number."))
    return registration.register(
        by=by,
        place=held.place,
        kind=Kind(held.kind),
        name=held.name,
        slug=registration.free_slug(held.name),
        urn=held.urn,
        page={
            "summary": held.summary,
            "email": held.email,
            "phone": held.phone,
            "website": held.website,
            "safeguarding_contact": declared.lead(held.declaration)[:LONGEST_LEAD],
        },
    )


def forget_old(*, now: datetime.datetime, dry_run: bool) -> int:
    """Applications that nobody goes on with, and those decided a year ago, with what was said in them.

    One that has waited a year for its officer goes as well: nothing in it is true any more.
    """
    left = Application.objects.filter(
        state__in=(ApplicationState.STARTED, ApplicationState.ASKED), changed_at__lt=now - LEFT_ALONE
    )
    waited = Application.objects.filter(state=ApplicationState.SENT, sent_at__lt=now - DECIDED_LIVE)
    decided = Application.objects.filter(decided_at__lt=now - DECIDED_LIVE)
    old = (left, waited, decided)
    if dry_run:
        return sum(rows.count() for rows in old)
    with transaction.atomic():
        done = sum(rows.delete()[0] for rows in old)
        Declaration.objects.filter(organisation=None, application=None).delete()
    return done


def _hold(application: Application) -> Application:
    """What belongs to it is read after: a join made while waiting would show what was before."""
    return Application.objects.select_for_update(no_key=True).get(pk=application.pk)


def _decidable(application: Application, by: User) -> Application:
    held = _hold(application)
    if not permissions.may_decide(by, held):
        raise MayNotChange(_("Only the place’s officers can do this."))
    _refuse_unless_waiting(held)
    return held


def _refuse_unless_waiting(held: Application) -> None:
    if held.state != ApplicationState.SENT:
        raise ValidationError(
            _("This is “%(state)s” by now. Look at it again.") % {"state": held.get_state_display()}
        )


def _decide(held: Application, state: ApplicationState, by: User) -> None:
    held.state, held.decided_at, held.decided_by = state, timezone.now(), by
    held.save()


def _refuse_strangers(held: Application, by: User) -> None:
    if held.applicant_id != by.pk:
        raise MayNotChange(_("Only the person who applies can do this."))


def _needed(words: str) -> str:
    if not words.strip():
        raise ValidationError({"words": _("Write it in words: they are sent by mail.")})
    return words.strip()


def _record(
    held: Application, verb: str, by: User, reason: str = "", details: dict[str, Any] | None = None
) -> None:
    audit.record(
        by=by,
        action=f"application.{verb}",
        subject=held,
        organisation=held.organisation.uuid if held.organisation else None,
        reason=reason,
        details=details,
    )


def _only_place() -> Place | None:
    """Where an installation serves one place, nobody is asked which."""
    places = list(Place.objects.all()[:2])
    return places[0] if len(places) == 1 else None
