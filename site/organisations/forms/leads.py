"""Who reads concerns: somebody who signs in already, for a place or for the whole installation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import SafeguardingLead


class LeadForm(forms.ModelForm):
    """Only asks; `organisations.actions.leads` puts them on the list."""

    email = forms.EmailField(label=_("E-mail address they sign in with"))
    field_order = ["email", "place"]

    class Meta:
        model = SafeguardingLead
        fields = ("place",)

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].empty_label = _("The whole installation")

    def clean_email(self) -> User:
        found = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if found is None:
            raise ValidationError(_("Nobody signs in with this address yet."))
        return found
