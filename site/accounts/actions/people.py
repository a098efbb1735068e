"""Accounts that change without their person: whoever lost a phone, whoever never came."""

import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from accounts import audit, sign_ins
from accounts.models import User

# How long an account waits for its address to be confirmed.
DAYS_TO_CONFIRM = 7
# What an account consists of by itself.
OWN = (EmailAddress, Authenticator, UserSession)


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
    others = [row for row in User._meta.related_objects if row.related_model not in OWN]
    return not any(_named(user, row.related_model, row.field.name) for row in others)


def _named(user: User, model: type[Model], field: str) -> bool:
    return model._base_manager.filter(**{field: user}).exists()
