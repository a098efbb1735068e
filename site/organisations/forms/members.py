"""Who belongs to an organisation, and with which role."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from looks.forms import LookedForm
from organisations.models import Membership, Role

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
