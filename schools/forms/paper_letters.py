"""Writing a letter on paper, and using its code."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LetterForm(forms.Form):
    coach = forms.IntegerField(
        label=_("What one coach costs there and back, in pounds"),
        help_text=_("If a coach firm told you. Leave it empty, and the letter says what we guess."),
        min_value=20,
        max_value=5_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from the letter"),
        help_text=_("16 letters and numbers. Small letters and spaces do no harm."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
