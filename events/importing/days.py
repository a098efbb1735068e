"""Days of the week and dates as people write them, the day before the month."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

NAMES = (
    r"mon(?:day)?s?",
    r"tue(?:s(?:day)?)?s?",
    r"wed(?:s|nesday)?s?",
    r"thu(?:r(?:s(?:day)?)?)?s?",
    r"fri(?:day)?s?",
    r"sat(?:ur(?:day)?)?s?",
    r"sun(?:day)?s?",
)
EVERY_DAY = r"(?:every ?day|daily|all week|7 days a week)"
WORKING = r"(?:week ?days?|school days?)"
ENDS = r"(?:week ?ends?)"
DAY = re.compile(
    "|".join(rf"(?P<d{number}>{name})" for number, name in enumerate(NAMES))
    + f"|(?P<d7>{EVERY_DAY})|(?P<d8>{WORKING})|(?P<d9>{ENDS})",
    re.IGNORECASE,
)
ONE_DAY = f"(?:{'|'.join(NAMES)}|{EVERY_DAY}|{WORKING}|{ENDS})"
TO = r"\s*(?:-|–|—|\bto\b|\bthrough\b)\s*"
AND = r"\s*(?:,|;|&|\+|/|\band\b|\n)+\s*(?:and\b)?\s*"
DAYS = re.compile(
    rf"(?:every\s+|on\s+|each\s+)*\b{ONE_DAY}\b\.?(?:(?:{TO}|{AND}|\s+)\b{ONE_DAY}\b\.?)*", re.IGNORECASE
)
STRETCH = re.compile(rf"({ONE_DAY})\b\.?{TO}({ONE_DAY})\b", re.IGNORECASE)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
WEEKDAY_FIRST = rf"(?:(?:{'|'.join(NAMES)})\b\.?,?\s*)?"
DATES = (
    re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[ T]\d\d?:\d\d(?::\d\d)?)?(?!\d)"),
    re.compile(
        rf"{WEEKDAY_FIRST}(?<!\d)(?P<day>\d\d?)\s?[/.-]\s?(?P<month>\d\d?)\s?[/.-]\s?(?P<year>\d{{4}}|\d\d)(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{WEEKDAY_FIRST}(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th)?\s*(?:of\s+)?[- ]?{MONTH}"
        r"(?:,?[- ]\s*(?P<year>\d{4}|\d\d)(?!\d|[:.]\d|\s?[ap]m))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{WEEKDAY_FIRST}{MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})", re.IGNORECASE
    ),
    re.compile(rf"{WEEKDAY_FIRST}(?<!\d)(?P<day>\d\d?)/(?P<month>\d\d?)(?![\d/])", re.IGNORECASE),
)
ANY_DAY = datetime.date(2000, 1, 1)
LONGEST = 100  # what names days is short
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
SERIAL_ZERO = datetime.date(1899, 12, 30)
SERIALS = range(40_000, 55_000)  # 2009 to 2050


@dataclass(frozen=True, slots=True)
class Found:
    """A date and where in the text it stands. None where it is written but does not exist."""

    day: datetime.date | None
    start: int
    end: int


def weekdays(text: str) -> frozenset[int]:
    """All that are named; "Mon-Fri" is five."""
    found: set[int] = set()
    for match in STRETCH.finditer(text):
        first, last = (_numbers(each) for each in match.groups())
        if len(first) == len(last) == 1:
            at, end = min(first), min(last)
            found |= {(at + step) % 7 for step in range((end - at) % 7 + 1)}
    for match in DAY.finditer(text):
        found |= _of(match)
    return frozenset(found)


def find(text: str) -> re.Match[str] | None:
    """Where days are named."""
    return DAYS.search(text)


def is_day(text: str) -> bool:
    """Whether a cell names days or a dated day and nothing else, as the head of a column does."""
    rest = text.strip()
    if len(rest) > LONGEST:
        return False
    day = read(rest, ANY_DAY)
    if day is not None and DAY.search(rest):
        rest = rest[: day.start] + rest[day.end :]
        return not rest.strip(" ,.:()-") or is_day(rest)
    return DAYS.fullmatch(rest.strip(" .:()")) is not None


def read(text: str, today: datetime.date) -> Found | None:
    """The first date in a text. Without a year it is the next such day from `today` on."""
    if SERIAL.fullmatch(text) and int(float(text)) in SERIALS:
        return Found(SERIAL_ZERO + datetime.timedelta(days=int(float(text))), 0, len(text))
    found = (match for pattern in DATES for match in pattern.finditer(text))
    match = min(found, key=lambda each: (each.start(), -each.end()), default=None)
    if match is None:
        return None
    return Found(_date(match.groupdict(), today), match.start(), match.end())


def all_dates(text: str, today: datetime.date) -> Iterator[datetime.date | None]:
    """Each date of a list; None for one that does not exist or cannot be read."""
    for part in re.split(r"[,;\n]|\band\b|(?<=\d)\s+(?=\d{1,2}[/ -])", text):
        if part.strip():
            found = read(part.strip(), today)
            yield found.day if found else None


def _date(given: dict[str, str | None], today: datetime.date) -> datetime.date | None:
    name = given.get("name")
    month = MONTHS.index(name.lower()[:3]) + 1 if name else int(given["month"] or 0)
    day, written = int(given["day"] or 0), given.get("year")
    if written:
        year = int(written) + (2000 if len(written) == 2 else 0)
        return _made(year, month, day)
    coming = (_made(year, month, day) for year in range(today.year, today.year + 9))
    return next((each for each in coming if each and each >= today), None)


def _made(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _numbers(text: str) -> frozenset[int]:
    match = DAY.fullmatch(text)
    return _of(match) if match else frozenset()


def _of(match: re.Match[str]) -> frozenset[int]:
    number = int((match.lastgroup or "d0")[1:])
    groups = {7: range(7), 8: range(5), 9: (5, 6)}
    return frozenset(groups.get(number, (number,)))
