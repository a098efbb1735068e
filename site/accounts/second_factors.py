"""Who has to sign in with a second factor, and who has one.

Platform staff always have to. Whoever stands above this app and gives people more to answer for adds its own
predicate in its `ready()`.
"""

import functools
import operator
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.db.models import Exists, OuterRef, Q

from accounts import facts
from accounts.models import User

# What counts. Recovery codes alone are what is left of a factor that was lost.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

_needs: list[facts.Fact] = []


def needed_by(need: facts.Fact) -> None:
    """Everybody for whom that is true has to have one. Twice is the same as once."""
    if need not in _needs:
        _needs.append(need)


def is_enrolled(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def is_missing(user: User) -> bool:
    """Asked with every page of the workspace."""
    return facts.of(user, "lacks_second_factor")


def lack() -> Q:
    """The same for many."""
    needed = functools.reduce(
        operator.or_, [need() for need in _needs], Q(is_staff=True) | Q(is_superuser=True)
    )
    own = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return needed & ~Exists(own)


def enrol_app(user: User) -> Authenticator:
    """An authenticator app for somebody who will read its codes elsewhere: the demonstration, and tests."""
    known = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return known or totp.TOTP.activate(user, totp.generate_totp_secret()).instance


def current_code(user: User) -> str:
    """What that app shows now; nothing for somebody who has none."""
    known = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if known is None:
        return ""
    steps = int(time.time()) // totp.app_settings.TOTP_PERIOD
    return totp.format_hotp_value(totp.hotp_value(decrypt(known.data["secret"]), steps))
