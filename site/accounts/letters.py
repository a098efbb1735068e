"""Every mail about an account: its words, by the names that allauth gives them, in our frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Letter:
    """`link` names what of allauth's context is the address that the mail asks to open, `button` its words.

    `warns` adds when and in which browser it was done, and what to do if it was somebody else.
    """

    subject: str
    words: str
    link: str = ""
    button: str = ""
    warns: bool = False


_CODE = _("Type this code on the page that you have open. It works for half an hour.")

LETTERS: Mapping[str, Letter] = {
    "account/email/email_confirmation_signup": Letter(_("Your code for Mingle"), _CODE),
    "account/email/email_confirmation": Letter(_("Your code for Mingle"), _CODE),
    "account/email/account_already_exists": Letter(
        _("You have an account at Mingle already"),
        _(
            "Somebody, perhaps you, wanted to make an account with this address. There is one already. "
            "If you have forgotten your password, choose a new one."
        ),
        link="password_reset_url",
        button=_("Choose a new password"),
    ),
    "account/email/unknown_account": Letter(
        _("There is no account with this address"),
        _(
            "Somebody, perhaps you, asked for a new password. But nobody signs in with this address. "
            "You may have used another one. Or you can make an account now."
        ),
        link="signup_url",
        button=_("Make an account"),
    ),
    "account/email/password_reset_key": Letter(
        _("Choose a new password"),
        _("Choose a new password for Mingle here. The link works once, and only today."),
        link="password_reset_url",
        button=_("Choose a new password"),
    ),
    "account/email/password_reset": Letter(
        _("You have a new password"), _("Your password for Mingle was changed."), warns=True
    ),
    "accounts/email/closed": Letter(
        _("Your account is closed"),
        _(
            "Your account at Mingle is closed: somebody who was signed in with it asked for that. Nobody can "
            "sign in with it now. If it was not you, tell the people of your place at once."
        ),
    ),
    "accounts/email/closed_by_staff": Letter(
        _("Your account is closed"),
        _(
            "The people who run Mingle have closed your account. Nobody can sign in with it now. If you "
            "think that is wrong, tell the people of your place."
        ),
    ),
    "account/email/password_changed": Letter(
        _("You have a new password"), _("Your password for Mingle was changed."), warns=True
    ),
    "account/email/password_set": Letter(
        _("You have a password now"), _("You can now sign in to Mingle with a password."), warns=True
    ),
    "account/email/email_changed": Letter(
        _("Your address was changed"),
        _("You now sign in to Mingle with another address. This one is no longer used."),
        warns=True,
    ),
    "account/email/email_deleted": Letter(
        _("An address was taken off your account"),
        _("Mingle no longer sends you mail at this address."),
        warns=True,
    ),
    "mfa/email/totp_activated": Letter(
        _("An app was added to your account"),
        _("From now on you need a code from your app when you sign in."),
        warns=True,
    ),
    "mfa/email/totp_deactivated": Letter(
        _("The app was taken off your account"),
        _("You are no longer asked for a code from your app when you sign in."),
        warns=True,
    ),
    "mfa/email/webauthn_added": Letter(
        _("A passkey was added to your account"), _("You can now sign in with it."), warns=True
    ),
    "mfa/email/webauthn_removed": Letter(
        _("A passkey was taken off your account"), _("Nobody can sign in with it now."), warns=True
    ),
    "mfa/email/recovery_codes_generated": Letter(
        _("You have new spare codes"), _("The old spare codes no longer work."), warns=True
    ),
}


def compose(name: str, *, to: str, context: Mapping[str, Any]) -> EmailMultiAlternatives:
    letter = LETTERS[name]
    shown = {
        "letter": letter,
        "code": context.get("code", ""),
        "href": context.get(letter.link, ""),
        "at": context.get("timestamp"),
    }
    mail = EmailMultiAlternatives(
        subject=str(letter.subject), body=render_to_string("account/email/letter.txt", shown), to=[to]
    )
    mail.attach_alternative(render_to_string("account/email/letter.html", shown), "text/html")
    return mail
