"""What an officer answers after the first look at an activity."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

APPROVE, RETURN = "approve", "return"


class ReviewForm(forms.Form):
    """`seen` is the draft that the officer looks at: one that was changed meanwhile is not approved by it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (APPROVE, _("Approve: families find it now, or at its time")),
            (RETURN, _("Ask for a change")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What has to change"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They get these words by mail."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("decision") == RETURN and not said.get("words", "").strip():
            self.add_error("words", _("Write it in words: they are sent by mail."))
        return said
