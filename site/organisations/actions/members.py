"""Who belongs to an organisation, and the rights in the CMS that come with it."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from accounts import audit
from accounts.models import User
from organisations.models import EDITING_ROLES, Membership, Officer, Organisation, Role
from organisations.permissions import has_role, is_officer
from places.models import Place

# Rights on the organisation's own page and what stands below it. Wagtail's publish right is never among
# them: going live is decided by our own action.
PAGE_RIGHTS = ("add_page", "change_page")
PICTURE_RIGHTS = ("add_image", "change_image", "choose_image")


def provision(organisation: Organisation) -> Group:
    """One group and one collection an organisation, made in the transaction of its registration."""
    group, created = Group.objects.get_or_create(name=f"organisation {organisation.uuid}")
    if created:
        collection = Collection.get_first_root_node().add_child(name=group.name)
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
def join(*, organisation: Organisation, user: User, role: Role, by: User | None) -> Membership:
    """Give a person a role, or another one. Owners and officers may; `by` None is the platform."""
    if by and not (has_role(by, organisation, Role.OWNER) or is_officer(by, organisation)):
        raise PermissionDenied
    membership, _created = Membership.objects.update_or_create(
        organisation=organisation, user=user, defaults={"role": role}
    )
    group = provision(organisation)
    (group.user_set.add if role in EDITING_ROLES else group.user_set.remove)(user)
    audit.record(
        by=by,
        action="member.joined",
        subject=organisation,
        organisation=organisation.uuid,
        details={"person": str(user.uuid), "role": role},
    )
    return membership


@transaction.atomic
def appoint(*, place: Place, user: User, by: User | None) -> Officer:
    """Make a person an officer of a place. Only platform staff may; `by` None is the platform."""
    if by and not by.is_superuser:
        raise PermissionDenied
    officer, _created = Officer.objects.get_or_create(place=place, user=user)
    officers_group(place).user_set.add(user)
    audit.record(by=by, action="officer.appointed", subject=place, details={"person": str(user.uuid)})
    return officer
