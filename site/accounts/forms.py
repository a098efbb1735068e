"""allauth's forms in our words: labels that say what to type, no words inside the boxes, nothing doubled."""

from typing import Any

from allauth.account import forms as account
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts import wording
from accounts.actions import people
from accounts.models import User

LENGTH = _("At least 8 letters or numbers. Three words that do not belong together are easy to keep in mind.")
# A code's step and the one on either side of it.
CODE_LIVES_SECONDS = 3 * 30


class InOurWords:
    """`words` holds a label for each field, `hints` what stands below it, `left_out` what is not asked."""

    words: dict[str, str] = {}
    hints: dict[str, str] = {}
    left_out: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.left_out:
            del self.fields[name]
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(InOurWords, account.LoginForm):
    words = {"login": _("Email address"), "password": _("Password")}


class SignUpForm(InOurWords, account.SignupForm):
    words = {"email": _("Email address"), "password1": _("Password")}
    hints = {"email": _("We send a code there, to see that it is yours."), "password1": LENGTH}
    field_order = ["first_name", "last_name", "email", "password1"]

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Of two forms with one address at one moment, the second finds what the first has made.

        Hashing is what takes time: where no account is made the password is hashed all the same, or whoever
        waits would learn which addresses have one.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class MailedCodeForm(InOurWords, account.ConfirmEmailVerificationCodeForm):
    words = {"code": _("The code from your mail")}

    def clean_code(self) -> str:
        """Who reads an address's mail has it, whatever account somebody made with it and left."""
        if self.user and compare_user_code(actual=self.cleaned_data["code"], expected=self.expected_code):
            people.make_room(email=self.email, owner=self.user)
        return super().clean_code()


class NewAddressForm(InOurWords, account.AddEmailForm):
    words = {"email": _("New email address")}
    hints = {"email": _("We send a code there. Until you type it, nothing changes.")}


class PasswordOnce(InOurWords):
    """Typed once: who mistypes it asks for another."""

    hints = {"password1": LENGTH}
    left_out = ("password2",)


class ChangePasswordForm(PasswordOnce, account.ChangePasswordForm):
    words = {"oldpassword": _("Your password of now"), "password1": _("New password")}


class SetPasswordForm(PasswordOnce, account.SetPasswordForm):
    words = {"password1": _("Password")}


class NewPasswordForm(PasswordOnce, account.ResetPasswordKeyForm):
    words = {"password1": _("New password")}


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):
    words = {"email": _("Email address")}


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):
    words = {"password": _("Password")}


class TakenOnce:
    """A code that was just used is not taken again, for as long as it would still fit."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            digits = "".join(filter(str.isdigit, code))
            used = f"second-factor-used:{self.user.pk}:{digits}"
            if not cache.add(used, True, timeout=CODE_LIVES_SECONDS):
                raise forms.ValidationError(wording.FACTOR_REFUSALS["incorrect_code"], code="incorrect_code")
        return code


class CodeInOurWords(InOurWords):
    """All are numbers: a phone shows those keys."""

    words = {"code": _("The code from your app, or a spare code")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CodeForm(TakenOnce, CodeInOurWords, mfa.AuthenticateForm):
    """At the second step."""


class CodeAgainForm(TakenOnce, CodeInOurWords, mfa.ReauthenticateForm):
    """To show once more who one is."""


class FirstCodeForm(CodeInOurWords, totp.ActivateTOTPForm):
    words = {"code": _("The six numbers that your app shows")}


class NewPasskeyForm(InOurWords, passkeys.AddWebAuthnForm):
    """A passkey is one wherever the device can keep it: nobody is asked to know the difference."""

    words = {"name": _("A name for it")}
    hints = {"name": _("So that you know it from others: “My phone”.")}
    left_out = ("passwordless",)


class PasskeyNameForm(InOurWords, passkeys.EditWebAuthnForm):
    words = {"name": _("A name for it")}


class CloseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, close it. I know that I cannot undo this."),
        error_messages={"required": _("Tick this if you want to close your account.")},
    )
