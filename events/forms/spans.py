"""Changing all dates from one day to another, on a phone."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events import asked, seen
from events.actions.spans import Span
from events.forms.occurrence import ReasonForm
from events.models import Activity
from looks.forms import LookedForm
from organisations.models import Venue


class SpanForm(LookedForm):
    """From one day to another, both included: "all of half-term"."""

    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity

    def span(self) -> Span:
        """Its action compares what was seen: only that knows which dates it would change."""
        given = self.cleaned_data
        return Span(given["first"], given["last"], seen.from_text(given["seen"]))


class CancelSpanForm(ReasonForm, SpanForm):
    field_order = ["first", "last", "ready", "own"]


class ReinstateSpanForm(SpanForm):
    pass


class NoticeSpanForm(SpanForm):
    notice = forms.CharField(
        label=_("A line for these dates"),
        help_text=_("For instance: The lift is out of order. Leave it empty to take lines away."),
        max_length=200,
        required=False,
    )


class MoveSpanForm(SpanForm):
    """Another time of the day, another venue or both; what is left empty stays."""

    start = forms.TimeField(
        label=_("From"),
        help_text=_("Leave both times empty to keep them."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )
    end = forms.TimeField(
        label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False
    )
    venue = forms.ModelChoiceField(
        label=_("Where"),
        queryset=Venue.objects.none(),
        to_field_name="uuid",
        empty_label=_("As it is now"),
        required=False,
    )
    reason = forms.CharField(label=_("Why? (families see it)"), max_length=200, required=False)

    # Where the action's errors stand in this form.
    NAMES = {"starts_at": "start", "ends_at": "end"}

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, activity=activity, **kwargs)
        self.fields["venue"].queryset = asked.venues_for(activity)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if self.errors:
            return given
        missing = [name for name in ("start", "end") if given[name] is None]
        if len(missing) == 1:
            self.add_error(missing[0], _("Say both times, or none."))
        elif missing and not given["venue"]:
            self.add_error("start", _("Say a new time, a new place or both."))
        return given

    def times(self) -> tuple[datetime.time, datetime.time] | None:
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return (start, end) if start is not None else None
