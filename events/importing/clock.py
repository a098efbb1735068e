"""Times as people write them: "4.30-6", "7-8pm", "18:00–19:30", "half past 4", "noon"."""

import re
from dataclasses import dataclass
from datetime import date, time

from events.importing.table import Remark

MARK = r"(?:\s*(?P<{0}mark>[ap])\.?\s?m?\b\.?)?"
HOUR = r"(?P<{0}hour>[01]?\d|2[0-4])(?:\s?[:.h]\s?(?P<{0}minute>[0-5]\d?)|(?P<{0}bare>[0-5]\d)(?!\d))?"
NAMED = r"(?P<{0}named>noon|midday|midnight)"
SAID = r"(?P<{0}part>half|quarter|(?:ten|five|twenty|10|5|20)) ?(?P<{0}way>past|to) ?(?P<{0}of>\d\d?)"
ONE = rf"(?:{SAID}|{NAMED}|{HOUR}(?:\s*o'?clock)?){MARK}"
BETWEEN = r"\s*(?:-|–|—|−|~|/|\bto\b|\btill?\b|\buntil\b|>)\s*"
BEFORE = r"(?<![\d£$€.:])(?:from\s+|between\s+)?"
AFTER = r"(?![\d%])(?!\s?(?:years?|yrs?|y/?o|p\b|pence))"
RANGE = re.compile(
    BEFORE + ONE.replace("{0}", "a") + BETWEEN + ONE.replace("{0}", "b") + AFTER, re.IGNORECASE
)
SINGLE = re.compile(BEFORE + ONE.replace("{0}", "a") + AFTER, re.IGNORECASE)
LASTS = re.compile(
    r"\(?(?:for\s+)?(?:(?P<hours>\d(?:\.\d)?)\s?(?:hours?|hrs?|h)\b)?"
    r"(?:\s?(?:and )?(?P<minutes>\d{1,3})\s?(?:minutes?|mins?|m)\b)?(?:\s?long)?\)?",
    re.IGNORECASE,
)
PARTS = {"half": 30, "quarter": 15, "ten": 10, "10": 10, "five": 5, "5": 5, "twenty": 20, "20": 20}
FRACTION = re.compile(r"0\.\d{2,12}")
A_DAY = 24 * 60
LONG = 5 * 60  # a guess longer than this is not believed while another fits


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as written, in minutes of the day or of its half. `sure` where "pm" or 24 hours were written."""

    minutes: int
    sure: bool

    def meanings(self) -> tuple[int, ...]:
        if self.sure:
            return (self.minutes,)
        early = self.minutes % (A_DAY // 2)
        return (early, early + A_DAY // 2)


@dataclass(frozen=True, slots=True)
class Times:
    """A start and, where it was said, an end."""

    start: time | None = None
    end: time | None = None
    remark: Remark | None = None


def find(text: str) -> re.Match[str] | None:
    """Where in a text a range of times stands."""
    return RANGE.search(text)


def find_single(text: str) -> re.Match[str] | None:
    """Where a single time stands that cannot be an age or a number: with a mark, minutes or a name."""
    for match in SINGLE.finditer(text):
        given = match.groupdict()
        if given["amark"] or given["aminute"] or given["anamed"] or given["apart"] or "clock" in match[0]:
            return match
    return None


def read(text: str, weekdays: frozenset[int] = frozenset()) -> Times:
    """What a cell that is about times says. Nothing where it says none.

    A spreadsheet that took "4-5" for the 4th of May is understood.
    """
    text = _undone(text.strip())
    match = RANGE.fullmatch(text) or find(text)
    if match:
        return between(moment(match, "a"), moment(match, "b"), weekdays)
    match = SINGLE.fullmatch(text) or find_single(text)
    if match is None:
        return Times(remark=Remark("time", "time_unclear", {"text": text}) if text else None)
    start = moment(match, "a")
    length = lasting(text[match.end() :])
    if start is None:
        return Times(remark=Remark("time", "time_unclear", {"text": text}))
    guessed = _alone(start, weekdays)
    return Times(_clock(guessed), _clock(guessed + length) if length and guessed + length < A_DAY else None)


def together(start: str, end: str, weekdays: frozenset[int] = frozenset()) -> Times:
    """From two cells."""
    first, last = (SINGLE.fullmatch(_undone(each.strip())) for each in (start, end))
    if first is None or last is None:
        wrong = start if first is None else end
        return Times(remark=Remark("time", "time_unclear", {"text": wrong}))
    return between(moment(first, "a"), moment(last, "a"), weekdays)


def lasting(text: str) -> int:
    """Minutes: "(1 hr)", "45 mins", "1.5 hours"; 0 where it says none."""
    match = find_lasting(text)
    return round(float(match["hours"] or 0) * 60) + int(match["minutes"] or 0) if match else 0


def find_lasting(text: str) -> re.Match[str] | None:
    """Where a text says how long."""
    return next((match for match in LASTS.finditer(text) if match["hours"] or match["minutes"]), None)


def between(start: Moment | None, end: Moment | None, weekdays: frozenset[int]) -> Times:
    """The most likely meaning of both together.

    1. Every meaning of the start with every later meaning of the end; an end that says "pm" says it for the
       start too where that fits.
    2. Those not longer than five hours first; then the one in which the start is likely for young people.
    """
    if start is None or end is None:
        return Times(remark=Remark("time", "time_unclear", {"text": ""}))
    pairs = [(a, b) for a in start.meanings() for b in end.meanings() if b > a]
    if not pairs:
        return Times(remark=Remark("time", "end_before_start", {}))
    likely = _likely(start, weekdays)
    a, b = min(pairs, key=lambda pair: (pair[1] - pair[0] > LONG, pair[0] != likely, pair[1] - pair[0]))
    return Times(_clock(a), _clock(b))


def _alone(moment: Moment, weekdays: frozenset[int]) -> int:
    return moment.minutes if moment.sure else _likely(moment, weekdays)


def _likely(moment: Moment, weekdays: frozenset[int]) -> int:
    """Young people are at school until three and asleep before eight.

    From 1 to 7.59 it is the afternoon, from 9 to 11.59 the morning. Eight is the evening of a school day and
    the morning of a weekend.
    """
    early = moment.minutes % (A_DAY // 2)
    weekend = bool(weekdays) and weekdays <= {5, 6}
    morning = 8 * 60 if weekend else 9 * 60
    return early if early >= morning else early + A_DAY // 2


def moment(match: re.Match[str], name: str) -> Moment | None:
    """What one side of a match says; None for a time that no clock shows."""
    given = {key[1:]: value for key, value in match.groupdict().items() if key[0] == name}
    if given["named"]:
        return Moment(0 if given["named"].lower() == "midnight" else 12 * 60, sure=True)
    if given["part"]:
        minutes = PARTS[given["part"].lower()]
        hour = int(given["of"])
        counted = hour * 60 + (minutes if given["way"].lower() == "past" else -minutes)
        return _marked(counted, given["mark"]) if 1 <= hour <= 12 else None
    hour, minute = int(given["hour"]), given["minute"] or given["bare"] or "0"
    # "4.3" is what a spreadsheet makes of 4.30.
    minutes = int(minute) * 10 if len(minute) == 1 and minute != "0" else int(minute)
    counted = hour * 60 + minutes
    if counted >= A_DAY or minutes > 59:
        return None
    if hour > 12 or (hour == 0) or (given["hour"].startswith("0") and hour >= 7):
        return Moment(counted, sure=True)
    return _marked(counted, given["mark"])


def _marked(minutes: int, mark: str | None) -> Moment:
    if not mark:
        return Moment(minutes, sure=False)
    half = minutes % (A_DAY // 2)
    return Moment(half + (A_DAY // 2 if mark.lower() == "p" else 0), sure=True)


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _undone(text: str) -> str:
    """What a spreadsheet made of a time: a part of a day, or of "4-5" a date."""
    if FRACTION.fullmatch(text):
        minutes = min(round(float(text) * A_DAY), A_DAY - 1)
        return f"{minutes // 60}:{minutes % 60:02}"
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day}-{day.month}"
