"""Twinnings in the CMS, for officers: those of their places, one with why a school said no, and brokering."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, TemplateView
from wagtail.admin import messages

from accounts.requests import SignedIn
from organisations import refusals
from organisations.refusals import Refused, say_in
from organisations.screens.desk import DeskScreen
from places.models import School
from places.school_years import year_of
from schools import permissions
from schools.actions import twinnings as actions
from schools.forms.twinnings import BrokerForm
from schools.models import Programme, Twinning
from schools.models.twinning import TOGETHER, UNANSWERED
from schools.programmes import lines_of

ENDINGS = {
    "end": (actions.end, gettext_lazy("It has ended. Both schools have a mail.")),
    "withdraw": (
        actions.withdraw,
        gettext_lazy("It is taken back. Both schools have a mail."),
    ),
}


class Twinnings(DeskScreen, ListView):
    """Of their places, the newest year first."""

    page_title = gettext_lazy("Twinnings")
    header_icon = "link"
    template_name = "schools/screens/twinnings.html"
    context_object_name = "twinnings"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Twinning]:
        seen = Twinning.objects.overseen_by(self.request.user).select_related("first", "second")
        return seen.order_by("-year", "-since", "-pk")


class TwinningScreen(DeskScreen, TemplateView):
    """One, with its steps, its note, and why a school said no. A press ends it, or takes a proposal back."""

    header_icon = "link"
    template_name = "schools/screens/twinning.html"

    @cached_property
    def twinning(self) -> Twinning:
        seen = Twinning.objects.overseen_by(self.request.user).select_related("first", "second", "proposer")
        return get_object_or_404(seen, uuid=self.kwargs["uuid"])

    def get_page_title(self) -> str:
        return f"{self.twinning.first} – {self.twinning.second}, {self.twinning.year_said}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": reverse("desk_twinnings"), "label": _("Twinnings")}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.twinning
        both = (found.first, found.second)
        programme = Programme.objects.filter(twinning=found).first()
        return super().get_context_data(
            twinning=found,
            steps=found.steps.select_related("by").order_by("at", "pk"),
            silent=[each for each in both if permissions.cannot_answer_now(found, each)],
            unreached=[each for each in both if permissions.needs_letter(found, each)],
            letters=found.paper_letters.select_related("school", "written_by", "used_by"),
            ending=_ending(found),
            lines=lines_of(programme, timezone.now()) if programme else [],
            **kwargs,
        )

    def post(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        found = ENDINGS.get(request.POST.get("do", ""))
        if found is not None:
            act, said = found
            try:
                act(twinning=self.twinning, by=request.user)
            except (ValidationError, Refused) as refusal:
                messages.error(request, refusals.words(refusal))
            else:
                messages.success(request, said)
        return redirect("desk_twinning", self.twinning.uuid)


class Broker(DeskScreen, FormView):
    """Propose two schools to each other."""

    page_title = gettext_lazy("Propose two schools to each other")
    header_icon = "link"
    template_name = "schools/screens/broker.html"
    form_class = BrokerForm

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": reverse("desk_twinnings"), "label": _("Twinnings")}, here]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "this": year_of(timezone.localdate())}

    def form_valid(self, form: BrokerForm) -> HttpResponse:
        said = dict(form.cleaned_data)
        schools = School.objects.in_bulk([said["first"], said["second"]])
        for name in ("first", "second"):
            if said[name] not in schools:
                form.add_error(name, _("The register has no school with this number."))
        if form.errors:
            return self.form_invalid(form)
        said |= {name: schools[said[name]] for name in ("first", "second")}
        try:
            made = actions.broker(by=self.request.user, **said)
        except (ValidationError, Refused) as refusal:
            say_in(form, refusal)
        else:
            messages.success(self.request, _("Both schools are asked."))
            return redirect("desk_twinning", made.uuid)
        return self.form_invalid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        messages.validation_error(self.request, _("That cannot be sent. Look at the words beside it."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "action_url": self.request.get_full_path(),
            "submit_button_label": _("Ask both schools"),
            "media": context["form"].media,
        }


def _ending(twinning: Twinning) -> str:
    """What an officer can do to stop it: what was brokered they take back themselves."""
    if twinning.state in TOGETHER:
        return "end"
    return "withdraw" if twinning.state in UNANSWERED and twinning.proposer is None else ""
