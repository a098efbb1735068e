"""The list of those who read concerns."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import register_permission_policy

from accounts.models import User
from organisations.actions import leads
from organisations.forms.appointments import LeadForm
from organisations.models import SafeguardingLead
from organisations.screens.appointments import AppointmentViewSet
from places.permissions import PlatformStaffOnly

register_permission_policy(SafeguardingLead, PlatformStaffOnly(SafeguardingLead, never={"change", "delete"}))


def where(lead: SafeguardingLead) -> str:
    return str(lead.place) if lead.place else gettext("The whole installation")


class LeadViewSet(AppointmentViewSet):
    model = SafeguardingLead
    form = LeadForm
    menu_label = _("Safeguarding leads")
    remove_label = _("Take off the list")
    dismiss_words = _(
        "%(person)s will read no more concerns of: %(place)s. They are signed out at once. What they look at "
        "now is free for the other leads."
    )
    dismissed_words = _("%(person)s reads no more concerns of %(place)s and has been signed out.")
    ordering = ["place", "since", "pk"]
    list_display = [
        "user",
        Column("where", label=_("Reads concerns of"), accessor=where),
        DateColumn("since", label=_("Since")),
    ]

    def where(self, appointment: Any) -> str:
        return where(appointment)

    def appoint(self, **said: Any) -> SafeguardingLead:
        return leads.appoint(**said)

    def dismiss(self, appointment: SafeguardingLead, *, by: User) -> None:
        leads.dismiss(lead=appointment, by=by)


lead_viewset = LeadViewSet()
