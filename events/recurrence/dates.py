"""From a rule to its dates."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, takewhile

from events.recurrence.rules import LONDON, MAX_INTERVAL, Meeting, Repeat, Rule, SchoolYear, Season

LAST_YEAR = 9000  # Python's calendar ends at 9999; nothing here should run into its end


def pattern(rule: Rule) -> Iterator[date]:
    """Every date of the repeat from `first_date` on, in order, without end, season, left-out or added dates.

    Raises ValueError for an interval that `problems` refuses: it would never end.
    """
    if not 1 <= rule.interval <= MAX_INTERVAL:
        raise ValueError("interval")
    dates = _PATTERNS[rule.repeat](rule)
    return takewhile(lambda day: day.year < LAST_YEAR, (day for day in dates if day >= rule.first_date))


def given_dates(rule: Rule, school_year: SchoolYear) -> Iterator[date]:
    """The dates that a rule gives by itself, in order; added ones are not among them. May never end.

    1. Take the dates of the repeat, up to `until`.
    2. In a season, stop where the known terms end.
    3. Leave out what is not in the season, and the dates left out.
    4. Stop after `times` of what remains.
    """
    ends = [rule.until] if rule.until else []
    if rule.season != Season.ANY:
        ends.append(school_year.known_until or date.min)
    last = min(ends, default=date.max)
    given = 0
    for day in takewhile(lambda day: day <= last, pattern(rule)):
        if rule.times is not None and given >= rule.times:
            return
        if day not in rule.left_out and school_year.fits(day, rule.season):
            given += 1
            yield day


def dates_between(rule: Rule, school_year: SchoolYear, after: date, before: date) -> list[date]:
    """Given and added dates from `after` (included) to `before` (not included), in order, each once."""
    given = takewhile(lambda day: day < before, given_dates(rule, school_year))
    return sorted(
        {day for day in given if day >= after} | {day for day in rule.added if after <= day < before}
    )


def meetings(rule: Rule, school_year: SchoolYear, after: date, before: date) -> list[Meeting]:
    """The meetings on local dates from `after` (included) to `before` (not included), in order.

    The wall clock stays the same over clock changes. A time that happens twice is the first of the two. A
    date on which the clock leaps over the start or the end gives no meeting; `problems` refuses such a
    rule in words.
    """
    return [
        Meeting(rule.uuid, day, 0, at(day, rule.start), at(day, rule.end))
        for day in dates_between(rule, school_year, after, before)
        if exists(day, rule.start) and exists(day, rule.end)
    ]


def at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock.replace(fold=0), tzinfo=LONDON)


def exists(day: date, clock: time) -> bool:
    """Whether London's clock shows this time on this day: going to UTC and back must return to it."""
    local = at(day, clock)
    return local.astimezone(UTC).astimezone(LONDON).time() == clock


def _once(rule: Rule) -> Iterator[date]:
    yield rule.first_date


def _daily(rule: Rule) -> Iterator[date]:
    return _steps(rule.first_date, timedelta(days=rule.interval))


def _weekly(rule: Rule) -> Iterator[date]:
    monday = rule.first_date - timedelta(days=rule.first_date.weekday())
    for week in _steps(monday, timedelta(weeks=rule.interval)):
        for weekday in rule.days:
            yield week + timedelta(days=weekday)


def _monthly_date(rule: Rule) -> Iterator[date]:
    for year, month in _months(rule):
        if rule.first_date.day <= monthrange(year, month)[1]:
            yield date(year, month, rule.first_date.day)


def _monthly_weekday(rule: Rule) -> Iterator[date]:
    for days in _same_weekdays(rule):
        place = (rule.first_date.day - 1) // 7
        if place < len(days):
            yield days[place]


def _monthly_last_weekday(rule: Rule) -> Iterator[date]:
    for days in _same_weekdays(rule):
        yield days[-1]


def _same_weekdays(rule: Rule) -> Iterator[list[date]]:
    """Month by month, all days that fall on the weekday of the rule's first date."""
    for year, month in _months(rule):
        first_weekday, length = monthrange(year, month)
        first = 1 + (rule.first_date.weekday() - first_weekday) % 7
        yield [date(year, month, day) for day in range(first, length + 1, 7)]


def _months(rule: Rule) -> Iterator[tuple[int, int]]:
    for month in count(rule.first_date.month - 1, rule.interval):
        year = rule.first_date.year + month // 12
        if year >= LAST_YEAR:
            return
        yield year, month % 12 + 1


def _steps(first: date, step: timedelta) -> Iterator[date]:
    day = first
    while day.year < LAST_YEAR:
        yield day
        day += step


_PATTERNS = {
    Repeat.ONCE: _once,
    Repeat.DAILY: _daily,
    Repeat.WEEKLY: _weekly,
    Repeat.MONTHLY_DATE: _monthly_date,
    Repeat.MONTHLY_WEEKDAY: _monthly_weekday,
    Repeat.MONTHLY_LAST_WEEKDAY: _monthly_last_weekday,
}
