"""Asking what people call themselves on another date."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions import count_days
from events.models import Occurrence
from events.wording import when_words


class ToDate(forms.ModelChoiceField):
    def label_from_instance(self, obj: Occurrence) -> str:
        return when_words(obj.starts_at, obj.ends_at, timezone.localdate())


class MoveCountDayForm(forms.Form):
    to = ToDate(
        queryset=Occurrence.objects.none(),
        label=_("On which date instead?"),
        to_field_name="uuid",
        empty_label=_("Choose a date"),
        error_messages={"required": _("Choose a date."), "invalid_choice": _("Choose a date.")},
    )

    def __init__(self, *args: Any, occurrence: Occurrence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = count_days.places_to_move(occurrence.count_day, timezone.now())
