"""The officer's desk in the CMS: what waits in their places, and deciding it. For others it is not there."""

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from accounts.requests import SignedIn
from organisations import checks, declared, desk, permissions, slots, steps
from organisations.actions import applications, declarations
from organisations.forms.decision import APPROVE, ASK, REFUSE, DecisionForm, ReadForm
from organisations.models import Application, Declaration
from organisations.refusals import Refused, say_in

MOST_SHOWN = 50


class DeskScreen(WagtailAdminTemplateMixin):
    """Only for people who answer for a place, and platform staff."""

    request: SignedIn
    header_icon = "tasks"

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.is_any_officer(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        desk_itself = {"url": reverse("desk"), "label": _("Desk")}
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *([desk_itself] if self.has_desk_above else []), here]

    has_desk_above = True


class Desk(DeskScreen, TemplateView):
    page_title = gettext_lazy("Desk")
    template_name = "organisations/screens/desk.html"
    has_desk_above = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = self.request.user, timezone.now()
        today = timezone.localdate(now)
        return super().get_context_data(
            applications=desk.applications(user)[:MOST_SHOWN],
            ending=desk.ending(user, today)[:MOST_SHOWN],
            today=today,
            renewed=desk.renewed(user)[:MOST_SHOWN],
            piles=slots.DESK.piles(user, now),
            last_night=desk.last_night(now),
            **kwargs,
        )


class DecidingScreen(DeskScreen, FormView):
    """Shows one thing, and ends in an action. What the action refuses is said in the form."""

    submit_button_label = gettext_lazy("Send")

    def act(self, form: Form) -> str:
        """Call one action and return the words for what it did."""
        raise Http404

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            done = self.act(form)
        except (ValidationError, Refused) as refusal:
            say_in(form, refusal)
        else:
            messages.success(self.request, done)
            return redirect("desk")
        return self.form_invalid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        """Wagtail's page of a form says nothing of what is wrong with the whole of it."""
        messages.validation_error(self.request, _("That could not be done."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "action_url": self.request.get_full_path(),
            "submit_button_label": self.submit_button_label,
            "submit_button_active_label": _("Saving…"),
            "media": context["form"].media,
        }


class ApplicationScreen(DecidingScreen):
    page_title = gettext_lazy("Application")
    template_name = "organisations/screens/application.html"
    form_class = DecisionForm

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = permissions.applications_for(request.user).exclude(sent_at=None)
        self.application = get_object_or_404(
            mine.select_related("place", "applicant", "declaration", "organisation"), uuid=kwargs["uuid"]
        )
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.application.name

    def get_initial(self) -> dict[str, Any]:
        return {"seen": applications.version(self.application)}

    def form_invalid(self, form: Form) -> HttpResponse:
        """What is shown again is how it stands now."""
        form.data = form.data.copy()
        form.data["seen"] = applications.version(self.application)
        return super().form_invalid(form)

    def act(self, form: Form) -> str:
        said = form.cleaned_data
        return DECIDE[said["decision"]](self.application, said, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            application=self.application,
            said=[(step.title, _answers(step, self.application)) for step in steps.APPLICATION],
            declared=said_in(self.application.declaration),
            checks=checks.of(self.application),
            **kwargs,
        )


class DeclarationScreen(DecidingScreen):
    """What an organisation has signed again. It holds already; who finds it wrong suspends."""

    page_title = gettext_lazy("Declaration")
    template_name = "organisations/screens/declaration.html"
    form_class = ReadForm
    submit_button_label = gettext_lazy("I have read it")

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = Declaration.objects.signed().filter(organisation__in=permissions.judged_by(request.user))
        self.declaration = get_object_or_404(mine.select_related("organisation"), uuid=kwargs["uuid"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.declaration.organisation)

    def act(self, form: Form) -> str:
        declarations.read(declaration=self.declaration, by=self.request.user)
        return _("Read. Thank you.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            declaration=self.declaration, declared=said_in(self.declaration), **kwargs
        )


def said_in(declaration: Declaration) -> list[tuple[Any, list[tuple[str, object]]]]:
    """All that is declared, step by step."""
    said = [(step.title, _answers(step, declaration)) for step in steps.DECLARATION]
    ends = declaration.until or declared.holds_until(declaration, timezone.localdate())
    return [*said, (_("Holds until"), [(_("Last day"), date_format(ends, "j F Y"))])]


def _answers(step: steps.Step, row: Application | Declaration) -> list[tuple[str, object]]:
    """Every question of a step with what was answered, in words."""
    asked = step.form(instance=row).visible_fields()
    return [(str(field.label), _shown(row, field.name)) for field in asked]


def _shown(row: Application | Declaration, name: str) -> object:
    words = getattr(row, f"get_{name}_display", None)
    value = words() if words else getattr(row, name)
    return date_format(value, "j F Y") if isinstance(value, datetime.date) else value


def _approve(application: Application, said: dict[str, Any], by: User) -> str:
    made = applications.approve(application=application, seen=said["seen"], by=by)
    return _("%(name)s is approved. Its owner may publish.") % {"name": made}


def _ask(application: Application, said: dict[str, Any], by: User) -> str:
    asked = applications.ask(application=application, question=said["words"], by=by)
    return _("%(name)s has your question by mail.") % {"name": asked}


def _refuse(application: Application, said: dict[str, Any], by: User) -> str:
    refused = applications.refuse(application=application, reason=said["words"], by=by)
    return _("%(name)s has your answer by mail.") % {"name": refused}


Decide = Callable[[Application, dict[str, Any], User], str]
DECIDE: dict[str, Decide] = {APPROVE: _approve, ASK: _ask, REFUSE: _refuse}
