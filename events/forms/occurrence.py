"""Changing one date, on a phone."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import looks
from events import asked, seen
from events.models import Occurrence, ScheduleRule
from events.models.schedule import WEEKDAYS
from events.recurrence import Repeat
from looks.forms import LookedForm
from organisations.models import Venue
from places.clock import LONDON

REASONS = [
    ("", _("Choose, or write below")),
    (_("Not enough people to run it safely."), _("Not enough people to run it safely")),
    (_("The venue is closed that day."), _("The venue is closed that day")),
    (_("The weather will be too bad."), _("The weather will be too bad")),
    (_("The person who runs it is ill."), _("The person who runs it is ill")),
]


class _DateForm(LookedForm):
    """About one date."""

    def __init__(self, *args: Any, occurrence: Occurrence, **kwargs: Any) -> None:
        super().__init__(*args, now=seen.of_date(occurrence), **kwargs)
        self.occurrence = occurrence

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != self.now:
            raise forms.ValidationError(
                _("Somebody else has just changed this date. Look at it again, then send.")
            )
        return self.now


class ReasonForm(forms.Form):
    """Why a date does not take place: a ready sentence or one's own. Families read it."""

    ready = forms.ChoiceField(label=_("Why?"), choices=REASONS, required=False)
    own = forms.CharField(
        label=_("In your own words"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Keep it under 200 letters.")},
    )

    def reason(self) -> str:
        return self.cleaned_data.get("own") or self.cleaned_data.get("ready") or ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("own") or cleaned.get("ready") or "own" in self.errors):
            self.add_error("ready", _("Say why, in a few words: families see it."))
        return cleaned


class CancelForm(ReasonForm, _DateForm):
    field_order = ["ready", "own", "seen"]


class ReinstateForm(_DateForm):
    pass


class NoticeForm(_DateForm):
    notice = forms.CharField(
        label=_("A line for this date only"),
        help_text=_("For instance: The lift is out of order. Leave it empty to take it away."),
        max_length=200,
        required=False,
    )


class MoveForm(_DateForm):
    """Another day, time or venue, on London's clock."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    venue = forms.ModelChoiceField(
        label=_("Where"), queryset=Venue.objects.none(), to_field_name="uuid", empty_label=None
    )
    reason = forms.CharField(label=_("Why? (families see it)"), max_length=200, required=False)

    # Where the action's errors stand in this form.
    NAMES = {"starts_at": "start", "ends_at": "end"}

    def __init__(self, *args: Any, occurrence: Occurrence, **kwargs: Any) -> None:
        start, end = (
            timezone.localtime(occurrence.starts_at, LONDON),
            timezone.localtime(occurrence.ends_at, LONDON),
        )
        kwargs["initial"] = {
            "day": start.date(),
            "start": start.time(),
            "end": end.time(),
            "venue": occurrence.venue.uuid,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, occurrence=occurrence, **kwargs)
        usable = asked.venues_for(occurrence.activity)
        self.fields["venue"].queryset = usable | Venue._base_manager.filter(pk=occurrence.venue_id)

    def times(self) -> tuple[datetime.datetime, datetime.datetime]:
        """Start and end without a zone: the action reads them as London's clock."""
        day = self.cleaned_data["day"]
        return (
            datetime.datetime.combine(day, self.cleaned_data["start"]),
            datetime.datetime.combine(day, self.cleaned_data["end"]),
        )


RULE = ("start", "end", "venue", "weekdays", "left_out")
"""What of a rule can be changed from a date on. A date that a person moved does not show it."""


class FromHereForm(_DateForm):
    """What a line of the schedule shall say from this date on: times, place and, of weekly dates, the day."""

    weekday = forms.TypedChoiceField(label=_("Day"), choices=WEEKDAYS, coerce=int)
    start = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    venue = forms.ModelChoiceField(
        label=_("Where"), queryset=Venue.objects.none(), to_field_name="uuid", empty_label=None
    )

    # Where the action's errors stand in this form.
    NAMES = {"weekdays": "weekday"}

    def __init__(self, *args: Any, occurrence: Occurrence, rule: ScheduleRule, **kwargs: Any) -> None:
        self.rule, self.day, self.at = rule, occurrence.rule_date, _from_when(occurrence)
        self.usual = occurrence.activity.venue
        self.here = rule.venue or self.usual
        kwargs["initial"] = {
            "weekday": self.day.weekday(),
            "start": rule.start,
            "end": rule.end,
            "venue": self.here.uuid,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, occurrence=occurrence, **kwargs)
        self.look = looks.Look(RULE, looks.version(rule, RULE))
        self.look_at(f"{self.now}/{self.look.version}")
        usable = asked.venues_for(occurrence.activity)
        self.fields["venue"].queryset = usable | Venue._base_manager.filter(pk=self.here.pk)
        if rule.repeat != Repeat.WEEKLY:
            del self.fields["weekday"]

    def clean_weekday(self) -> int:
        chosen = self.cleaned_data["weekday"]
        if chosen != self.day.weekday() and chosen in self.rule.weekdays:
            raise forms.ValidationError(_("It meets on that day already."))
        return chosen

    def changes(self) -> dict[str, Any]:
        """What is not as it was. The activity's own venue is not named, so that it moves with it."""
        given = self.cleaned_data
        changes = {name: given[name] for name in ("start", "end") if given[name] != getattr(self.rule, name)}
        if given["venue"] != self.here:
            changes["venue"] = given["venue"] if given["venue"] != self.usual else None
        days = given.get("weekday", self.day.weekday()) - self.day.weekday()
        if days:
            changes |= self._on_another_day(datetime.timedelta(days=days))
        return changes

    def _on_another_day(self, shift: datetime.timedelta) -> dict[str, Any]:
        """Other weekdays of the line stay; a week that was left out stays left out."""
        old = self.day.weekday()
        weekdays = {*self.rule.weekdays, old} - {old} | {(self.day + shift).weekday()}
        left_out = [
            day + shift if day.weekday() == old else day for day in self.rule.left_out if day >= self.at
        ]
        return {"weekdays": sorted(weekdays), "left_out": sorted(left_out)}


def _from_when(occurrence: Occurrence) -> datetime.date:
    """The day that its rule gave; today, where that is over and the date was moved to a later one."""
    today = timezone.localdate()
    is_over = timezone.localdate(occurrence.starts_at) < today
    return occurrence.rule_date if is_over else max(occurrence.rule_date, today)
