"""One rule of a schedule, as a volunteer fills it in."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from events.dates import as_rule
from events.forms.dates import DatesField
from events.models.schedule import WEEKDAYS, ScheduleRule
from events.recurrence import Rule, SchoolYear, problems
from events.wording import problem_words

NEEDED = ("first_date", "start", "end", "repeat", "interval")


class ScheduleRuleForm(WagtailAdminModelForm):
    """Says beside the field what a rule cannot mean."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For weekly dates. Leave empty for the weekday of the first date."),
    )
    left_out = DatesField(
        label=_("Dates left out"),
        required=False,
        help_text=_("Like 14 April 2027, one on each line."),
    )
    added = DatesField(label=_("Dates added"), required=False, help_text=_("Extra dates. One on each line."))

    # Which rule of the draft this is while it has no row yet; a new one's UUID is made by the server.
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    # The activity's form puts the place's terms here; without them a seasonal rule has no dates to check.
    school_year = SchoolYear()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kwargs.get("instance") is not None:
            self.initial["uuid"] = self.instance.uuid

    def keep_identity(self, loaded: dict[UUID, ScheduleRule]) -> None:
        """A rule that was `loaded` with the draft stays that rule, though it has no row of its own yet.

        What is not among them is a new rule, whatever UUID was sent: nobody can name another activity's.
        """
        same = loaded.get(self.cleaned_data.get("uuid"))
        if self.instance.pk is None and same is not None:
            self.instance.pk, self.instance.uuid = same.pk, same.uuid
            self.instance.continues = same.continues

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """An open page that saved itself learns which rules its lines have become."""
        return [*super().get_field_updates_for_resave(), (self.add_prefix("uuid"), str(self.instance.uuid))]

    def rule(self) -> Rule | None:
        """The rule as typed, or None while it is too incomplete to mean anything."""
        if any(self.cleaned_data.get(name) in (None, "") for name in NEEDED):
            return None
        for name in (*NEEDED, "weekdays", "season", "until", "times", "left_out", "added"):
            setattr(self.instance, name, self.cleaned_data.get(name, getattr(self.instance, name)))
        return as_rule(self.instance)

    def refused(self) -> list[str]:
        """What was typed and cannot be, in words; what is still missing is not."""
        errors = [error for each in self.errors.as_data().values() for error in each]
        return [words for error in errors if error.code != "required" for words in error.messages]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.cleaned_data = cleaned
        if cleaned.get("DELETE"):
            return cleaned
        rule = self.rule()
        for problem in problems(rule, self.school_year) if rule else []:
            self.add_error(problem.field if problem.field in self.fields else None, problem_words(problem))
        return cleaned
