"""A screen of the CMS about one organisation that ends in an action."""

import abc
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.requests import SignedIn
from organisations import permissions
from organisations.refusals import Refused, say_in


class OrganisationScreen(WagtailAdminTemplateMixin, FormView, abc.ABC):
    """For officers of its place and platform staff; for others it is not there."""

    request: SignedIn
    header_icon = "group"
    index_url_name = edit_url_name = ""
    submit_button_label = _("Save")

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        overseen = permissions.overseen_by(request.user).select_related("place", "page")
        self.organisation = get_object_or_404(overseen, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @abc.abstractmethod
    def act(self, form: Form) -> str:
        """Call one action and return the words for what it did."""

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            done = self.act(form)
        except (ValidationError, Refused) as refusal:
            say_in(form, refusal)
        else:
            messages.success(self.request, done)
            return redirect(self.get_success_url())
        return self.form_invalid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        messages.validation_error(self.request, _("That could not be saved."), form)
        return super().form_invalid(form)

    def get_success_url(self) -> str:
        return self.request.get_full_path()

    def get_page_subtitle(self) -> str:
        return self.organisation.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Organisations")},
            {
                "url": reverse(self.edit_url_name, args=[self.organisation.pk]),
                "label": self.organisation.name,
            },
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "organisation": self.organisation,
            "action_url": self.request.get_full_path(),
            "submit_button_label": self.submit_button_label,
            "submit_button_active_label": _("Saving…"),
            "media": context["form"].media,
            "has_unsaved_changes": context["form"].is_bound,
        }
