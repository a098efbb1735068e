"""What a column is about, by its name or by what stands in it."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from events.importing import clock, days, facts, phrases

# Each fact that a line may say, with the names that people give its column. The first is the template's.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("name", "title", "class", "class name", "activity", "activity name", "session", "session name",
              "event", "what", "subject", "group", "squad", "team", "course", "club", "programme", "lesson"),
    "type": ("type", "type of activity", "sport", "category", "kind", "discipline"),
    "day": ("day", "days", "weekday", "day of the week", "day of week", "which day", "when"),
    "time": ("time", "times", "hours", "start and end", "session time", "class time", "what time"),
    "start": ("from", "start", "starts", "start time", "starts at", "begins", "time from", "begin"),
    "end": ("to", "end", "ends", "end time", "finish", "finishes", "finish time", "ends at", "time to"),
    "duration": ("how long", "duration", "length", "minutes"),
    "first": ("first date", "date", "dates", "start date", "starts on", "first session", "commencing",
              "from date"),
    "last": ("last date", "end date", "ends on", "until", "last session", "to date"),
    "repeat": ("how often", "frequency", "repeat", "repeats", "recurrence", "every"),
    "times": ("how many times", "number of sessions", "sessions", "weeks", "number of weeks"),
    "season": ("when in the year", "term time", "term time only", "season", "term"),
    "left_out": ("not on", "dates left out", "except", "exceptions", "no session on", "no class on",
                 "excluding"),
    "added": ("also on", "dates added", "extra dates"),
    "venue": ("venue", "where", "location", "place", "hall", "site", "address", "building"),
    "postcode": ("postcode", "post code", "venue postcode"),
    "ages": ("ages", "age", "age group", "age groups", "age range", "school year", "years", "year group"),
    "price": ("price", "cost", "fee", "fees", "charge", "how much", "price per session", "cost per session"),
    "summary": ("in one sentence", "summary", "description", "short description"),
    "about": ("more about it", "about", "details", "notes", "information", "info", "long description"),
    "audience": ("who it is for", "gender", "audience", "open to"),
    "places": ("number of places", "places", "capacity", "spaces", "max", "class size"),
    "more": ("more dates of the line above",),
}  # fmt: skip
FIELDS = tuple(NAMES)
OURS = {names[0]: field for field, names in NAMES.items()}
BY_NAME = {name: field for field, names in reversed(NAMES.items()) for name in names}
LONGEST = 160  # letters of a cell that are looked at
ENOUGH = 0.6  # of the cells that are filled


def named(header: str) -> str:
    """The fact that a column of this name is about; typing errors are forgiven. Empty where it is unknown."""
    name = re.sub(r"\(.*?\)|[^a-z0-9 ]", " ", header[:LONGEST].lower().replace("’", "'"))
    name = " ".join(name.split())
    if name in BY_NAME:
        return BY_NAME[name]
    near = get_close_matches(name, BY_NAME, n=1, cutoff=0.84) if len(name) > 3 else []
    return BY_NAME[near[0]] if near else ""


def told(cells: Sequence[str], taken: set[str]) -> str:
    """The fact that most of these cells are about, of those that no other column has."""
    filled = [cell[:LONGEST] for cell in cells if cell and not phrases.is_nothing(cell[:LONGEST])]
    if not filled:
        return ""
    for field, fits in FITS:
        if field not in taken and sum(map(fits, filled)) >= ENOUGH * len(filled):
            return field
    return ""


def is_time(cell: str) -> bool:
    """A time, and little beside it."""
    match = clock.find(cell) or clock.find_single(cell)
    return match is not None and len(cell) - len(match[0]) <= 12


def _is_ages(cell: str) -> bool:
    """Ages and nothing else."""
    match = facts.find_ages(cell)
    return facts.ages(cell) is not None and (match is None or len(cell) - len(match[0]) <= 3)


def _is_price(cell: str) -> bool:
    return len(cell) <= 30 and facts.find_price(cell) is not None


def _is_date(cell: str) -> bool:
    found = days.read(cell, days.ANY_DAY)
    return found is not None and len(cell) - (found.end - found.start) <= 4


def _is_postcode(cell: str) -> bool:
    return re.fullmatch(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}", cell) is not None


def is_title(cell: str) -> bool:
    """Words, and not too many."""
    return bool(re.search(r"[^\W\d_]{2}", cell)) and len(cell) <= 120


FITS = (
    ("day", days.is_day),
    ("first", _is_date),
    ("postcode", _is_postcode),
    ("price", _is_price),
    ("time", is_time),
    ("ages", _is_ages),
    ("title", is_title),
    ("venue", is_title),
)
