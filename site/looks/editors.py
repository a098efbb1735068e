"""Wagtail's own editors of a list, so that what somebody saved meanwhile is not written over unseen."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.views import generic

import looks


class LookedEditor:
    """Mixed into a view that edits a row. Its form carries how the row, and what hangs on it, was when it was
    drawn."""

    def get_form(self, form_class: type[forms.ModelForm] | None = None) -> Any:
        form = super().get_form(form_class)
        seen = _version(form, form.instance)
        form.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=seen)
        return form

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        rows = type(form.instance)._base_manager.select_for_update(no_key=True)
        held = get_object_or_404(rows, pk=form.instance.pk)
        try:
            _refuse_if_changed(form, held)
        except ValidationError as refusal:
            form.data = form.data.copy()
            form.data["seen"] = _version(form, held)
            form.add_error(None, refusal.message_dict["seen"])
            self.produced_error_code = "validation_error"
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        return super().form_valid(form)


class LookedEditView(LookedEditor, generic.EditView):
    """Of a plain list."""


def _refuse_if_changed(form: Any, held: Model) -> None:
    if form.cleaned_data["seen"] == _version(form, held):
        return
    names = [name for name in form._meta.fields if form.cleaned_data.get(name) != getattr(held, name)]
    there = [looks.in_words(held, name) for name in names]
    if there or _children(form, held):
        looks.refuse([*there, *_children_in_words(form, held)])


def _version(form: Any, row: Model) -> str:
    """Another text whenever the row, or one that hangs on it, says something else."""
    return looks.version(row, form._meta.fields, also=_children(form, row))


def _children(form: Any, row: Model) -> list[list[dict[str, Any]]]:
    """What the form asks of more rows, as it is stored."""
    return [list(_stored(row, name).values()) for name in getattr(form, "formsets", ())]


def _children_in_words(form: Any, row: Model) -> list[str]:
    """ "Terms: Autumn, 1 September 2026, 23 October 2026 / Spring, …"."""
    said = []
    for name, formset in getattr(form, "formsets", {}).items():
        rows, names = _stored(row, name), formset.form._meta.fields
        each = (", ".join(looks.said(getattr(one, part)) for part in names) for one in rows)
        said.append(
            f"{capfirst(str(rows.model._meta.verbose_name_plural))}: {' / '.join(each) or _('nothing')}"
        )
    return said


def _stored(row: Model, name: str) -> Any:
    key = row._meta.get_field(name).field
    return key.model._base_manager.filter(**{key.name: row.pk}).order_by("pk")
