"""Who belongs to an organisation, and the rights in the CMS that come with it."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts import audit, sign_ins
from accounts.models import User
from organisations import permissions
from organisations.models import EDITING_ROLES, Membership, Officer, Organisation, Role, State
from organisations.refusals import ChangedMeanwhile, MayNotChange
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


def collection_of(organisation: Organisation) -> Collection:
    """Where its pictures are."""
    return Collection.objects.get(name__endswith=f" {organisation.uuid}")


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
def join(*, organisation: Organisation, user: User, role: Role, by: User | None) -> Membership:
    """Give a role to a person who has asked for it or said yes. Owners and officers may; `by` None is the
    platform. Screens ask by `invitations.invite`, and change a role by `change_role`."""
    held = hold(organisation)
    if by and not permissions.may_manage_members(by, held):
        raise MayNotChange(_("Only an owner or the place’s officers can change who belongs to it."))
    before = held.memberships.filter(user=user).first()
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


@transaction.atomic
def change_role(
    *, organisation: Organisation, user: User, role: Role, by: User, seen: str | None = None
) -> Membership:
    """Of somebody who belongs to it: nobody comes in this way, not even who was taken out just now.

    `seen` is the role that `by` saw them have. Raises MayNotChange, ChangedMeanwhile, ValidationError.
    """
    held = hold(organisation)
    now = held.memberships.filter(user=user).first()
    if now is None:
        raise ChangedMeanwhile(_("They do not belong to it any more. Invite them again."))
    if seen is not None and now.role not in {seen, role}:
        words = _("Somebody has just given them another role: %(role)s. Save again to change it.")
        raise ValidationError({"seen": words % {"role": now.get_role_display()}})
    return join(organisation=held, user=user, role=role, by=by)


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
    _go(membership, held, by)


@transaction.atomic
def leave_all(*, user: User, by: User) -> None:
    """Whose account is closed goes from everywhere; not from what nobody else would own, unless it is
    closed itself."""
    theirs = Organisation.objects.filter(memberships__user=user).order_by("pk")
    held = [hold(organisation) for organisation in theirs]
    leaving = [row for each in held if (row := each.memberships.filter(user=user).first())]
    kept = [row for row in leaving if row.organisation.state != State.CLOSED]
    alone = [str(row.organisation) for row in kept if _is_last_owner(row)]
    if alone:
        raise ValidationError(
            _(
                "Nobody else is an owner of: %(names)s. Make somebody else an owner first, or let the "
                "place’s officer close it."
            )
            % {"names": ", ".join(alone)}
        )
    for row in leaving:
        _go(row, row.organisation, by)


def _go(membership: Membership, held: Organisation, by: User) -> None:
    user = membership.user
    membership.delete()
    provision(held).user_set.remove(user)
    _record("left", held, user, by, {"role": membership.role})


def hold(organisation: Organisation) -> Organisation:
    """Its members change one after the other, so that two owners never leave at once."""
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _is_last_owner(leaving: Membership) -> bool:
    others = leaving.organisation.memberships.filter(role=Role.OWNER).exclude(pk=leaving.pk)
    return leaving.role == Role.OWNER and not others.exists()


def _keep_an_owner(leaving: Membership) -> None:
    if _is_last_owner(leaving):
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
    if not user.is_active:
        raise ValidationError(_("This person can no longer sign in."))
    officer, _new = Officer.objects.get_or_create(place=place, user=user)
    officers_group(place).user_set.add(user)
    _record_officer("appointed", officer, by)
    return officer


@transaction.atomic
def dismiss(*, officer: Officer, by: User) -> None:
    """End a person's office, and their sign-ins at once. Only platform staff may. Again, it does nothing."""
    if not (by.is_active and by.is_superuser):
        raise PermissionDenied
    if _end_office(officer, "dismissed", by):
        sign_ins.end(officer.user)


@transaction.atomic
def hand_in(*, user: User, by: User) -> None:
    """Whose account is closed answers for no place any more."""
    for officer in Officer.objects.filter(user=user):
        _end_office(officer, "handed_in", by)


def _end_office(officer: Officer, verb: str, by: User) -> bool:
    gone = Officer.objects.select_for_update(of=("self",)).filter(pk=officer.pk).first()
    if gone is None:
        return False
    _record_officer(verb, gone, by)
    officers_group(gone.place).user_set.remove(gone.user)
    gone.delete()
    return True


def _record_officer(verb: str, officer: Officer, by: User | None) -> None:
    who = {"person": str(officer.user.uuid)}
    audit.record(by=by, action=f"officer.{verb}", subject=officer.place, details=who)
