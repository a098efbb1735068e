"""Concerns in the CMS: for the leads who answer for them and for nobody else.

The list shows no word of what was said. Opening one is written down before anything is unsealed, each time.
"""

import abc
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import register_permission_policy

from accounts.models import User
from accounts.requests import SignedIn
from organisations import permissions
from organisations.actions import concerns
from organisations.forms.concern_steps import CloseForm, HandOverForm, NoteForm, StepForm
from organisations.models import Concern, ConcernState, Organisation, Outcome
from organisations.policies import LeadsPolicy
from organisations.refusals import Refused
from organisations.screens.rows import RowsViewSet, TheirList
from organisations.slots import OFFERS, Offer

register_permission_policy(Concern, LeadsPolicy(Concern))

KEPT = {"index", "index_results"}
ORGANISATION, ACTIVITY = "organisation", "activity"
OF_ORGANISATION, OF_ACTIVITY = {"what": ORGANISATION}, {"what": ACTIVITY}


def rows(user: User) -> QuerySet[Concern]:
    return permissions.concerns_read_by(user).select_related("place", "organisation", "handler")


def whom(concern: Concern) -> str:
    return str(concern.organisation) if concern.organisation else gettext("Not known")


class ConcernList(TheirList):
    rows = staticmethod(rows)
    concern_url_name = ""

    def get_edit_url(self, instance: Concern) -> str:
        return reverse(self.concern_url_name, args=[instance.uuid])

    def get_list_more_buttons(self, instance: Concern) -> list:
        return []


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ConcernPage(WagtailAdminTemplateMixin, TemplateView, abc.ABC):
    """A page about one concern. It is never kept by a browser, and for others it is not there."""

    request: SignedIn
    header_icon = "warning"
    index_url_name = concern_url_name = ""

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        self.concern = get_object_or_404(rows(request.user), uuid=kwargs["concern"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def offer(self) -> Offer | None:
        return OFFERS.find(self.concern.activity)

    @cached_property
    def address(self) -> str:
        return reverse(self.concern_url_name, args=[self.concern.uuid])

    def get_page_subtitle(self) -> str:
        return self.concern.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse(self.index_url_name), "label": _("Concerns")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.concern.reference}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"concern": self.concern, "offer": self.offer, "address": self.address}
        return super().get_context_data(**{**kwargs, **shown})

    def carry_out(self, step: Callable[[], str]) -> str:
        """Try it, and return what it was refused with."""
        try:
            messages.success(self.request, step())
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        except Refused as refusal:
            return str(refusal)
        return ""


