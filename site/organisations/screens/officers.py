"""The list of those who answer for a place."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.permissions import register_permission_policy

from accounts.models import User
from organisations.actions import members
from organisations.forms.appointments import OfficerForm
from organisations.models import Officer
from organisations.screens.appointments import AppointmentViewSet
from places.permissions import PlatformStaffOnly

register_permission_policy(Officer, PlatformStaffOnly(Officer, never={"change", "delete"}))


class OfficerViewSet(AppointmentViewSet):
    model = Officer
    form = OfficerForm
    menu_label = _("Officers")
    remove_label = _("End their office")
    dismiss_words = _(
        "%(person)s will no longer answer for %(place)s: no desk, no approvals. They are signed out at once. "
        "What they decided stays."
    )
    dismissed_words = _("%(person)s no longer answers for %(place)s and has been signed out.")
    ordering = ["place", "pk"]
    list_display = ["user", Column("place", label=_("Answers for"))]

    def appoint(self, **said: Any) -> Officer:
        return members.appoint(**said)

    def dismiss(self, appointment: Officer, *, by: User) -> None:
        members.dismiss(officer=appointment, by=by)


officer_viewset = OfficerViewSet()
