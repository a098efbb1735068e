"""Templates of programmes in the CMS, for officers: those of their places, and what is given to all."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView
from wagtail.admin import messages

from organisations.refusals import Refused, say_in
from organisations.screens.desk import DeskScreen
from places.models import Place
from schools import permissions
from schools.actions import programme_templates as actions
from schools.forms.programme_templates import TemplateForm, initial_of
from schools.models import ProgrammeTemplate


class Templates(DeskScreen, ListView):
    page_title = gettext_lazy("Templates of programmes")
    header_icon = "list-ol"
    template_name = "schools/screens/programme_templates.html"
    context_object_name = "templates"

    def get_queryset(self) -> QuerySet[ProgrammeTemplate]:
        seen = ProgrammeTemplate.objects.edited_by(self.request.user)
        return seen.select_related("place").prefetch_related("meetings").order_by("retired", "pk")


class TemplateScreen(DeskScreen, FormView):
    """Write one, or change it."""

    header_icon = "list-ol"
    template_name = "schools/screens/programme_template.html"
    form_class = TemplateForm

    @cached_property
    def written(self) -> ProgrammeTemplate | None:
        key = self.kwargs.get("pk")
        return (
            get_object_or_404(ProgrammeTemplate.objects.edited_by(self.request.user), pk=key) if key else None
        )

    @cached_property
    def places(self) -> QuerySet[Place] | None:
        """Those whose own it becomes. What platform staff change of a given one is changed for all."""
        if self.written and (self.written.place or self.request.user.is_superuser):
            return None
        return permissions.places_of(self.request.user).order_by("name")

    def get_page_title(self) -> str:
        return self.written.title if self.written else _("A new template")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, here = super().get_breadcrumbs_items()
        return [*above, {"url": reverse("desk_templates"), "label": _("Templates of programmes")}, here]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "places": self.places}

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.written)

    def form_valid(self, form: TemplateForm) -> HttpResponse:
        try:
            self._write(form)
        except (ValidationError, Refused) as refusal:
            say_in(form, refusal)
        else:
            messages.success(self.request, _("Saved. Schools can begin with it."))
            return redirect("desk_templates")
        return self.form_invalid(form)

    def _write(self, form: TemplateForm) -> None:
        said, place, by = form.said(), form.cleaned_data.get("place"), self.request.user
        if self.written is None:
            actions.write(place=place, said=said, by=by)
        else:
            version = form.cleaned_data["version"]
            actions.change(template=self.written, place=place, said=said, version=version, by=by)

    def form_invalid(self, form: Form) -> HttpResponse:
        messages.validation_error(self.request, _("That cannot be saved. Look at the words beside it."), form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "written": self.written,
            "becomes_own": self.written is not None and self.places is not None,
            "action_url": self.request.get_full_path(),
            "submit_button_label": _("Save"),
            "media": context["form"].media,
        }
