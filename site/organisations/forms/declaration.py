"""The safeguarding declaration in short steps, as an owner or an applicant fills it in on a phone."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from looks.forms import LookedModelForm
from organisations import own
from organisations.actions.declarations import NEEDED
from organisations.declared import TRAINING_HOLDS_YEARS, years_after
from organisations.forms.phones import check_phone
from organisations.models import Declaration, Vetting, VettingLevel

PAST = {"lead_trained_on", "deputy_trained_on", "policy_reviewed_on", "vetting_seen_on"}
COMING = {"insurance_until", "policy_review_by"}
FARTHEST_YEARS = 5


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DeclarationForm(LookedModelForm):
    """Some of its answers; `organisations.actions.declarations` keeps them."""

    class Meta:
        model = Declaration
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name in NEEDED
            if isinstance(field, forms.DateField):
                field.widget = day_input()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        today = timezone.localdate()
        for name, value in list(said.items()):
            if isinstance(value, datetime.date):
                self._check_day(name, value, today)
            elif name.endswith("_phone") and value:
                check_phone(self, name, value)
        return said

    def _check_day(self, name: str, day: datetime.date, today: datetime.date) -> None:
        if name in PAST and day > today:
            self.add_error(name, _("That day has not come yet."))
        elif name in COMING and day < today:
            self.add_error(name, _("That day is over. Type the day that comes."))
        elif abs(day.year - today.year) > FARTHEST_YEARS:
            self.add_error(name, _("Look at the year again."))
        elif name.endswith("_trained_on") and years_after(day, TRAINING_HOLDS_YEARS) < today:
            self.add_error(name, _("That is more than two years ago. They need to be trained again first."))


class LeadForm(DeclarationForm):
    class Meta(DeclarationForm.Meta):
        fields = ("lead_name", "lead_role", "lead_phone", "lead_email", "lead_trained_on")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        name = said.get("lead_name", "")
        if name and own.same_name(name, self.instance.deputy_name):
            self.add_error("lead_name", _("This is your deputy. Name two people: change the deputy first."))
        return said


class DeputyForm(DeclarationForm):
    class Meta(DeclarationForm.Meta):
        fields = ("deputy_name", "deputy_role", "deputy_phone", "deputy_email", "deputy_trained_on")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        name = said.get("deputy_name", "")
        if name and own.same_name(name, self.instance.lead_name):
            self.add_error("deputy_name", _("This has to be somebody else than the lead."))
        return said


class ChecksForm(DeclarationForm):
    vetting = forms.ChoiceField(
        label=_("Who has had a police check?"), choices=Vetting.choices, widget=forms.RadioSelect
    )
    vetting_level = forms.ChoiceField(
        label=_("Which kind of check?"),
        choices=[("", _("Choose")), *VettingLevel.choices],
        help_text=_("Never send us a certificate or its number."),
    )

    class Meta(DeclarationForm.Meta):
        fields = ("vetting", "vetting_level", "vetting_seen_on", "vetting_seen_by")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("vetting") in {Vetting.EVERYONE, Vetting.ALONE}:
            for name in ("vetting_level", "vetting_seen_on", "vetting_seen_by"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Say this too, since there are checks."))
        return said


class PapersForm(DeclarationForm):
    class Meta(DeclarationForm.Meta):
        fields = (
            *("policy_where", "policy_reviewed_on", "policy_review_by", "insurance_until"),
            *("governing_body", "governing_body_number"),
        )
        help_texts = {
            "policy_where": _("For instance: on our website, or at the desk."),
            "policy_review_by": _("Most go through them once a year."),
            "governing_body": _("For instance the FA or Scouts. Leave it empty if there is none."),
        }


class DayForm(DeclarationForm):
    class Meta(DeclarationForm.Meta):
        fields = ("first_aid", "emergencies", "collecting", "photographs", "allegations")
        widgets = {
            name: forms.Textarea(attrs={"rows": 2})
            for name in ("first_aid", "emergencies", "collecting", "photographs", "allegations")
        }
        help_texts = {
            "first_aid": _("For instance: a trained adult at every session."),
            "allegations": _("Parents do not see this answer. Our officer reads it."),
        }


class SignForm(forms.Form):
    """A named adult puts their name below the text."""

    name = forms.CharField(label=_("Your full name"), max_length=120)
    role = forms.CharField(label=_("What you do there"), max_length=80)
    agree = forms.BooleanField(label=_("I am over 18. I have read this and sign it for us."))
