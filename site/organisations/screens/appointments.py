"""Lists of people whom platform staff give a task and take it from. Nobody else sees or changes them."""

import abc
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from accounts.models import User
from accounts.requests import SignedIn
from organisations.screens.rows import RowsViewSet, SaysNo, TheirList
from places.permissions import is_platform_staff

KEPT = {"index", "index_results", "add"}


def person(appointment: Any) -> str:
    user = appointment.user
    return f"{user} ({user.email})" if user.get_full_name() else user.email


class Appointments(TheirList):
    rows: Any = None
    remove_url_name = ""
    remove_label: str | Promise = ""

    def get_list_more_buttons(self, instance: Model) -> list[Button]:
        address = reverse(self.remove_url_name, args=[instance.pk])
        return [Button(self.remove_label, url=address, icon_name="cross")]


class Appoint(SaysNo, generic.CreateView):
    request: SignedIn
    view_set: Any = None

    def get_panel(self) -> None:
        """The form's own fields, without panels."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def save_instance(self) -> Model:
        said = self.form.cleaned_data
        return self.view_set.appoint(place=said["place"], user=said["email"], by=self.request.user)

    def get_success_buttons(self) -> list:
        return []


class Dismiss(WagtailAdminTemplateMixin, TemplateView):
    """Says what it means, then does it."""

    request: SignedIn
    header_icon = "user"
    template_name = "organisations/screens/dismiss.html"
    index_url_name = ""
    view_set: Any = None

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        self.appointment = get_object_or_404(self.view_set.rows(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.view_set.remove_label)

    def post(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        self.view_set.dismiss(self.appointment, by=request.user)
        messages.success(request, self._in_words(self.view_set.dismissed_words))
        return redirect(self.index_url_name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse(self.index_url_name), "label": self.view_set.menu_label}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.appointment.user)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {
            "words": self._in_words(self.view_set.dismiss_words),
            "label": self.view_set.remove_label,
            "back": reverse(self.index_url_name),
        }
        return super().get_context_data(**shown, **kwargs)

    def _in_words(self, words: str | Promise) -> str:
        return str(words) % {
            "person": person(self.appointment),
            "place": self.view_set.where(self.appointment),
        }


class AppointmentViewSet(RowsViewSet, abc.ABC):
    """All views are for platform staff: index, index_results, add, remove."""

    icon = "user"
    add_to_settings_menu = True
    index_view_class = Appointments
    add_view_class = Appoint
    form: type[ModelForm]
    remove_label: ClassVar[str | Promise]
    # What will happen, and what has happened, with `%(person)s` and `%(place)s` in them.
    dismiss_words: ClassVar[str | Promise]
    dismissed_words: ClassVar[str | Promise]

    def rows(self, user: User) -> QuerySet:
        listed = self.model.objects.select_related("place", "user")
        return listed if is_platform_staff(user) else listed.none()

    def where(self, appointment: Any) -> str:
        return str(appointment.place)

    @abc.abstractmethod
    def appoint(self, **said: Any) -> Model:
        """Call the action: `place`, `user`, `by`."""

    @abc.abstractmethod
    def dismiss(self, appointment: Any, *, by: User) -> None:
        """Call the action that takes it back."""

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return self.form

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"rows": self.rows, "remove_label": self.remove_label}
        return {
            **super().get_index_view_kwargs(**kwargs),
            **shown,
            "remove_url_name": self.get_url_name("remove"),
        }

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_add_view_kwargs(**kwargs), "view_set": self}

    def get_urlpatterns(self) -> list[URLPattern]:
        dismiss = self.construct_view(Dismiss, view_set=self)
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in KEPT),
            path("<int:pk>/remove/", dismiss, name="remove"),
        ]
