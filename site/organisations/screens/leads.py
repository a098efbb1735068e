"""The list of those who read concerns. Platform staff alone see and change it."""

from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy

from accounts.models import User
from accounts.requests import SignedIn
from organisations.actions import leads
from organisations.forms.leads import LeadForm
from organisations.models import SafeguardingLead
from organisations.screens.rows import RowsViewSet, SaysNo, TheirList
from places.permissions import PlatformStaffOnly, is_platform_staff

register_permission_policy(SafeguardingLead, PlatformStaffOnly(SafeguardingLead, never={"change", "delete"}))

KEPT = {"index", "index_results", "add"}


def rows(user: User) -> QuerySet[SafeguardingLead]:
    listed = SafeguardingLead.objects.select_related("place", "user")
    return listed if is_platform_staff(user) else listed.none()


def where(lead: SafeguardingLead) -> str:
    return str(lead.place) if lead.place else gettext("The whole installation")


def person(lead: SafeguardingLead) -> str:
    return f"{lead.user} ({lead.user.email})" if lead.user.get_full_name() else lead.user.email


class LeadList(TheirList):
    rows = staticmethod(rows)
    remove_url_name = ""

    def get_list_more_buttons(self, instance: SafeguardingLead) -> list[Button]:
        address = reverse(self.remove_url_name, args=[instance.pk])
        return [Button(_("Take off the list"), url=address, icon_name="cross")]


class AddLead(SaysNo, generic.CreateView):
    request: SignedIn

    def get_panel(self) -> None:
        """The form's own fields, without panels."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def save_instance(self) -> SafeguardingLead:
        said = self.form.cleaned_data
        return leads.appoint(place=said["place"], user=said["email"], by=self.request.user)

    def get_success_buttons(self) -> list:
        return []


class RemoveLead(WagtailAdminTemplateMixin, TemplateView):
    """Says what it means, then does it."""

    request: SignedIn
    page_title = _("Take off the list")
    header_icon = "user"
    template_name = "organisations/screens/lead_remove.html"
    index_url_name = ""

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        self.lead = get_object_or_404(rows(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        leads.dismiss(lead=self.lead, by=request.user)
        words = gettext("%(person)s reads no more concerns of %(place)s and has been signed out.")
        messages.success(request, words % {"person": self.lead.user, "place": where(self.lead)})
        return redirect(self.index_url_name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse(self.index_url_name), "label": _("Safeguarding leads")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.lead.user)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"person": person(self.lead), "where": where(self.lead), "back": reverse(self.index_url_name)}
        return super().get_context_data(**shown, **kwargs)


class LeadViewSet(RowsViewSet):
    """Views of `safeguardinglead:`, all for platform staff: index, index_results, add, remove."""

    model = SafeguardingLead
    icon = "user"
    menu_label = _("Safeguarding leads")
    add_to_settings_menu = True
    index_view_class = LeadList
    add_view_class = AddLead
    ordering = ["place", "since", "pk"]
    list_display = [
        "user",
        Column("where", label=_("Reads concerns of"), accessor=where),
        DateColumn("since", label=_("Since")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return LeadForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(remove_url_name=self.get_url_name("remove"), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in KEPT),
            path("<int:pk>/remove/", self.construct_view(RemoveLead), name="remove"),
        ]


lead_viewset = LeadViewSet()