class ConcernScreen(ConcernPage):
    """What was said, what was done since, and what may be done next."""

    page_title = _("Concern")
    template_name = "organisations/screens/concern.html"

    def get(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._show(self._forms())

    def post(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        """What another lead has made impossible meanwhile is said, and what was typed stays."""
        asked = request.POST.get("do", "")
        if asked not in STEPS:
            return redirect(self.address)
        form = self._form(asked, request.POST)
        if form.is_valid():
            refused = self.carry_out(lambda: STEPS[asked](self.concern, form, request.user))
            if not refused:
                return redirect(self._next_address())
            form.add_error(None, refused)
            self.concern.refresh_from_db()
        return self._show({**self._forms(), asked: form}, asked)

    def _next_address(self) -> str:
        """Whoever has handed it on may have no more to do with it."""
        stays = permissions.concerns_read_by(self.request.user).filter(pk=self.concern.pk).exists()
        return self.address if stays else reverse(self.index_url_name)

    def _forms(self) -> dict[str, Form]:
        return {name: self._form(name) for name in self._possible()}

    def _possible(self) -> list[str]:
        """What its state allows."""
        if self.concern.forgotten_at:
            return []
        if self.concern.state == ConcernState.CLOSED:
            return ["note", "take"]
        hand_over = ["hand_over"] if self._others().exists() else []
        take = ["take"] if self.concern.state == ConcernState.NEW else []
        return ["note", *take, *hand_over, "close"]

    def _others(self) -> QuerySet[User]:
        return permissions.leads_to_hand_to(self.concern).exclude(pk=self.request.user.pk)

    def _form(self, name: str, data: Any = None) -> Form:
        if name == "hand_over":
            return HandOverForm(data, prefix=name, leads=self._others())
        return FORMS[name](data, prefix=name)

    def _show(self, forms: dict[str, Form], asked: str = "") -> HttpResponse:
        opened = concerns.read(concern=self.concern, by=self.request.user)
        readings = self.concern.readings.select_related("by")
        about = self.concern.organisation
        public = OFFERS.count_public(about) if about else 0
        return self.render_to_response(
            self.get_context_data(forms=forms, asked=asked, opened=opened, readings=readings, public=public)
        )


class SuspendScreen(ConcernPage):
    """The concern says what will happen, and its buttons send here. For one activity also the way back."""

    page_title = _("Let it come back")
    template_name = "organisations/screens/concern_lift.html"

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        self.what = kwargs["what"]
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        if refused := self.carry_out(lambda: self._act(request)):
            messages.error(request, refused)
        return redirect(self.address)

    def _act(self, request: SignedIn) -> str:
        if self.what == ORGANISATION:
            done: Organisation = concerns.suspend_organisation(concern=self.concern, by=request.user)
            return gettext("%(name)s is suspended. Nothing of it is on the site now.") % {"name": done}
        if "lift" in request.POST:
            concerns.lift_activity(concern=self.concern, by=request.user)
            return gettext("It may be on the site again, and is if its organisation may publish.")
        concerns.suspend_activity(concern=self.concern, by=request.user)
        return gettext("It is off the site now. Nobody can publish it until a lead lifts this.")


def take(concern: Concern, form: Form, by: User) -> str:
    concerns.take(concern=concern, by=by)
    return gettext("You look at it now.")


def note(concern: Concern, form: Form, by: User) -> str:
    concerns.add_note(concern=concern, text=form.cleaned_data["text"], by=by)
    return gettext("Your note is kept.")


def close(concern: Concern, form: Form, by: User) -> str:
    outcome = Outcome(form.cleaned_data["outcome"])
    concerns.close(concern=concern, outcome=outcome, text=form.cleaned_data["text"], by=by)
    return gettext("It is closed. What was said is deleted in a year.")


def hand_over(concern: Concern, form: Form, by: User) -> str:
    to = form.cleaned_data["to"]
    concerns.hand_over(concern=concern, to=to, by=by)
    return gettext("%(person)s looks at it now, and gets a mail.") % {"person": to}


FORMS = {"take": StepForm, "note": NoteForm, "close": CloseForm}
STEPS = {"take": take, "note": note, "close": close, "hand_over": hand_over}


class ConcernViewSet(RowsViewSet):
    """Views of `concern:`, all for leads: index, index_results, concern, suspend_organisation,
    suspend_activity."""

    model = Concern
    icon = "warning"
    menu_label = _("Concerns")
    menu_order = 150
    add_to_admin_menu = True
    index_view_class = ConcernList
    index_results_template_name = "organisations/screens/concerns_results.html"
    ordering = ["-received_at", "-pk"]
    list_filter = ["state"]
    form_fields = ["state"]  # of forms that have no address here
    list_display = [
        "reference",
        "state",
        Column("whom", label=_("About"), accessor=whom),
        "place",
        "handler",
        DateColumn("received_at", label=_("Received"), sort_key="received_at"),
    ]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        name = self.get_url_name("concern")
        return super().get_common_view_kwargs(concern_url_name=name, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        suspend = self.construct_view(SuspendScreen)
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in KEPT),
            path("<uuid:concern>/", self.construct_view(ConcernScreen), name="concern"),
            path("<uuid:concern>/organisation/", suspend, OF_ORGANISATION, name="suspend_organisation"),
            path("<uuid:concern>/activity/", suspend, OF_ACTIVITY, name="suspend_activity"),
        ]


concern_viewset = ConcernViewSet()
