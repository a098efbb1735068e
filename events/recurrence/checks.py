"""What is wrong with a rule (`problems`) and what its author should know (`notes`), as codes;
`events.wording` has
the words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from itertools import islice, takewhile
from types import MappingProxyType

from events.recurrence.dates import dates_between, exists, given_dates
from events.recurrence.rules import MAX_INTERVAL, Repeat, Rule, SchoolYear, Season, horizon

FIRST_YEAR, LAST_YEAR = 2000, 2100  # outside these the year is a slip of the finger
MAX_TIMES = 600  # more than every day up to the horizon
CLOCK_YEARS = 5  # how far ahead a rule without an end is checked for times that the clock leaps over
LEAPT = time(2)  # in spring London goes from 1 to 2 in the night; later times are on every day


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to say beside the field of this name."""

    field: str
    code: str
    params: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def problems(rule: Rule, school_year: SchoolYear) -> list[Problem]:
    """Why this rule cannot be used; empty where it can. Dates are only tried once the fields make sense."""
    found = [*_field_problems(rule), *_end_problems(rule)]
    return found or [*_clock_problems(rule, school_year), *_empty_problems(rule, school_year)]


def notes(rule: Rule, school_year: SchoolYear, today: date) -> list[Problem]:
    """What does not stop a rule without problems but may surprise."""
    return [
        *_skipping_notes(rule),
        *_season_notes(rule, school_year, today),
        *_left_out_notes(rule, school_year),
    ]


def _field_problems(rule: Rule) -> Iterator[Problem]:
    for name in ("first_date", "until"):
        day = getattr(rule, name)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield Problem(name, "year_unlikely", {"year": day.year})
    for name in ("left_out", "added"):
        for day in sorted(getattr(rule, name)):
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                yield Problem(name, "year_unlikely", {"year": day.year})
                break
    if rule.end <= rule.start:
        yield Problem("end", "end_not_after_start", {"start": rule.start, "end": rule.end})
    if not 1 <= rule.interval <= MAX_INTERVAL:
        yield Problem("interval", "interval_out_of_range", {"most": MAX_INTERVAL})
    if any(day not in range(7) for day in rule.weekdays):
        yield Problem("weekdays", "weekday_unknown")
    both = sorted(rule.left_out & rule.added)
    if both:
        yield Problem("added", "added_and_left_out", {"dates": both})


def _end_problems(rule: Rule) -> Iterator[Problem]:
    if rule.until is not None and rule.times is not None:
        yield Problem("times", "until_and_times")
    if rule.times is not None and not 1 <= rule.times <= MAX_TIMES:
        yield Problem("times", "times_out_of_range", {"most": MAX_TIMES})
    if rule.until is not None and rule.until < rule.first_date:
        yield Problem("until", "until_before_first_date", {"first_date": rule.first_date})


def _clock_problems(rule: Rule, school_year: SchoolYear) -> Iterator[Problem]:
    """The first date on which the spring change leaps over the start, and over the end."""
    clocks: tuple[tuple[str, time], ...] = (("start", rule.start), ("end", rule.end))
    at_night = [(name, clock) for name, clock in clocks if clock < LEAPT]
    if not at_night:
        return
    before = rule.first_date + timedelta(days=366 * CLOCK_YEARS)
    days = dates_between(rule, school_year, date.min, before)
    for name, clock in at_night:
        lost = next((day for day in days if not exists(day, clock)), None)
        if lost:
            yield Problem(name, "nonexistent_time", {"date": lost, "time": clock})


def _empty_problems(rule: Rule, school_year: SchoolYear) -> Iterator[Problem]:
    """No date at all, unless it is only that term dates are not known yet."""
    if rule.added or any(given_dates(rule, school_year)):
        return
    if rule.season == Season.ANY:
        yield Problem("first_date", "no_dates")
    elif _is_within_known_terms(rule, school_year):
        yield Problem("first_date", "no_dates_in_season")


def _is_within_known_terms(rule: Rule, school_year: SchoolYear) -> bool:
    last = rule.first_date if rule.repeat == Repeat.ONCE else rule.until
    first, until = school_year.known_from, school_year.known_until
    if last is None or first is None or until is None:
        return False
    return first <= rule.first_date and last <= until


def _skipping_notes(rule: Rule) -> Iterator[Problem]:
    day = rule.first_date.day
    if rule.repeat in {Repeat.MONTHLY_DATE, Repeat.MONTHLY_WEEKDAY} and day > 28:
        yield Problem("repeat", f"{rule.repeat}_skips", {"day": day, "weekday": rule.first_date.weekday()})


def _season_notes(rule: Rule, school_year: SchoolYear, today: date) -> Iterator[Problem]:
    if rule.season == Season.ANY or rule.repeat == Repeat.ONCE:
        return
    known_until = school_year.known_until
    if known_until is None:
        yield Problem("season", "terms_unknown")
    elif (rule.until or horizon(today)) > known_until and not _is_used_up(rule, school_year):
        yield Problem("season", "terms_known_until", {"date": known_until})


def _is_used_up(rule: Rule, school_year: SchoolYear) -> bool:
    """Whether all of "10 times" fall within the known terms."""
    if rule.times is None:
        return False
    return sum(1 for _ in islice(given_dates(rule, school_year), rule.times)) == rule.times


def _left_out_notes(rule: Rule, school_year: SchoolYear) -> Iterator[Problem]:
    """A date was left out that the rule does not give: often a slip in the date."""
    if not rule.left_out:
        return
    last = max(rule.left_out)
    without = replace(rule, times=None, left_out=frozenset())
    given = set(takewhile(lambda day: day <= last, given_dates(without, school_year)))
    idle = sorted(rule.left_out - given)
    if idle:
        yield Problem("left_out", "left_out_not_given", {"dates": idle})
