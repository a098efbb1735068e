"""Whom platform staff give a task: somebody who signs in already, for a place or for all of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import Officer, SafeguardingLead


class AppointmentForm(forms.ModelForm):
    """Only asks; an action gives the task."""

    email = forms.EmailField(label=_("E-mail address they sign in with"))
    field_order = ["email", "place"]

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_email(self) -> User:
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise ValidationError(_("Nobody signs in with this address yet."))
        return found


class LeadForm(AppointmentForm):
    class Meta:
        model = SafeguardingLead
        fields = ("place",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].empty_label = _("The whole installation")


class OfficerForm(AppointmentForm):
    class Meta:
        model = Officer
        fields = ("place",)
