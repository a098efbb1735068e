"""How allauth behaves here."""

import base64
import hashlib
import io
import logging
import secrets
from smtplib import SMTPException
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import landing, letters, wording
from accounts.models import User
from accounts.requests import SignedIn

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Words, mails and ways of ours. Anybody may sign up; what they may do, others say."""

    error_messages = {**DefaultAccountAdapter.error_messages, **wording.REFUSALS}

    def get_login_redirect_url(self, request: SignedIn) -> str:
        return landing.of(request.user)

    def get_signup_redirect_url(self, request: SignedIn) -> str:
        return landing.of(request.user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        known = wording.WAYS_TO_SHOW_WHO_ONE_IS
        return [
            {**way, "description": known.get(way["id"], way["description"])}
            for way in super().get_reauthentication_methods(user)
        ]

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """In our words; what we have no words for goes without saying."""
        said = message or wording.DONE.get(message_template or "")
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away is said in words: what the person did stands, and can be tried again."""
        try:
            letters.compose(template_prefix, to=email, context=context).send()
        except (OSError, SMTPException):
            log.exception("mail was not sent: %s", template_prefix)
            messages.error(
                self.request, _("We could not send the mail just now. Try again in a few minutes.")
            )


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: words of ours, codes drawn by us, keys encrypted at rest."""

    error_messages = {**DefaultMFAAdapter.error_messages, **wording.FACTOR_REFUSALS}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER

    def build_totp_svg(self, url: str) -> str:
        """Black on white whatever the page's colours are, with the quiet edge that cameras need."""
        drawn = io.BytesIO()
        segno.make_qr(url, error="l").save(
            drawn, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True, nl=False
        )
        return drawn.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What an unknown secret has locked matches nothing: its person has lost it, and is helped so."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _lock() -> MultiFernet:
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in known])


def _key(secret: str) -> bytes:
    """A key for this use alone."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"mingle second factors" + secret.encode()).digest())
