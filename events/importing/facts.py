"""Ages and prices as people write them."""

import datetime
import re
from decimal import Decimal

OLDEST = 99
DASH = r"\s*(?:-|–|—|\bto\b|\band\b)\s*"
YEARS_OLD = r"(?:\s?(?:years?(?: old)?|yrs?(?: old)?|y/?o|yos)\b\.?)?"
AGED = r"(?:age[ds]?(?: group)?:?\s*)?"
# A school year's children are of these ages: Reception is the year before Year 1.
SCHOOL = re.compile(
    rf"\b(?:years?|yrs?|y)\s?(?P<first>\d{{1,2}})(?:{DASH}(?:years?|yrs?|y)?\s?(?P<last>\d{{1,2}}))?\b(?!\s?(?:old|yrs|years))",
    re.IGNORECASE,
)
RECEPTION = re.compile(r"\breception\b", re.IGNORECASE)
UNDER = re.compile(
    rf"\b(?:(?P<word>under|below|younger than)s?[ -]?|u-?)(?P<age>\d{{1,2}})(?!\d)(?:'?s\b)?{YEARS_OLD}",
    re.IGNORECASE,
)
UP_TO = re.compile(rf"\b(?:up to|until)(?: age)? (?P<age>\d{{1,2}})\b{YEARS_OLD}", re.IGNORECASE)
AND_OVER = re.compile(
    rf"{AGED}\b(?P<age>\d{{1,2}})(?:'?s)?{YEARS_OLD}"
    r"\s?(?:\+|(?:and|&|or) (?:over|above|up|older|upwards?)\b)",
    re.IGNORECASE,
)
OVER = re.compile(rf"\b(?:over|from)s?(?: age)?[ -](?P<age>\d{{1,2}})'?s?\b{YEARS_OLD}", re.IGNORECASE)
SPAN = re.compile(
    rf"{AGED}(?<![\d£.:])\b(?P<first>\d{{1,2}}){YEARS_OLD}{DASH}(?P<last>\d{{1,2}})(?!\d|[:.]\d|\s?[ap]m\b){YEARS_OLD}",
    re.IGNORECASE,
)
ONE = re.compile(r"\bage[ds]?:? (?P<age>\d{1,2})\b|\b(?P<old>\d{1,2}) ?(?:years?|yrs?) old\b", re.IGNORECASE)
EVERYONE = re.compile(r"\b(?:all ages|any age|everyone|everybody|all welcome|open to all)\b", re.IGNORECASE)
ALONE = re.compile(r"(?P<age>\d{1,2})")

FREE = re.compile(r"\b(?:free(?: of charge)?|no charge|nil)\b|£\s?0(?:\.00)?(?!\d)", re.IGNORECASE)
PER = r"(?P<per>\s?(?:/|per\b|a\b|an\b|each\b|p/?p\b|pp\b)(?:\s?[a-z]+)?)?"
POUNDS = re.compile(rf"£\s?(?P<pounds>\d{{1,4}}(?:[.,]\d{{1,2}})?)(?!\d){PER}", re.IGNORECASE)
PENCE = re.compile(rf"\b(?P<pence>\d{{1,2}})\s?(?:p|pence)\b(?!/){PER}", re.IGNORECASE)
PLAIN = re.compile(r"(?P<pounds>\d{1,4}(?:[.,]\d{1,2})?)")
# A price for something else than coming once.
NOT_EACH_TIME = re.compile(r"month|term|year|annual|block|course|week", re.IGNORECASE)

Ages = tuple[int | None, int | None]


def is_name(text: str) -> bool:
    """Whether it also is what the class is called: "U14s", "Year 7"."""
    return bool(UNDER.fullmatch(text) or SCHOOL.fullmatch(text))


def find_ages(text: str) -> re.Match[str] | None:
    """Where a free text says for which ages: numbers alone are none."""
    patterns = (SCHOOL, UNDER, UP_TO, AND_OVER, OVER, ONE, EVERYONE)
    found = [match for match in (pattern.search(text) for pattern in patterns) if match]
    spans = [match for match in SPAN.finditer(text) if ages(match[0]) is not None]
    return min([*found, *spans], key=lambda match: (match.start(), -match.end()), default=None)


def ages(text: str) -> Ages | None:
    """From and to: (8, 12), (None, 13) for "under 14", (11, None) for "11+", (11, 12) for "Year 7".

    None where it says nothing that can be understood.
    """
    text = _undated(text.strip())
    if match := SCHOOL.search(text):
        years = [int(match["first"]), int(match["last"] or match["first"])]
        first = 0 if RECEPTION.search(text) else min(years)
        return _checked(first + 4, max(years) + 5)
    if match := UNDER.search(text):
        return _checked(None, int(match["age"]) - 1)
    if match := UP_TO.search(text):
        return _checked(None, int(match["age"]))
    if match := AND_OVER.search(text) or OVER.search(text):
        return _checked(int(match["age"]), None)
    if match := SPAN.search(text):
        return _checked(int(match["first"]), int(match["last"]))
    if RECEPTION.search(text):
        return (4, 5)
    if EVERYONE.search(text) or text.lower() in {"all", "any"}:
        return (None, None)
    match = ONE.search(text) or ALONE.fullmatch(text)
    if match:
        age = int(match[match.lastgroup or 0])
        return _checked(age, age)
    return None


def _checked(first: int | None, last: int | None) -> Ages | None:
    given = [age for age in (first, last) if age is not None]
    if any(not 0 <= age <= OLDEST for age in given) or given != sorted(given):
        return None
    return first, last


def _undated(text: str) -> str:
    """What a spreadsheet made of "8-12": the 8th of December; of "8-14", which is no date: August 2014."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return text
    if day.day == 1 and 12 < day.year % 100 < 20:
        return f"{day.month}-{day.year % 100}"
    return f"{day.day}-{day.month}"


def find_price(text: str) -> re.Match[str] | None:
    return FREE.search(text) or POUNDS.search(text) or PENCE.search(text)


def price(text: str) -> tuple[Decimal | None, str] | None:
    """The price each time, and words about it where there is more to say than that.

    None where it cannot be understood. "£20 a month" is words alone: it is not the price of coming once.
    """
    text = text.strip()
    pounds = POUNDS.search(text) or PLAIN.fullmatch(text)
    pence = None if pounds else PENCE.search(text)
    match = pounds or pence
    if match is None:
        return (Decimal(0), "") if FREE.search(text) else ((None, text) if _says_how(text) else None)
    if NOT_EACH_TIME.search(text):
        return None, text
    amount = Decimal(pounds["pounds"].replace(",", ".")) if pounds else Decimal(match["pence"]) / 100
    rest = (text[: match.start()] + text[match.end() :]).strip(" ,;.()-–/")
    return amount.quantize(Decimal("0.01")), text if rest else ""


def _says_how(text: str) -> bool:
    return bool(
        re.search(r"donation|pay what|varies|depends|ask|member|what you can|tbc", text, re.IGNORECASE)
    )
