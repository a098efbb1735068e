"""What a lead does with a concern. `organisations.actions.concerns` says what each step needs."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import Outcome

LONGEST = 10_000


def note_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("It is sealed like the concern itself. Only its leads read it."),
    )


class StepForm(forms.Form):
    """Without a question of its own: a button."""


class NoteForm(StepForm):
    text = note_field(_("What did you do, or find out?"))


class CloseForm(StepForm):
    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    text = note_field(_("In a sentence: what was done?"))


class HandOverForm(StepForm):
    to = forms.ModelChoiceField(
        label=_("To whom?"), queryset=User.objects.none(), to_field_name="uuid", empty_label=None
    )

    def __init__(self, *args: Any, leads: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = leads
