"""A proposal in the columns of our template, so that it is read back the same."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import Decimal

from events.importing import columns, repeating
from events.importing.repeating import Often
from events.importing.table import Remark, Table, tidy
from events.recurrence import Repeat, Rule, Season

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = {Season.ANY: "all year", Season.TERM: "term time", Season.HOLIDAYS: "holidays"}


def of_rule(rule: Rule) -> dict[str, str]:
    """When it meets, fact by fact."""
    said = {
        "day": ", ".join(DAYS[day] for day in rule.days) if rule.repeat == Repeat.WEEKLY else "",
        "time": f"{_clock(rule.start)} to {_clock(rule.end)}",
        "first": _date(rule.first_date),
        "last": _date(rule.until) if rule.until else "",
        "repeat": repeating.told(Often(rule.repeat, rule.interval)),
        "times": str(rule.times) if rule.times else "",
        "season": "" if rule.repeat == Repeat.ONCE else SEASONS[rule.season],
        "left_out": ", ".join(map(_date, sorted(rule.left_out))),
        "added": ", ".join(map(_date, sorted(rule.added))),
    }
    return {name: text for name, text in said.items() if text}


def ages(age_from: int | None, age_to: int | None) -> str:
    if age_from is None and age_to is None:
        return "all ages"
    if age_to is None:
        return f"{age_from}+"
    return f"up to {age_to}" if age_from is None else f"{age_from} to {age_to}"


def price(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    return "free" if amount == 0 else f"£{amount:.2f}"


def table(lines: Iterable[Mapping[str, str]], remarks: Mapping[int, tuple[Remark, ...]]) -> Table:
    """Lines by fact as a table with our own columns. `remarks` are by number of line; -1 is the whole."""
    rows = [list(columns.OURS), *([line.get(name, "") for name in columns.FIELDS] for line in lines)]
    return Table(
        tidy(rows), {number + 1 if number >= 0 else -1: each for number, each in remarks.items()}, ours=True
    )


def _date(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _clock(clock: time) -> str:
    """24 hours, with a 0 in front or "am", so that no half of the day has to be guessed."""
    hour = clock.hour % 12 or 12
    return f"{hour}:{clock.minute:02} {'am' if clock.hour < 12 else 'pm'}"
