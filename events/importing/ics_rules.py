"""iCalendar's rules: which are ours too, and the dates of those that are not.

Every rule is tried on each day of a span of at most a few years, so that no rule, however odd, takes long.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from typing import Any

from events.recurrence import Repeat

KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
WEEKDAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
MOST_YEARS = 12
"""An event that began longer ago than this before the last day asked for is not counted out."""


class Unknown(Exception):
    """A rule of a kind that calendars of clubs do not have: by the hour, by the week of the year."""


@dataclass(frozen=True, slots=True)
class Ours:
    repeat: Repeat
    interval: int = 1
    weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Parts:
    frequency: str
    interval: int
    count: int | None
    until: date | datetime | None
    days: tuple[tuple[int, int], ...]  # place in month (0: every) and weekday
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    places: tuple[int, ...]
    week_start: int


def has_end(rule: Mapping[str, Any]) -> bool:
    return bool(rule.get("COUNT") or rule.get("UNTIL"))


def understood(rule: Any, first: date) -> Ours | None:
    """The rule of ours that has the same form; whether it gives the same dates is for the caller to see."""
    try:
        parts = _parts(rule)
    except Unknown:
        return None
    plain = not (parts.months or parts.month_days or parts.places)
    everywhere = frozenset(day for place, day in parts.days if place == 0)
    if parts.frequency == "DAILY" and plain and (not parts.days or len(everywhere) == 7):
        return Ours(Repeat.DAILY, parts.interval)
    if parts.frequency == "DAILY" and plain and parts.interval == 1:
        return Ours(Repeat.WEEKLY, 1, everywhere)
    if parts.frequency == "WEEKLY" and plain and len(everywhere) == len(parts.days):
        return Ours(Repeat.WEEKLY, parts.interval, everywhere or frozenset({first.weekday()}))
    if parts.frequency == "MONTHLY" and not parts.months:
        return _monthly(parts, first)
    return None


def _monthly(parts: Parts, first: date) -> Ours | None:
    if not parts.days and not parts.places and parts.month_days in {(), (first.day,)}:
        return Ours(Repeat.MONTHLY_DATE, parts.interval)
    if parts.month_days or len(parts.days) != 1:
        return None
    place, _weekday = parts.days[0]
    place = place or (parts.places[0] if len(parts.places) == 1 else 0)
    if place == -1:
        return Ours(Repeat.MONTHLY_LAST_WEEKDAY, parts.interval)
    return Ours(Repeat.MONTHLY_WEEKDAY, parts.interval) if place == (first.day - 1) // 7 + 1 else None


def dates(rule: Any, begins: datetime, before: date) -> list[date]:
    """Every date of the rule from its beginning to `before` (not included). Raises Unknown."""
    parts = _parts(rule)
    first = begins.date()
    if (before - first).days > MOST_YEARS * 366:
        raise Unknown
    found = _until(parts, begins, _matching(parts, first, before))
    return list(islice(found, parts.count) if parts.count else found)


def _until(parts: Parts, begins: datetime, days: Iterator[date]) -> Iterator[date]:
    until = parts.until
    for day in days:
        if isinstance(until, datetime):
            moment = datetime.combine(day, begins.time(), tzinfo=begins.tzinfo)
            if until.tzinfo is None or moment.tzinfo is None:
                over = moment.replace(tzinfo=None) > until.replace(tzinfo=None)
            else:
                over = moment.astimezone(UTC) > until.astimezone(UTC)
        else:
            over = until is not None and day > until
        if over:
            return
        yield day


def _matching(parts: Parts, first: date, before: date) -> Iterator[date]:
    """Day by day; BYSETPOS chooses among the days of one month."""
    days = (first + timedelta(days=step) for step in range(max((before - first).days, 0)))
    if not parts.places:
        yield from (day for day in days if _fits(parts, day, first))
        return
    if parts.frequency != "MONTHLY":
        raise Unknown
    for (year, month), _days in groupby(days, key=lambda day: (day.year, day.month)):
        whole = (date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1))
        chosen = [day for day in whole if _fits(parts, day, first)]
        found = {day for place in parts.places if (day := _at(chosen, place)) is not None}
        yield from (day for day in sorted(found) if first <= day < before)


def _fits(parts: Parts, day: date, first: date) -> bool:
    """In a period that counts, and the right day of it."""
    if _period(parts, day, first) % parts.interval:
        return False
    if parts.months and day.month not in parts.months:
        return False
    if parts.month_days and not {day.day, day.day - 1 - monthrange(day.year, day.month)[1]} & set(
        parts.month_days
    ):
        return False
    if parts.days:
        return any(weekday == day.weekday() and _is_nth(parts, day, place) for place, weekday in parts.days)
    return _same_as_first(parts, day, first)


def _period(parts: Parts, day: date, first: date) -> int:
    """How many days, weeks, months or years after the first."""
    if parts.frequency == "DAILY":
        return (day - first).days
    if parts.frequency == "WEEKLY":
        start = first - timedelta(days=(first.weekday() - parts.week_start) % 7)
        return (day - start).days // 7
    months = (day.year - first.year) * 12 + day.month - first.month
    return months if parts.frequency == "MONTHLY" else day.year - first.year


def _same_as_first(parts: Parts, day: date, first: date) -> bool:
    """What a rule does not say it takes from the first date."""
    if parts.frequency == "DAILY":
        return True
    if parts.frequency == "WEEKLY":
        return day.weekday() == first.weekday()
    if parts.frequency == "MONTHLY":
        return bool(parts.month_days) or day.day == first.day
    same_month = bool(parts.months) or day.month == first.month
    return same_month and (bool(parts.month_days) or day.day == first.day)


def _is_nth(parts: Parts, day: date, place: int) -> bool:
    """The so manieth such weekday of the month; of a year without months only every one is understood."""
    if place == 0:
        return True
    if parts.frequency == "YEARLY" and not parts.months:
        raise Unknown
    if place > 0:
        return (day.day - 1) // 7 + 1 == place
    return (monthrange(day.year, day.month)[1] - day.day) // 7 + 1 == -place


def _at(days: list[date], place: int) -> date | None:
    at = place - 1 if place > 0 else place
    return days[at] if -len(days) <= at < len(days) else None


def _parts(rule: Any) -> Parts:
    if not isinstance(rule, Mapping) or not set(map(str.upper, rule)) <= KNOWN:
        raise Unknown
    frequency = str(_first(rule, "FREQ", "")).upper()
    interval = int(_first(rule, "INTERVAL", 1))
    count = _first(rule, "COUNT", None)
    if frequency not in FREQUENCIES or not 1 <= interval <= 1000:
        raise Unknown
    return Parts(
        frequency,
        interval,
        int(count) if count else None,
        _first(rule, "UNTIL", None),
        tuple(_weekday(str(each)) for each in _all(rule, "BYDAY")),
        tuple(int(each) for each in _all(rule, "BYMONTHDAY")),
        tuple(int(each) for each in _all(rule, "BYMONTH")),
        tuple(int(each) for each in _all(rule, "BYSETPOS")),
        WEEKDAYS.get(str(_first(rule, "WKST", "MO")).upper(), 0),
    )


def _all(rule: Mapping[str, Any], name: str) -> list[Any]:
    found = rule.get(name, [])
    return found if isinstance(found, list) else [found]


def _first(rule: Mapping[str, Any], name: str, otherwise: Any) -> Any:
    return next(iter(_all(rule, name)), otherwise)


def _weekday(text: str) -> tuple[int, int]:
    number, name = text[:-2], text[-2:].upper()
    if name not in WEEKDAYS:
        raise Unknown
    return int(number or 0), WEEKDAYS[name]
