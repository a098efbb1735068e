"""People who sign in by hand, as allauth knows them."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories.people import make_user

PASSWORD = "correct-horse"  # the factory's
NEW_PASSWORD = "a quiet purple otter"


def confirm(user: User) -> User:
    """Their address counts as theirs."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_person(email: str = "") -> User:
    return confirm(make_user(email))


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str):
    return client.post("/accounts/login/", {"login": user.email, "password": password, **more})


def signed_in(client: Client) -> int | None:
    found = client.session.get("_auth_user_id")
    return int(found) if found else None


def codes_of(user: User) -> list[str]:
    """Of this step, of the one before and of the next: each is taken, once."""
    secret = decrypt(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
    return codes(secret)


def codes(secret: str) -> list[str]:
    return [
        totp.format_hotp_value(totp.hotp_value(secret, at)) for at in totp.yield_hotp_counters_from_time()
    ]


def code_in_mail() -> str:
    """The line of the last mail that is a code."""
    lines = mail.outbox[-1].body.splitlines()
    [code] = [line for line in lines if line.isupper() and line.replace("-", "").isalpha()]
    return code


def link_in_mail() -> str:
    lines = mail.outbox[-1].body.splitlines()
    [link] = [line for line in lines if line.startswith("http")]
    return link.removeprefix("http://testserver")
