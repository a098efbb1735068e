"""Schedules, their problems, dates and times in words, translatable. `events.recurrence` knows no words."""

from events.wording.dates import (
    date_words,
    dates_words,
    day_words,
    first_dates,
    full_date_words,
    joined,
    lasting_when_words,
    short_time_range,
    short_weekday_words,
    time_range,
    time_words,
    weekday_words,
    when_markup,
    when_words,
)
from events.wording.problems import problem_words
from events.wording.schedules import describe, usual_markup

__all__ = [
    "date_words",
    "dates_words",
    "day_words",
    "describe",
    "first_dates",
    "full_date_words",
    "joined",
    "lasting_when_words",
    "problem_words",
    "short_time_range",
    "short_weekday_words",
    "time_range",
    "time_words",
    "usual_markup",
    "weekday_words",
    "when_markup",
    "when_words",
]
