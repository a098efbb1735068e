"""What follows when somebody's way of signing in changes: it is on record, and other sign-ins end."""

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.dispatch import receiver

from accounts import audit, sign_ins
from accounts.models import User
from accounts.requests import SignedIn


@receiver(account.email_confirmed)
def record_address(email_address: EmailAddress, **kwargs: Any) -> None:
    """Without the address itself: the record outlives the account."""
    user = email_address.user
    audit.record(by=user, action="person.address_confirmed", subject=user)


@receiver([account.password_changed, account.password_set, account.password_reset])
def record_password(user: User, **kwargs: Any) -> None:
    """Every other sign-in has ended already: a session holds the password that it was opened with."""
    audit.record(by=user, action="person.password_changed", subject=user)


@receiver(factors.authenticator_added)
def record_factor(request: SignedIn, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Sessions that were opened without it end: whoever opened them may not have it."""
    sign_ins.end_others(request)
    _record("added", user, authenticator)


@receiver(factors.authenticator_removed)
def record_removal(request: SignedIn, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """What is given up may be a lost phone, and what that is signed in to goes with it."""
    sign_ins.end_others(request)
    _record("removed", user, authenticator)


@receiver(factors.authenticator_reset)
def record_renewal(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _record("renewed", user, authenticator)


def _record(verb: str, user: User, authenticator: Authenticator) -> None:
    audit.record(
        by=user, action=f"person.factor_{verb}", subject=user, details={"factor": authenticator.type}
    )
