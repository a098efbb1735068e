"""What an officer answers to an application."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

APPROVE, ASK, REFUSE = "approve", "ask", "refuse"


class DecisionForm(forms.Form):
    """`seen` says which version was looked at: it may have been sent again meanwhile."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (APPROVE, _("Approve: it gets its page, and its owner may publish")),
            (ASK, _("Ask for more")),
            (REFUSE, _("Say no")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Your question, or why not"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They get these words by mail."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("decision") in {ASK, REFUSE} and not said.get("words", "").strip():
            self.add_error("words", _("Write it in words: they are sent by mail."))
        return said


class ReadForm(forms.Form):
    """A button."""
