"""Accounts that change or end: whoever lost a phone, whoever never came, whoever goes."""

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, PageSubscription
from wagtail.users.models import UserProfile

from accounts import audit, letters, sign_ins
from accounts.models import User
from accounts.signals import account_closing

# How long an account waits for its address to be confirmed.
DAYS_TO_CONFIRM = 7
# What an account consists of by itself.
OWN = (
    *(EmailAddress, Authenticator, UserSession),
    *(UserProfile, EditingSession, FormState, PageSubscription, APIToken),
)
NOWHERE = "closed.invalid"
"""Mail to it reaches nobody: a name of this kind never has a host (RFC 2606)."""


@transaction.atomic
def forget_factors(*, user: User, by: User | None, reason: str) -> int:
    """For who has lost phone and spare codes, once somebody has made sure that it is they.

    All their factors go, and every sign-in ends. Platform staff may; `by` None is whoever runs the site.
    """
    if by and not by.is_superuser:
        raise PermissionDenied
    forgotten, _kinds = Authenticator.objects.filter(user=user).delete()
    if forgotten:
        sign_ins.end(user)
        audit.record(by=by, action="person.factors_forgotten", subject=user, reason=reason)
    return forgotten


@transaction.atomic
def close(*, user: User, by: User) -> None:
    """A person closes their own account, for good, or platform staff close it. Again, it does nothing.

    Whatever hangs on them is let go first, or refuses in words. Their row stays, nameless, for as long as
    anything that must be kept was done by them: it then reads "a former member". The address is free again.
    """
    if by != user and not by.is_superuser:
        raise PermissionDenied
    if user.is_superuser:
        _keep_somebody_who_looks_after_the_site(user)
    held = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if held.closed_at:
        return
    account_closing.send(sender=User, user=held, by=by)
    for model in OWN:
        model._base_manager.filter(user=held).delete()
    held.groups.clear()
    held.user_permissions.clear()
    address, now = held.email, timezone.now()
    held.email, held.first_name, held.last_name = f"{held.uuid}@{NOWHERE}", "", ""
    held.last_login, held.closed_at = None, now
    for may in ("is_active", "is_staff", "is_superuser"):
        setattr(held, may, False)
    held.set_unusable_password()
    held.sign_ins_ended += 1
    held.save()
    audit.record(by=by, action="person.closed", subject=held)
    kind = "closed" if by == user else "closed_by_staff"
    letter = letters.compose(f"accounts/email/{kind}", to=address, context={"timestamp": now})
    transaction.on_commit(letter.send, robust=True)


def _keep_somebody_who_looks_after_the_site(leaving: User) -> None:
    """All of them are held, in one order, before one of them is: of two who go at once the second waits."""
    staff = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
    if [each.pk for each in staff.select_for_update(no_key=True)] == [leaving.pk]:
        raise ValidationError(_("Nobody else looks after this whole site. Let somebody else do it first."))


def forget_closed(*, dry_run: bool) -> int:
    """Closed accounts that no row names any more."""
    nobodys = unnamed(User.objects.filter(closed_at__isnull=False))
    return nobodys.count() if dry_run else nobodys.delete()[0]


@transaction.atomic
def make_room(*, email: str, owner: User) -> None:
    """Before an address becomes the owner's: an account with it that nobody ever confirmed goes."""
    for user in never_confirmed(User.objects.filter(email__iexact=email).exclude(pk=owner.pk)):
        forget(user)


def never_confirmed(users: QuerySet[User]) -> QuerySet[User]:
    """Made by themselves, with an address that nobody has shown to be theirs; they never came in."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return users.filter(
        Exists(addresses), ~Exists(addresses.filter(verified=True)), last_login=None, is_staff=False
    )


def waited_too_long() -> QuerySet[User]:
    before = timezone.now() - datetime.timedelta(days=DAYS_TO_CONFIRM)
    return never_confirmed(User.objects.filter(date_joined__lt=before))


def forget(user: User) -> bool:
    """Remove an account, if nothing else hangs on it."""
    alone = is_alone(user)
    if alone:
        user.delete()
    return alone


def is_alone(user: User) -> bool:
    """Nothing names this person but the account itself."""
    return unnamed(User.objects.filter(pk=user.pk)).exists()


def unnamed(users: QuerySet[User]) -> QuerySet[User]:
    """Whom no row of any other model names, Wagtail's and those without a way back included."""
    for key in User._meta.get_fields(include_hidden=True):
        if isinstance(key, ForeignObjectRel) and key.related_model not in OWN:
            named: Any = key.related_model
            users = users.filter(~Exists(named._base_manager.filter(**{key.field.name: OuterRef("pk")})))
    return users
