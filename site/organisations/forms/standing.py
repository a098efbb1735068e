"""What an officer does next with an organisation: verify it, renew, suspend or close it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from organisations.models import Organisation

DATED = {"verify", "renew", "reinstate"}


class StandingForm(forms.Form):
    """`organisations.actions.verification` says what each step needs."""

    step = forms.ChoiceField(label=_("What next?"), widget=forms.RadioSelect)
    declaration_until = forms.DateField(
        label=_("Declaration holds until"),
        required=False,
        widget=AdminDateInput,
        help_text=_("To verify, reinstate or renew: the last day of the safeguarding declaration."),
    )
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("To suspend or close: it is kept with the change. Families do not see it."),
    )

    def __init__(
        self, *args: Any, organisation: Organisation, steps: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = list(steps)
        self.fields["declaration_until"].initial = organisation.declaration_until

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        has_date = cleaned.get("declaration_until") or "declaration_until" in self.errors
        if cleaned.get("step") in DATED and not has_date:
            self.add_error("declaration_until", _("Give the last day on which its declaration holds."))
        return cleaned
