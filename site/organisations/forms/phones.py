"""Telephone numbers as people type them."""

import re

from django import forms
from django.utils.translation import gettext as _

FEWEST, MOST = 10, 15


def digits(phone: str) -> str:
    """What two ways of writing one number have in common: 01422 333 444 and +44 (0)1422-333444."""
    found = re.sub(r"\D", "", phone.replace("(0)", ""))
    return f"0{found[2:]}" if found.startswith("44") else found


def check_phone(form: forms.BaseForm, name: str, phone: str) -> None:
    if not FEWEST <= len(digits(phone)) <= MOST or re.search(r"[^\d\s()+./-]", phone):
        form.add_error(name, _("Type a phone number with its area code, like 01422 333444."))
