"""What a copy is called. All else is changed in the editor."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CopyForm(forms.Form):
    title = forms.CharField(
        label=_("What is the new one called?"),
        max_length=120,
        help_text=_("Another name, so that families can tell the two apart."),
    )
