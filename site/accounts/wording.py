"""What allauth says, in plain words. `DONE` goes by the names of its own templates."""

from django.utils.translation import gettext_lazy as _

# Beside a field. By allauth's names.
REFUSALS = {
    "account_inactive": _("This account is closed."),
    "duplicate_email": _("This is your address already."),
    "email_password_mismatch": _("That address and that password do not go together."),
    "email_taken": _("Somebody else uses this address already."),
    "enter_current_password": _("That is not your password of now."),
    "incorrect_code": _("That code is not right. Look again, or ask for a new one."),
    "incorrect_password": _("That is not your password."),
    "invalid_login": _("That is not right."),
    "invalid_password_reset": _("This link no longer works."),
    "rate_limited": _("That was a lot of tries. Wait a few minutes, then try again."),
    "same_as_current": _("That is what it is now. Type another one."),
    "too_many_login_attempts": _("That was a lot of tries. Wait a few minutes, then try again."),
    "unverified_primary_email": _("Confirm your email address first."),
}

FACTOR_REFUSALS = {
    "add_email_blocked": _("Confirm your email address first."),
    "cannot_delete_authenticator": _("You cannot take this away."),
    "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    "incorrect_code": _("That code is not right. Wait for the next one, then type that."),
    "unverified_email": _("Confirm your email address first."),
}

# On the next page.
DONE = {
    "account/messages/email_confirmed.txt": _("Your email address is confirmed."),
    "account/messages/password_changed.txt": _("You have a new password."),
    "account/messages/password_set.txt": _("You have a password now."),
    "mfa/messages/totp_activated.txt": _("Your app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your app is no longer asked for."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is kept."),
    "mfa/messages/webauthn_removed.txt": _("That passkey no longer works here."),
    "mfa/messages/recovery_codes_generated.txt": _("Here are your spare codes. Save them now."),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out everywhere else."),
}

WAYS_TO_SHOW_WHO_ONE_IS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}
