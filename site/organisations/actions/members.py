"""Who belongs to an organisation, and the rights in the CMS that come with it."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts import audit, sign_ins
from accounts.models import User
from organisations import permissions
from organisations.models import EDITING_ROLES, Membership, Officer, Organisation, Role
from organisations.refusals import MayNotChange
from places.models import Place

# Rights on the organisation's own page and what stands below it. Wagtail's publish right is never among
# them: going live is decided by our own action.
PAGE_RIGHTS = ("add_page", "change_page")
PICTURE_RIGHTS = ("add_image", "change_image", "choose_image")


def provision(organisation: Organisation) -> Group:
    """One group and one collection an organisation, made in the transaction of its registration."""
    group, created = Group.objects.get_or_create(name=f"organisation {organisation.uuid}")
    if created:
        # Collections stand in the order of their names: one that comes last moves no other.
        name = f"organisation {organisation.created_at:%Y%m%d%H%M%S%f} {organisation.uuid}"
        collection = Collection.get_first_root_node().add_child(name=name)
        for each in (group, officers_group(organisation.place)):
            _give_rights(each, organisation, collection)
    return group


def officers_group(place: Place) -> Group:
    """The group of a place's officers: the rights of every organisation's group of that place."""
    group, created = Group.objects.get_or_create(name=f"officers {place.uuid}")
    if created:
        group.permissions.add(_permission("wagtailadmin", "access_admin"))
    return group


def _give_rights(group: Group, organisation: Organisation, collection: Collection) -> None:
    group.permissions.add(_permission("wagtailadmin", "access_admin"))
    for codename in PAGE_RIGHTS:
        GroupPagePermission.objects.create(
            group=group, page=organisation.page, permission=_permission("wagtailcore", codename)
        )
    for codename in PICTURE_RIGHTS:
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=_permission("wagtailimages", codename)
        )


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


@transaction.atomic
def join(
    *, organisation: Organisation, user: User, role: Role, by: User | None, seen: str | None = None
) -> Membership:
    """Give a person a role, or another one. Owners and officers may; `by` None is the platform.

    `seen` is the role that `by` saw them have. Raises MayNotChange, ValidationError.
    """
    held = hold(organisation)
    if by and not permissions.may_manage_members(by, held):
        raise MayNotChange(_("Only an owner or the place’s officers can change who belongs to it."))
    before = held.memberships.filter(user=user).first()
    if seen is not None:
        _refuse_if_changed(before, seen, role)
    if before and role != Role.OWNER:
        _keep_an_owner(before)
    membership, _new = Membership.objects.update_or_create(
        organisation=held, user=user, defaults={"role": role}
    )
    group = provision(held)
    (group.user_set.add if role in EDITING_ROLES else group.user_set.remove)(user)
    if before is None:
        _record("joined", held, user, by, {"role": role})
    elif before.role != role:
        _record("role_changed", held, user, by, {"from": before.role, "to": role})
    return membership


def _refuse_if_changed(now: Membership | None, seen: str, role: Role) -> None:
    """Nobody comes back, or gets another role than the one just given, by a page that is older than that."""
    if now is None:
        raise ValidationError(_("Somebody has just taken them out. You can invite them again."))
    if now.role not in {seen, role}:
        words = _("Somebody has just given them another role: %(role)s. Save again to change it.")
        raise ValidationError({"seen": words % {"role": now.get_role_display()}})


@transaction.atomic
def remove(*, organisation: Organisation, user: User, by: User) -> None:
    """Take a person out, and end their sign-ins at once. Again, it does nothing. The last owner stays."""
    held = hold(organisation)
    if not permissions.may_manage_members(by, held):
        raise MayNotChange(_("Only an owner or the place’s officers can change who belongs to it."))
    membership = held.memberships.filter(user=user).first()
    if membership is None:
        return
    _keep_an_owner(membership)
    membership.delete()
    provision(held).user_set.remove(user)
    sign_ins.end(user)
    _record("removed", held, user, by, {"role": membership.role})


@transaction.atomic
def leave(*, organisation: Organisation, by: User) -> None:
    """A member goes by themselves and stays signed in. The last owner cannot."""
    held = hold(organisation)
    membership = held.memberships.filter(user=by).first()
    if membership is None:
        return
    _keep_an_owner(membership)
    membership.delete()
    provision(held).user_set.remove(by)
    _record("left", held, by, by, {"role": membership.role})


def hold(organisation: Organisation) -> Organisation:
    """Its members change one after the other, so that two owners never leave at once."""
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _keep_an_owner(leaving: Membership) -> None:
    others = leaving.organisation.memberships.filter(role=Role.OWNER).exclude(pk=leaving.pk)
    if leaving.role == Role.OWNER and not others.exists():
        raise ValidationError(_("This is the only owner. Make somebody else an owner first."))


def _record(
    verb: str, organisation: Organisation, user: User, by: User | None, details: dict[str, str]
) -> None:
    audit.record(
        by=by,
        action=f"member.{verb}",
        subject=organisation,
        organisation=organisation.uuid,
        details={"person": str(user.uuid), **details},
    )


@transaction.atomic
def appoint(*, place: Place, user: User, by: User | None) -> Officer:
    """Make a person an officer of a place. Only platform staff may; `by` None is the platform."""
    if by and not by.is_superuser:
        raise PermissionDenied
    officer, _new = Officer.objects.get_or_create(place=place, user=user)
    officers_group(place).user_set.add(user)
    audit.record(by=by, action="officer.appointed", subject=place, details={"person": str(user.uuid)})
    return officer
