"""Who may do what in Wagtail's views, which ask a policy of the model first. Rows are scoped by each view."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Collection, Page
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import User
from organisations import permissions, provisioned
from organisations.models import EDITING_ROLES, Concern, Organisation, Venue
from places.permissions import is_platform_staff


class OfficersPolicy(BasePermissionPolicy):
    """Organisations: officers see and change those of their places, platform staff add to them too."""

    def user_has_permission(self, user: User, action: str) -> bool:
        if is_platform_staff(user):
            return action != "delete"
        return action in {"view", "change"} and user.is_active and permissions.parts_of(user)[1]

    def user_has_permission_for_instance(self, user: User, action: str, instance: Organisation) -> bool:
        return self.user_has_permission(user, action) and permissions.is_officer(user, instance)

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        people = User.objects.filter(is_active=True)
        return people.filter(Q(is_superuser=True) | Q(offices__isnull=False)).distinct()


class VenuesPolicy(BasePermissionPolicy):
    """Venues: whoever edits an organisation, and officers. Nobody deletes one: dates were held there."""

    def user_has_permission(self, user: User, action: str) -> bool:
        if action == "delete" or not user.is_active:
            return False
        return is_platform_staff(user) or any(permissions.parts_of(user))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Venue) -> bool:
        return self.user_has_permission(user, action) and permissions.may_edit_venue(user, instance)

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        people = User.objects.filter(is_active=True)
        edits = Q(memberships__role__in=EDITING_ROLES)
        return people.filter(Q(is_superuser=True) | Q(offices__isnull=False) | edits).distinct()


class LeadsPolicy(BasePermissionPolicy):
    """Concerns: the leads who answer for them. Officers and staff are none unless they are on the list.

    The right that their group has comes with the person's other rights, so that nobody else costs a query.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        marked = action in {"view", "change"} and user.has_perm("organisations.view_concern")
        return marked and permissions.is_lead(user)

    def user_has_permission_for_instance(self, user: User, action: str, instance: Concern) -> bool:
        return (
            self.user_has_permission(user, action)
            and permissions.concerns_read_by(user).filter(pk=instance.pk).exists()
        )

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        return User.objects.filter(is_active=True, safeguarding_tasks__isnull=False).distinct()


class PagesPolicy(PagePermissionPolicy):
    """Platform staff begin at the root of the tree, which Wagtail would look for before it reads it."""

    def explorable_root_instance(self, user: User) -> Page | None:
        kept_as = self._explorable_root_instance_cache_name
        if is_platform_staff(user) and not hasattr(user, kept_as):
            setattr(user, kept_as, Page.get_first_root_node())
        return super().explorable_root_instance(user)


class StaffCollections:
    """Platform staff may do everything with pictures wherever they lie. Forms and filters, which ask this,
    list collections that staff made: those of organisations are one for each, and have no name to know."""

    def collections_user_has_any_permission_for(self, user: User, actions: Any) -> QuerySet[Collection]:
        found = super().collections_user_has_any_permission_for(user, actions)
        return provisioned.without_ours(found) if is_platform_staff(user) else found


class MediaPolicy(StaffCollections, CollectionOwnershipPermissionPolicy):
    """Pictures and documents."""


class CollectionsPolicy(StaffCollections, CollectionManagementPermissionPolicy):
    """The screens of collections themselves."""

    def instances_user_has_permission_for(self, user: User, action: str) -> QuerySet[Collection]:
        found = super().instances_user_has_permission_for(user, action)
        return provisioned.without_ours(found) if is_platform_staff(user) else found
