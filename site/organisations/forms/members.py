"""Who belongs to an organisation, and with which role."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.forms.looked import LookedForm
from organisations.models import Membership, Organisation, Role

WHAT_ROLES_MAY = {
    Role.OWNER: _("Owner: everything, and who belongs to it"),
    Role.EDITOR: _("Editor: pages, pictures, venues and dates"),
    Role.RECORDER: _("Recorder: dates and registers only, not this site’s editor"),
}


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=WHAT_ROLES_MAY.items(), widget=forms.RadioSelect)


class ChangeRoleForm(LookedForm, RoleForm):
    """Of somebody who belongs to it. Their role as it was is what was seen."""

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, now=membership.role, initial={"role": membership.role}, **kwargs)


class InvitationForm(RoleForm):
    """For anybody, whether they sign in already or not."""

    email = forms.EmailField(label=_("Their e-mail address"))
    field_order = ["email", "role"]


class NewMemberForm(RoleForm):
    """For somebody who signs in already. `user` is who was found, once the form is valid."""

    user: User
    email = forms.EmailField(label=_("E-mail address they sign in with"))
    field_order = ["email", "role"]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        found = User.objects.filter(email__iexact=email, is_active=True).first()
        if found is None:
            raise ValidationError(_("Nobody signs in with this address yet."))
        if self.organisation.memberships.filter(user=found).exists():
            raise ValidationError(
                _("They belong to it already. Choose them in the list to change their role.")
            )
        self.user = found
        return email
