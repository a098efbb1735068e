"""One phrase with everything in it, as it stands in a cell of a grid: "Juniors 4.30-6 (8-12) £3"."""

import re
from dataclasses import dataclass

from events.importing import clock, days, facts

NOTHING = re.compile(
    r"[\s\-–—_.x/]*|n/?a|closed|off|none|no (?:class|classes|session|sessions|club)|rest day|tba",
    re.IGNORECASE,
)
EDGES = " \n\t,;:|-–—/•*·@"
EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
AGE_BEFORE = re.compile(r"(?:\bage[ds]?:?|\byears?|\byrs?|\by|\()\s*$", re.IGNORECASE)
SURE, LIKELY = 2, 1
LONGEST = 500
"""Letters of a cell that are read: nobody writes more about one class into a grid."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The same phrase taken apart, each part as it was written."""

    title: str = ""
    days: str = ""
    time: str = ""
    ages: str = ""
    price: str = ""
    duration: str = ""


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing on: empty, a dash, "closed"."""
    return NOTHING.fullmatch(text.strip()) is not None


def entries(text: str) -> list[str]:
    """A cell may hold several classes, each on lines of its own with a time; else all is one."""
    lines = [line.strip() for line in text.split("\n") if not is_nothing(line)]
    timed = [bool(clock.find(line)) for line in lines]
    if sum(timed) < 2:
        return [" ".join(lines)] if lines else []
    if all(timed):
        return lines
    found: list[list[str]] = [[]]
    # Each time begins an entry or ends one, as the first line shows.
    for line, has_time in zip(lines, timed, strict=True):
        begins = has_time if timed[0] else bool(found[-1]) and _has_time(found[-1])
        if begins and found[-1]:
            found.append([])
        found[-1].append(line)
    return [" ".join(each) for each in found]


def _has_time(lines: list[str]) -> bool:
    return any(clock.find(line) for line in lines)


def taken_apart(text: str, *, timed: bool = False, dated: bool = True) -> Parts:
    """Take out days, then times, price and ages, each once; what is left is the title.

    `timed`: the time is known from elsewhere, so that bare numbers here are ages. `dated`: where it is
    false, no day is named here.
    """
    rest, found_days = _cut(text, days.find(text)) if dated else (text, "")
    rest, time = _cut(rest, _time(rest, timed=timed))
    rest, duration = _cut(rest, clock.find_lasting(rest))
    rest, price = _cut(rest, facts.find_price(rest))
    without, ages = _cut(rest, facts.find_ages(rest))
    rest = rest if facts.is_name(ages) else without
    return Parts(_trimmed(rest), found_days, time, ages.strip(EDGES), price, duration)


def _cut(text: str, match: re.Match[str] | None) -> tuple[str, str]:
    if match is None:
        return text, ""
    return f"{text[: match.start()]} {text[match.end() :]}", match[0].strip()


def _time(text: str, *, timed: bool) -> re.Match[str] | None:
    """The range that is most like a time: one with minutes, "pm" or a name; of bare numbers the shorter."""
    best, best_rank = None, (0, 0)
    for match in clock.RANGE.finditer(text):
        given = match.groupdict()
        marks = [
            given[f"{side}{name}"] for side in "ab" for name in ("minute", "bare", "mark", "named", "part")
        ]
        sure = SURE if any(marks) else 0 if AGE_BEFORE.search(text[: match.start()]) else LIKELY
        if sure == SURE or (sure == LIKELY and not timed):
            times = clock.between(clock.moment(match, "a"), clock.moment(match, "b"), frozenset())
            if times.start is None or times.end is None:
                continue
            minutes = (times.end.hour - times.start.hour) * 60 + times.end.minute - times.start.minute
            if best is None or (sure, -minutes) > best_rank:
                best, best_rank = match, (sure, -minutes)
    return best or (None if timed else clock.find_single(text))


def without(text: str, part: str) -> str:
    """The text without a part that was found in it, unless that is what the class is called."""
    if facts.is_name(part):
        return text
    return _trimmed(text.replace(part, " ", 1))


def _trimmed(text: str) -> str:
    """Without what cutting leaves behind: empty or half brackets, signs at the ends."""
    text = " ".join(EMPTY_BRACKETS.sub(" ", text).split()).strip(EDGES)
    return text if text.count("(") == text.count(")") else text.replace("(", "").replace(")", "").strip(EDGES)
