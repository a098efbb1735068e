"""Who may change places: platform staff, since everything a council owns hangs on one."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy


def is_platform_staff(user: AbstractBaseUser | AnonymousUser) -> bool:
    return user.is_active and getattr(user, "is_superuser", False)


class PlatformStaffOnly(BasePermissionPolicy):
    """The same rule for Wagtail's views. A group's rights on the model count for nothing.

    `never`: what not even they may do there, such as deleting a place on which organisations hang.
    """

    def __init__(self, model: type[Model], never: Iterable[str] = ()) -> None:
        super().__init__(model)
        self.never = frozenset(never)

    def user_has_permission(self, user: AbstractBaseUser | AnonymousUser, action: str) -> bool:
        return is_platform_staff(user) and action not in self.never

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        return get_user_model().objects.filter(is_active=True, is_superuser=True)
