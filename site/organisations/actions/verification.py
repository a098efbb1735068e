"""An organisation's way: draft, submitted, verified, suspended, closed. Only `verified` can publish.

Each step is taken in one transaction with what it does to the organisation's activities.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AuditEntry, User
from organisations import letters, permissions
from organisations.models import Declaration, Organisation, Role, State
from organisations.refusals import MayNotChange
from organisations.signals import organisation_changed, organisation_changing, organisation_welcomed

FROM = {
    State.SUBMITTED: {State.DRAFT},
    State.VERIFIED: {State.SUBMITTED, State.SUSPENDED},
    State.SUSPENDED: {State.VERIFIED},
    State.CLOSED: {State.DRAFT, State.SUBMITTED, State.VERIFIED, State.SUSPENDED},
}
"""The states from which each state may be reached. Closed is for good."""


@transaction.atomic
def submit(*, organisation: Organisation, by: User) -> Organisation:
    """Its owner asks the place to look at it."""
    held = hold(organisation)
    if not permissions.has_role(by, held, Role.OWNER):
        raise MayNotChange(_("Only an owner can send the organisation in."))
    return _become(held, State.SUBMITTED, by, "")


@transaction.atomic
def verify(*, organisation: Organisation, by: User, reason: str = "") -> Organisation:
    """An officer has looked at it and at what it signed: it may publish for as long as that holds. Who brings
    it back from a suspension says why."""
    held = hold(organisation)
    if not permissions.may_judge(by, held):
        raise MayNotChange(_("Only the place’s officers can do this, and not for what is their own."))
    if held.state == State.SUSPENDED:
        reason = _needed(reason)
    declaration = held.declarations.signed().first()
    if declaration is None:
        raise ValidationError(_("Nobody has signed its safeguarding declaration yet."))
    held.verified_on = timezone.localdate()
    held.declaration_until = _holding(declaration)
    Declaration.objects.filter(pk=declaration.pk, read_at=None).update(read_at=timezone.now())
    is_new = held.state == State.SUBMITTED
    verified = _become(held, State.VERIFIED, by, reason)
    if is_new:
        organisation_welcomed.send(sender=Organisation, organisation=verified, by=by)
        letters.send(_welcome(verified), to=letters.owners(verified, but=by))
    else:
        back = _("What you had put on is on the site again, for as long as your declaration holds.")
        _tell_owners(verified, _("%(name)s can publish again"), back, by)
    return verified


@transaction.atomic
def suspend(*, organisation: Organisation, reason: str, by: User) -> Organisation:
    """Everything it has published leaves at once. The leads who read concerns may do it too."""
    held = hold(organisation)
    if not permissions.may_suspend(by, held):
        raise MayNotChange(_("Only the place’s officers and safeguarding leads can do this."))
    suspended = _become(held, State.SUSPENDED, by, _needed(reason))
    gone = _("Nothing of it is on the site now, and you cannot publish. Ask your place’s officer about it.")
    _tell_owners(suspended, _("%(name)s is suspended"), gone, by)
    return suspended


@transaction.atomic
def close(*, organisation: Organisation, reason: str, by: User) -> Organisation:
    """It has ended, by an officer's word or its owner's. There is no way back."""
    held = hold(organisation)
    if not permissions.has_role(by, held, Role.OWNER):
        _refuse_all_but_officers(held, by)
    closed = _become(held, State.CLOSED, by, _needed(reason))
    gone = _("Nothing of it is on the site any more, and there is no way back. You can apply again.")
    _tell_owners(closed, _("%(name)s is closed"), gone, by)
    return closed


@transaction.atomic
def renew(*, organisation: Organisation, declaration: Declaration, by: User) -> Organisation:
    """An owner has signed again; what had lapsed is public again. Its officers are told to read it."""
    held = hold(organisation)
    if not permissions.has_role(by, held, Role.OWNER):
        raise MayNotChange(_("Only an owner can do this."))
    if held.state != State.VERIFIED:
        raise ValidationError(_("Only a verified organisation renews its declaration."))
    before, held.declaration_until = held.declaration_until, _holding(declaration)
    dates = {"from": str(before), "to": str(held.declaration_until)}
    return _save(held, "organisation.renewed", by, "", dates)


def lapse_due(*, today: datetime.date) -> int:
    """Once for each declaration that has run out: what was public by it leaves. Returns how many.

    Whoever asks "is it public?" knows since midnight; this makes what was written beforehand say so too.
    """
    lapsed = Organisation.objects.filter(state=State.VERIFIED, declaration_until__lt=today)
    return sum(_lapse(organisation, today) for organisation in lapsed if not _has_lapsed(organisation))


@transaction.atomic
def _lapse(organisation: Organisation, today: datetime.date) -> bool:
    held = hold(organisation)
    until = held.declaration_until
    if held.state != State.VERIFIED or until is None or until >= today:
        return False
    if _has_lapsed(held):
        return False
    _save(held, "organisation.lapsed", None, "", {"until": str(until)})
    return True


def _has_lapsed(organisation: Organisation) -> bool:
    """Whether the running out of this very declaration has been dealt with: the audit trail knows."""
    return AuditEntry.objects.filter(
        subject_kind="organisation",
        subject=organisation.uuid,
        action="organisation.lapsed",
        details__until=str(organisation.declaration_until),
    ).exists()


def hold(organisation: Organisation) -> Organisation:
    """What listens locks first, then the organisation's own row is held."""
    organisation_changing.send(sender=Organisation, organisation=organisation)
    return (
        Organisation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("place")
        .get(pk=organisation.pk)
    )


def _become(held: Organisation, state: State, by: User, reason: str) -> Organisation:
    if held.state not in FROM[state]:
        raise ValidationError(
            _("This organisation is “%(now)s”, so it cannot become “%(then)s”.")
            % {"now": held.get_state_display(), "then": state.label}
        )
    before = held.state
    held.state = state
    return _save(held, f"organisation.{state.value}", by, reason, {"from": before})


def _save(
    held: Organisation, action: str, by: User | None, reason: str, details: dict[str, str]
) -> Organisation:
    held.save()
    audit.record(by=by, action=action, subject=held, organisation=held.uuid, reason=reason, details=details)
    organisation_changed.send(sender=Organisation, organisation=held, by=by)
    return held


def _welcome(verified: Organisation) -> letters.Letter:
    return letters.Letter(
        subject=_("%(name)s can publish now") % {"name": verified},
        lines=(
            _("Our officer has looked at what you sent. Welcome!"),
            _("Put on your first activity. We look at the first three before families see them."),
        ),
        label=_("Begin"),
        href=letters.address("wagtailadmin_home"),
    )


def _tell_owners(held: Organisation, subject: str, line: str, by: User) -> None:
    """Never why: that may be what somebody has said in confidence."""
    href = letters.address("organise_organisation", held.slug)
    letter = letters.Letter(subject % {"name": held}, (line,), label=_("See your organisation"), href=href)
    letters.send(letter, to=letters.owners(held, but=by))


def _refuse_all_but_officers(organisation: Organisation, by: User) -> None:
    if not permissions.is_officer(by, organisation):
        raise MayNotChange(_("Only the place’s officers can do this."))


def _holding(declaration: Declaration) -> datetime.date:
    """Its last day. What has run out cannot make anything public."""
    until = declaration.until
    if until is None or until < timezone.localdate():
        raise ValidationError(_("The safeguarding declaration has run out. Its owner has to sign again."))
    return until


def _needed(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: it is kept with the change.")})
    return reason.strip()
