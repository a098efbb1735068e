"""What an officer does next with an organisation: verify, suspend or close it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class StandingForm(forms.Form):
    """`organisations.actions.verification` says what each step needs."""

    step = forms.ChoiceField(label=_("What next?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("To suspend, bring back or close: it is kept with the change. Families do not see it."),
    )

    def __init__(self, *args: Any, steps: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = list(steps)
