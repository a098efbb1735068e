"""What the schedule means, in words, while it is being typed."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from events import dates
from events.models.schedule import ScheduleRule
from events.recurrence import SchoolYear, notes, problems
from events.wording import describe, first_dates, problem_words
from organisations.models import OrganisationPage

DATES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Summary:
    """`lines`: a sentence a rule; `wrong`: why a rule or a date cannot be; `cautions`: what may surprise;
    `first`: the first dates of all rules."""

    lines: list[str]
    wrong: list[str]
    cautions: list[str]
    first: list[str]


def summarise(
    rows: Iterable[ScheduleRule], year: SchoolYear, today: datetime.date, refused: Iterable[str] = ()
) -> Summary:
    """Describe rules, saved or not, by the same functions that publishing uses.

    `refused` is what the form says of what was typed and cannot be.
    """
    rows = list(rows)
    rules = [dates.as_rule(row) for row in rows]
    found = [problems(rule, year) for rule in rules]
    sound = [(row, rule) for row, rule, wrong in zip(rows, rules, found, strict=True) if not wrong]
    wrong = [problem_words(problem) for each in found for problem in each]
    return Summary(
        lines=[describe(rule, year, today=today) for _row, rule in sound],
        wrong=list(dict.fromkeys([*refused, *wrong])),
        cautions=[problem_words(note) for _row, rule in sound for note in notes(rule, year, today)],
        first=first_dates(dates.coming([row for row, _rule in sound], year, today), today, DATES_SHOWN),
    )


class DatesSummaryPanel(Panel):
    """Shows the summary of the rules; a small script asks for it again while the form changes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("What this means"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/editor/dates_summary.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            parent = getattr(self.form, "parent_page", None)
            page = parent.specific if parent else None
            context["summary"] = None
            if isinstance(page, OrganisationPage):
                context["summary_url"] = reverse("events_dates_summary", args=[page.pk])
                if self.instance.pk:
                    year = dates.school_year(page.organisation.place)
                    rows = self.instance.rules.all()
                    context["summary"] = summarise(rows, year, timezone.localdate())
            return context
