"""Running an activity together: the host invites, the other accepts, either may end it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from events import permissions
from events.actions import publishing
from events.models import Activity, CoOrganiser
from organisations.models import Organisation
from organisations.permissions import is_public, may_edit
from organisations.refusals import MayNotChange


@transaction.atomic
def invite(*, activity: Activity, organisation: Organisation, by: User) -> CoOrganiser:
    """By who may publish for the host. It counts once the other has accepted. Twice is as good as once."""
    held = publishing.lock(activity)
    if not permissions.may_publish(by, held):
        raise MayNotChange(_("You cannot invite for %(host)s.") % {"host": held.host})
    if organisation == held.host:
        raise ValidationError({"organisation": _("It runs this activity already.")})
    if not is_public(organisation, timezone.localdate()):
        raise ValidationError(
            {"organisation": _("%(name)s cannot take part now: it is not verified.") % {"name": organisation}}
        )
    row, created = CoOrganiser.objects.get_or_create(activity=held, organisation=organisation)
    if created:
        _record("invited", held, organisation, by)
    return row


@transaction.atomic
def accept(*, activity: Activity, organisation: Organisation, by: User) -> CoOrganiser:
    """By an owner or editor of the invited organisation. From now on the activity shows as its own too."""
    held = publishing.lock(activity)
    row = _row(held, organisation)
    if not may_edit(by, organisation):
        raise MayNotChange(_("You cannot accept for %(name)s.") % {"name": organisation})
    if row.accepted_at is None:
        row.accepted_at = timezone.now()
        row.save(update_fields=["accepted_at"])
        _record("accepted", held, organisation, by)
        publishing.settle(activity=held, by=by)
    return row


@transaction.atomic
def bring_in(*, activity: Activity, organisation: Organisation, by: User) -> CoOrganiser:
    """Both have agreed already to do things together, as twins have: nobody is asked a second time.

    Whoever calls it has seen to that. Raises as `invite` does.
    """
    row = invite(activity=activity, organisation=organisation, by=by)
    if row.accepted_at is None:
        row.accepted_at = timezone.now()
        row.save(update_fields=["accepted_at"])
        held = publishing.lock(activity)
        _record("brought_in", held, organisation, by)
        publishing.settle(activity=held, by=by)
    return row


@transaction.atomic
def leave(*, activity: Activity, organisation: Organisation, by: User) -> None:
    """Either side ends it, or takes an invitation back."""
    held = publishing.lock(activity)
    row = _row(held, organisation)
    if not (may_edit(by, organisation) or permissions.may_publish(by, held)):
        raise MayNotChange(_("This is for %(name)s or the host to end.") % {"name": organisation})
    accepted = row.accepted_at is not None
    row.delete()
    _record("left", held, organisation, by)
    if accepted:
        publishing.settle(activity=held, by=by, also=(organisation,))


def _row(activity: Activity, organisation: Organisation) -> CoOrganiser:
    row = CoOrganiser.objects.filter(activity=activity, organisation=organisation).first()
    if row is None:
        raise ValidationError({"organisation": _("It has not been invited.")})
    return row


def _record(verb: str, activity: Activity, organisation: Organisation, by: User) -> None:
    audit.record(
        by=by,
        action=f"co_organiser.{verb}",
        subject=activity,
        organisation=activity.host.uuid,
        details={"organisation": str(organisation.uuid)},
    )
