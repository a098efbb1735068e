"""Wagtail's list, add and edit, for rows that each person sees some of.

Wagtail's generic views check the model and not the row. So the list and the editor are given the person's
rows alone, and views that would need the same (history, usage, delete, copy, export) are not there.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.urls import URLPattern
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from accounts.requests import SignedIn
from organisations.refusals import Refused, say_in

KEPT = {"index", "index_results", "add", "edit"}
LEFT_OUT = ("history_url_name", "usage_url_name", "delete_url_name")


class SaysNo:
    """What an action refuses is said in the form, and what was typed stays."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except (ValidationError, Refused) as refusal:
            say_in(form, refusal)
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)


class SavesItself(SaysNo):
    """The form ends in an action by the person who sends it."""

    request: SignedIn

    def get_panel(self) -> None:
        """The form's own fields, without panels."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}

    def save_instance(self) -> Model:
        return self.form.save()


class TheirList(generic.IndexView):
    request: SignedIn

    def get_base_queryset(self) -> QuerySet:
        return self.rows(self.request.user)


class TheirEditor(generic.EditView):
    request: SignedIn

    def get_queryset(self) -> QuerySet:
        return self.rows(self.request.user)


class RowsViewSet(ModelViewSet):
    copy_view_enabled = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in KEPT]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_common_view_kwargs(**kwargs), **dict.fromkeys(LEFT_OUT)}
