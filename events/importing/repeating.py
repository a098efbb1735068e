"""How often, and when in the year, as people write it: "fortnightly", "first Saturday of the month"."""

import re
from dataclasses import dataclass

from events.recurrence import Repeat, Season

NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "second": 2,
    "third": 3,
    "other": 2,
}
EVERY = re.compile(
    r"\b(?:every|each)(?: (?P<number>\d{1,2}(?=st|nd|rd|th| )|[a-z]+))?(?:st|nd|rd|th)?[ -]+"
    r"(?P<unit>day|week|month|fortnight)s?\b"
)
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
}
ORDINAL = re.compile(rf"\b({'|'.join(ORDINALS)})\b[^,;]*\bmonth")
TERM = re.compile(r"\bterm[ -]?times?\b|\bschool (?:term|weeks)\b|\bduring term\b|^term$|\bt\.?t\.?o\b")
HOLIDAYS = re.compile(r"\b(?:school |in the |during )?(?:holidays?|half[ -]?terms?)\b(?! club)")
NOT_TERM = re.compile(r"\b(?:not|except|excluding|excl?\.?|no)\b[^,;]*\b(?:holidays?|half[ -]?terms?)\b")


@dataclass(frozen=True, slots=True)
class Often:
    """`place` is which such weekday of the month: 1 to 5, -1 for the last, 0 where it is not said."""

    repeat: Repeat
    interval: int = 1
    place: int = 0


def often(text: str) -> Often | None:
    """None where it says nothing that we have a rule for."""
    text = " ".join(text.lower().replace("-", " ").split())
    if re.search(r"\b(?:once|one off|single|no repeat|does not repeat)\b", text):
        return Often(Repeat.ONCE)
    if match := ORDINAL.search(text):
        place = ORDINALS[match[1]]
        return Often(Repeat.MONTHLY_LAST_WEEKDAY if place < 0 else Repeat.MONTHLY_WEEKDAY, 1, place)
    if (
        re.search(r"\b(?:fortnight(?:ly)?|bi ?weekly|alternate weeks?)\b", text)
        and "every 2 fort" not in text
    ):
        return Often(Repeat.WEEKLY, 2)
    if match := EVERY.search(text):
        return _every(match, text)
    if re.search(r"\b(?:daily|everyday)\b", text):
        return Often(Repeat.DAILY)
    if re.search(r"\bweekly\b|\bweeks?\b", text):
        return Often(Repeat.WEEKLY)
    if "monthly" in text:
        return Often(_monthly(text))
    return None


def _every(match: re.Match[str], text: str) -> Often | None:
    written = match["number"]
    number = int(written) if written and written.isdigit() else NUMBERS.get(written or "one", 0)
    if not 1 <= number <= 52:
        return None
    if match["unit"] == "month":
        return Often(_monthly(text), number)
    return Often(Repeat.DAILY if match["unit"] == "day" else Repeat.WEEKLY, number)


def _monthly(text: str) -> Repeat:
    if "last" in text:
        return Repeat.MONTHLY_LAST_WEEKDAY
    return Repeat.MONTHLY_WEEKDAY if "weekday" in text else Repeat.MONTHLY_DATE


def season(text: str) -> Season | None:
    """Term time, holidays or all year; None where it does not say."""
    text = " ".join(text.lower().split())
    if TERM.search(text) or NOT_TERM.search(text):
        return Season.TERM
    if HOLIDAYS.search(text):
        return Season.HOLIDAYS
    return Season.ANY if re.search(r"\ball year\b|\byear[ -]round\b", text) else None


def told(often: Often) -> str:
    """The same in words that `often` reads back."""
    number = often.interval
    if often.repeat == Repeat.ONCE:
        return "once"
    unit = {Repeat.DAILY: "day", Repeat.WEEKLY: "week"}.get(often.repeat, "month")
    every = f"every {unit}" if number == 1 else f"every {number} {unit}s"
    on = {
        Repeat.MONTHLY_DATE: ", on the same date",
        Repeat.MONTHLY_WEEKDAY: ", on the same weekday",
        Repeat.MONTHLY_LAST_WEEKDAY: ", on the last such weekday",
    }
    return every + on.get(often.repeat, "")
