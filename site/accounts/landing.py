"""Where a person's work is: the page that signing in leads to.

This app may not import what stands above it. Whoever gives people work says where it is, in its `ready()`.
"""

from collections.abc import Callable

from django.urls import reverse

from accounts.models import User

Finder = Callable[[User], str | None]

_finders: list[Finder] = []


def found_by(finder: Finder) -> None:
    """`finder` gives an address, or None where it has no work for that person. Twice is the same as once."""
    if finder not in _finders:
        _finders.append(finder)


def of(user: User) -> str:
    """The CMS for those who may; otherwise what a finder says; otherwise the person's own page."""
    if may_use_cms(user):
        return reverse("wagtailadmin_home")
    found = (finder(user) for finder in _finders)
    return next((address for address in found if address), reverse("account"))


def may_use_cms(user: User) -> bool:
    return user.has_perm("wagtailadmin.access_admin")
