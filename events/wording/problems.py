"""What to say for each code of `events.recurrence.checks`."""

from collections.abc import Iterable
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from events.recurrence import Problem
from events.wording.dates import full_date_words, joined, time_words, weekday_words
from events.wording.schedules import ordinal

WORDS = {
    "year_unlikely": _("Check the year: %(year)s."),
    "end_not_after_start": _("The end must be after the start, on the same day."),
    "interval_out_of_range": _("Choose a number from 1 to %(most)s."),
    "weekday_unknown": _("Choose days from Monday to Sunday."),
    "added_and_left_out": _("The same date cannot be added and left out: %(dates)s."),
    "until_and_times": _("Give a last date or a number of times, not both."),
    "times_out_of_range": _("Choose a number of times from 1 to %(most)s."),
    "until_before_first_date": _("The last date cannot be before the first date, %(first_date)s."),
    "nonexistent_time": _(
        "On %(date)s the clocks go forward and there is no %(time)s. "
        "Choose another time, or leave that date out."
    ),
    "no_dates": _("This gives no date. Check the first date, the last date and the dates left out."),
    "no_dates_in_season": _("This gives no date. Check the dates against the school terms and holidays."),
    "monthly_date_skips": _("Months without a %(day)s are skipped."),
    "monthly_weekday_skips": _("Months without a fifth %(weekday)s are skipped."),
    "terms_unknown": _(
        "The term dates are not known yet, so there are no dates. They come when the terms are known."
    ),
    "terms_known_until": _(
        "Term dates are known until %(date)s. Later dates come when the next terms are known."
    ),
    "left_out_not_given": _("There would be no meeting anyway on %(dates)s. Check the dates left out."),
}


def problem_words(problem: Problem) -> str:
    """One or two sentences to stand beside the field."""
    return WORDS[problem.code] % {name: _said(name, value) for name, value in problem.params.items()}


def _said(name: str, value: object) -> str:
    if isinstance(value, date):
        return full_date_words(value)
    if isinstance(value, time):
        return time_words(value)
    if isinstance(value, int):
        return _number(name, value)
    return joined(map(full_date_words, value)) if isinstance(value, Iterable) else str(value)


def _number(name: str, value: int) -> str:
    if name == "weekday":
        return weekday_words(value)
    return ordinal(value) if name == "day" else str(value)
