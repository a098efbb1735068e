"""Asking somebody by mail to join an organisation; their yes; taking it back."""

import datetime

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, in_hand
from accounts.models import AuditEntry, User
from organisations import letters, permissions
from organisations.actions import members
from organisations.models import Invitation, Membership, Organisation, Role
from organisations.refusals import MayNotChange

SIGNER = signing.Signer(salt="organisations.invitation")
TAKEN_BACK = "invitation_taken_back"
FORGOTTEN_AFTER = datetime.timedelta(days=30)


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: Role, by: User) -> Invitation:
    """By an owner or the place's officers. Again to the same address, it takes the place of the first."""
    held = members.hold(organisation)
    _refuse_unless_manager(held, by)
    if held.memberships.filter(user__email__iexact=email).exists():
        raise ValidationError({"email": _("They belong to it already.")})
    invitation, _new = Invitation.objects.update_or_create(
        organisation=held,
        email=email.lower(),
        accepted_at=None,
        defaults={"role": role, "invited_by": by, "invited_at": timezone.now()},
    )
    _record("invited", invitation, by)
    letters.send(
        letters.Letter(
            subject=_("%(name)s asks you to join") % {"name": held},
            lines=(
                _("%(person)s asks you to help with %(name)s at Mingle.") % {"person": by, "name": held},
                _("The link works for two weeks, and for this address only."),
            ),
            label=_("See what it is"),
            href=letters.address("invitation", token(invitation)),
        ),
        to=[invitation.email],
    )
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, by: User) -> Membership:
    """The person who reads mail at that address says yes. Refused where the invitation no longer holds."""
    organisation = members.hold(invitation.organisation)
    held = Invitation.objects.select_for_update().open(timezone.now()).filter(pk=invitation.pk).first()
    known = organisation.memberships.filter(user=by).first()
    if held is None:
        if known:
            return known
        raise ValidationError(_("This invitation is over. Ask them to send another one."))
    if held.email != by.email.lower():
        raise MayNotChange(_("This invitation is for another address. Sign in with that one."))
    inviter = held.invited_by
    if inviter is None or not permissions.may_manage_members(inviter, organisation):
        raise ValidationError(_("This invitation is over. Ask them to send another one."))
    joined = known or members.join(organisation=organisation, user=by, role=Role(held.role), by=inviter)
    held.accepted_at = timezone.now()
    held.save(update_fields=["accepted_at"])
    _record("accepted", held, by)
    return joined


@transaction.atomic
def take_back(*, organisation: Organisation, uuid: str, by: User) -> str:
    """Its link says so from now on; gives the address it was sent to. Refused where it is answered."""
    held = members.hold(organisation)
    _refuse_unless_manager(held, by)
    known = held.invitations.filter(uuid=uuid, accepted_at=None).first()
    if known is None:
        raise ValidationError(
            _("It was taken back already, or they have said yes: look at who belongs to it.")
        )
    _record(TAKEN_BACK, known, by)
    known.delete()
    return known.email


@transaction.atomic
def forget_address(user: User) -> None:
    """Whose account is closed is asked nowhere any more."""
    Invitation.objects.filter(email__iexact=user.email).delete()


def token(invitation: Invitation) -> str:
    """What its address ends with; it names this sending, so that a later one makes it worthless."""
    return SIGNER.sign_object([str(invitation.uuid), invitation.invited_at.isoformat()])


@in_hand.held_by(None)
def find(given: str) -> Invitation | None:
    """The invitation behind a token that is whole and of the last sending; open or not. Whoever holds the
    token may read it."""
    uuid, sent = _named(given)
    found = Invitation.objects.select_related("organisation__place", "invited_by").filter(uuid=uuid).first()
    return found if found and found.invited_at.isoformat() == sent else None


def was_taken_back(given: str) -> bool:
    """Whether that became of the invitation behind a whole token. The trail alone knows it still."""
    uuid, _sent = _named(given)
    trail = AuditEntry.objects.filter(subject=uuid, action=f"member.{TAKEN_BACK}")
    return uuid is not None and trail.exists()


def forget_old(*, now: datetime.datetime, dry_run: bool) -> int:
    old = Invitation.objects.filter(invited_at__lt=now - FORGOTTEN_AFTER)
    return old.count() if dry_run else old.delete()[0]


def _named(given: str) -> tuple[str | None, str]:
    """What a token that is whole says: which invitation, and when it was sent."""
    try:
        uuid, sent = SIGNER.unsign_object(given)
    except (signing.BadSignature, ValueError):
        return None, ""
    return uuid, sent


def _refuse_unless_manager(organisation: Organisation, by: User) -> None:
    if not permissions.may_manage_members(by, organisation):
        raise MayNotChange(_("Only an owner or the place’s officers can change who belongs to it."))


def _record(verb: str, invitation: Invitation, by: User) -> None:
    """Without the address: the trail is kept for longer than that."""
    audit.record(
        by=by,
        action=f"member.{verb}",
        subject=invitation,
        organisation=invitation.organisation.uuid,
        details={"role": invitation.role},
    )
