"""Who is on the list of those who read concerns. Platform staff alone change it."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit, sign_ins
from accounts.models import User
from organisations import permissions
from organisations.models import Concern, ConcernState, SafeguardingLead
from places.models import Place

GROUP = "safeguarding leads"
RIGHTS = (("wagtailadmin", "access_admin"), ("organisations", "view_concern"))


def group() -> Group:
    """The right to enter the CMS, and a mark that saves asking everybody else: the list itself decides."""
    found, created = Group.objects.get_or_create(name=GROUP)
    if created:
        for app, codename in RIGHTS:
            right = Permission.objects.get(content_type__app_label=app, codename=codename)
            found.permissions.add(right)
    return found


@transaction.atomic
def appoint(*, place: Place | None, user: User, by: User | None) -> SafeguardingLead:
    """Put a person on the list; `place` None is the whole installation, `by` None the platform.

    What nobody has taken on yet is told again, so that the new lead hears of it.
    """
    _refuse_all_but_staff(by)
    if not user.is_active:
        raise ValidationError(_("This person can no longer sign in."))
    lead, created = SafeguardingLead.objects.get_or_create(place=place, user=user)
    group().user_set.add(user)
    if created:
        _record("appointed", lead, by)
        permissions.concerns_read_by(user).filter(state=ConcernState.NEW).update(told_at=None)
    return lead


@transaction.atomic
def dismiss(*, lead: SafeguardingLead, by: User | None) -> None:
    """Take a person off the list and end their sign-ins at once. What they had taken on is free again."""
    _refuse_all_but_staff(by)
    gone = SafeguardingLead.objects.select_for_update(of=("self",)).filter(pk=lead.pk).first()
    if gone is None:
        return
    _record("dismissed", gone, by)
    user = gone.user
    gone.delete()
    if not user.safeguarding_tasks.exists():
        group().user_set.remove(user)
    sign_ins.end(user)
    _set_free(user)


@transaction.atomic
def step_down(*, user: User, by: User) -> None:
    """Whose account is closed reads no more concerns; what they had taken on is free again."""
    for lead in SafeguardingLead.objects.select_for_update(of=("self",)).filter(user=user):
        _record("stepped_down", lead, by)
        lead.delete()
    group().user_set.remove(user)
    _set_free(user)


def _set_free(user: User) -> None:
    theirs = Concern.objects.waiting().filter(handler=user)
    theirs.update(state=ConcernState.NEW, handler=None, told_at=None)


def _refuse_all_but_staff(by: User | None) -> None:
    if by is not None and not (by.is_active and by.is_superuser):
        raise PermissionDenied


def _record(verb: str, lead: SafeguardingLead, by: User | None) -> None:
    """Of the person; the place stands in the details, since there may be none."""
    place = str(lead.place.uuid) if lead.place else ""
    audit.record(by=by, action=f"safeguarding_lead.{verb}", subject=lead.user, details={"place": place})
