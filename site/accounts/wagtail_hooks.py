"""The way from the CMS to what a person can change about signing in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("register_account_menu_item")
def signing_in(request: HttpRequest) -> dict[str, Any]:
    return {
        "url": reverse("account"),
        "label": _("Signing in"),
        "help_text": _("Your password, email address, second step, and where you are signed in."),
    }
