"""A line of a timetable as an activity that could be made, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

from events.importing import clock, days, facts, phrases, repeating
from events.importing.layout import Arranged, Row
from events.importing.repeating import Often
from events.importing.table import Remark
from events.recurrence import Repeat, Rule, Season

NO_RULE = UUID(int=0)
"""A rule gets its id when the draft is made."""

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_NOTE, LONGEST_ABOUT = 120, 160, 120, 4_000
MOST_PLACES, MOST_PRICE = 5_000, Decimal(1000)
LONGEST_CLASS = 12 * 60
JOINED = {"title": " ", "about": "\n", "summary": " ", "venue": ", "}
LONG = {"summary", "about"}
YES = re.compile(r"y(?:es)?|true|x|✓|✔|1", re.IGNORECASE)
NO = re.compile(r"no?|false|0", re.IGNORECASE)
FOR = (
    ("families", re.compile(r"\bfamil(?:y|ies)\b|\bparents? (?:and|&) \w+", re.IGNORECASE)),
    ("women", re.compile(r"\b(?:women|ladies|females?)\b", re.IGNORECASE)),
    ("girls", re.compile(r"\bgirls\b", re.IGNORECASE)),
    ("boys", re.compile(r"\bboys\b", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Common:
    """What holds for every line that does not say it itself."""

    first: date
    last: date | None = None
    season: Season | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """An activity as far as a line says it. Type and venue are still as they were written."""

    number: int
    where: tuple[int, int]
    texts: Mapping[str, str]
    title: str
    rule: Rule | None
    type: str = ""
    venue: str = ""
    postcode: str = ""
    age_from: int | None = None
    age_to: int | None = None
    price: Decimal | None = None
    price_note: str = ""
    summary: str = ""
    about: str = ""
    audience: str = "everyone"
    places: int | None = None
    more: bool = False
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


def read(
    arranged: Arranged,
    fields: Sequence[str],
    corrections: Mapping[int, Mapping[str, str]],
    common: Common,
    today: date,
) -> list[Proposal]:
    """Every line, with the columns being about `fields` and single facts put right."""
    if common.season is None:
        common = Common(common.first, common.last, repeating.season(arranged.above), common.minutes)
    return [
        proposal(number, row, {**texts(row.cells, fields), **corrections.get(number, {})}, common, today)
        for number, row in enumerate(arranged.rows)
    ]


def texts(cells: Sequence[str], fields: Sequence[str]) -> dict[str, str]:
    """What a row says of each fact. Of two columns about the same, words are joined; else the later one
    counts, which in a grid is the cell's own."""
    said: dict[str, str] = {}
    for whole, name in zip(cells, fields, strict=False):
        cell = whole if name in LONG else whole[: phrases.LONGEST]
        if name and cell:
            said[name] = said[name] + JOINED[name] + cell if name in JOINED and name in said else cell
    return said


def proposal(number: int, row: Row, said: Mapping[str, str], common: Common, today: date) -> Proposal:
    said = _from_title(said)
    reading = _Reading(said, common, today)
    title, ages, price = reading.named()
    age_from, age_to = reading.ages(ages)
    amount, note = reading.price(price)
    summary, about = reading.words()
    rule = reading.rule()
    return Proposal(
        number=number,
        where=row.where,
        texts=dict(said),
        title=title,
        rule=rule,
        type=said.get("type", ""),
        venue=said.get("venue", ""),
        postcode=said.get("postcode", ""),
        age_from=age_from,
        age_to=age_to,
        price=amount,
        price_note=note,
        summary=summary,
        about=about,
        audience=reading.audience(title),
        places=reading.places(),
        more=reading.is_more(),
        problems=tuple(reading.problems),
        notes=(*row.remarks, *reading.notes),
    )


def _from_title(said: Mapping[str, str]) -> Mapping[str, str]:
    """Where no column says the time, the name may: "Boxing 4-5", "Yoga, Tuesdays 6pm to 7pm"."""
    title = said.get("title", "")
    if said.get("time") or said.get("start") or not clock.find(title):
        return said
    parts = phrases.taken_apart(title, dated=not (said.get("day") or said.get("first")))
    if not (parts.time and parts.title):
        return said
    found = {
        "title": parts.title,
        "time": parts.time,
        "day": parts.days,
        "ages": parts.ages,
        "price": parts.price,
    }
    return {
        **said,
        **{name: text for name, text in found.items() if text and (name == "title" or not said.get(name))},
    }


@dataclass
class _Reading:
    said: Mapping[str, str]
    common: Common
    today: date
    problems: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def wrong(self, field: str, code: str, **params: object) -> None:
        self.problems.append(Remark(field, code, params))

    def is_more(self) -> bool:
        return bool(YES.fullmatch(self.said.get("more", "").strip()))

    def named(self) -> tuple[str, str, str]:
        """The title; ages and price may stand in it, as in "Juniors (8-12)"."""
        title, ages, price = (self.said.get(name, "") for name in ("title", "ages", "price"))
        parts = phrases.taken_apart(title, timed=True, dated=False)
        if parts.title and not ages and parts.ages:
            ages, title = parts.ages, phrases.without(title, parts.ages)
        if parts.title and not price and parts.price:
            price, title = parts.price, phrases.without(title, parts.price)
        title = " ".join(title.split())
        if not title and not self.is_more():
            self.wrong("title", "title_missing")
        if len(title) > LONGEST_TITLE:
            self.wrong("title", "title_too_long", most=LONGEST_TITLE)
        return title[:1].upper() + title[1:], ages, price

    def ages(self, text: str) -> facts.Ages:
        if not text:
            return None, None
        found = facts.ages(text)
        if found is None:
            self.wrong("ages", "ages_unclear", text=text)
            return None, None
        return found

    def price(self, text: str) -> tuple[Decimal | None, str]:
        if not text:
            return None, ""
        found = facts.price(text)
        if found is None:
            self.wrong("price", "price_unclear", text=text)
            return None, ""
        amount, note = found
        if amount is not None and amount > MOST_PRICE:
            self.wrong("price", "price_unlikely", text=text)
            return None, ""
        if len(note) > LONGEST_NOTE:
            self.wrong("price", "price_note_too_long", most=LONGEST_NOTE)
        return amount, note[:LONGEST_NOTE]

    def words(self) -> tuple[str, str]:
        """One sentence and more about it: what is too long for the one is the other, which begins it."""
        summary = " ".join(self.said.get("summary", "").split())
        about = self.said.get("about", "").strip()
        if len(summary) > LONGEST_SUMMARY:
            about, summary = f"{summary}\n{about}".strip(), ""
        if len(about) > LONGEST_ABOUT:
            self.notes.append(Remark("about", "about_shortened", {"most": LONGEST_ABOUT}))
        return summary, about[:LONGEST_ABOUT]

    def audience(self, title: str) -> str:
        """As it is said, else as the title says. Where several are named it is for everyone."""
        text = self.said.get("audience") or title
        named = [name for name, pattern in FOR if pattern.search(text)]
        return named[0] if len(named) == 1 else "everyone"

    def places(self) -> int | None:
        text = self.said.get("places", "").strip()
        if not text:
            return None
        match = re.fullmatch(r"(?:max\.?\s*)?(\d{1,5})(?:\.0)?", text, re.IGNORECASE)
        if match is None or not 1 <= int(match[1]) <= MOST_PLACES:
            self.wrong("places", "number_unclear", text=text, most=MOST_PLACES)
            return None
        return int(match[1])

    def rule(self) -> Rule | None:
        """When it meets, in one rule.

        1. Days and dates as they are written; the most that is said of how often decides.
        2. The times, which the days help to understand.
        3. What is not said holds for all lines.
        """
        first = self.day_of("first")
        last = self.day_of("last")
        day_text = self.said.get("day", "")
        on = days.read(day_text, self.today) if day_text else None
        weekdays = frozenset() if on else days.weekdays(day_text)
        first = first or (on.day if on else None)
        often = self.often(weekdays, first, last, dated=on is not None)
        if day_text and not weekdays and (on is None or on.day is None):
            self.wrong("day", "day_unclear", text=day_text)
        start, end = self.times(weekdays or (frozenset({first.weekday()}) if first else frozenset()))
        left_out, added = self.days_of("left_out"), self.days_of("added")
        times = self.count()
        if often is None or start is None or end is None:
            return None
        begins = self.first_date(often, weekdays, first)
        if begins is None:
            return None
        once = often.repeat == Repeat.ONCE
        weekly = often.repeat == Repeat.WEEKLY
        return Rule(
            NO_RULE,
            begins,
            start,
            end,
            often.repeat,
            interval=often.interval,
            weekdays=weekdays if weekly else frozenset(),
            until=None if once else last or (None if times else self.common_last(begins)),
            times=None if once else times,
            left_out=left_out,
            added=added,
            season=Season.ANY if once else self.season(),
        )

    def common_last(self, begins: date) -> date | None:
        last = self.common.last
        return last if last and last >= begins else None

    def often(
        self, weekdays: frozenset[int], first: date | None, last: date | None, *, dated: bool
    ) -> Often | None:
        text = self.said.get("repeat", "")
        if text:
            found = repeating.often(text)
            if found is None and (days.weekdays(text) or repeating.season(text)):
                found = Often(Repeat.WEEKLY)
            if found is None:
                self.wrong("repeat", "repeat_unclear", text=text)
            return found
        from_day = repeating.often(self.said.get("day", ""))
        if from_day and (from_day.place or from_day.interval > 1):
            return from_day
        if dated:
            return Often(Repeat.ONCE)
        if weekdays or (first and last and last > first):
            return Often(Repeat.WEEKLY)
        if first:
            return Often(Repeat.ONCE)
        if not self.said.get("day") and not self.said.get("first"):
            self.wrong("day", "day_missing")
        return None

    def first_date(self, often: Often, weekdays: frozenset[int], first: date | None) -> date | None:
        """The date that is given, or the first that fits from the common one on."""
        if often.place:
            wanted = weekdays or days.weekdays(self.said.get("repeat", ""))
            if len(wanted) != 1:
                if first:
                    return first
                self.wrong("day", "day_missing")
                return None
            return _nth(min(wanted), often.place, first or self.common.first)
        if first:
            return first
        if often.repeat == Repeat.DAILY:
            return self.common.first
        if not weekdays or often.repeat == Repeat.MONTHLY_DATE:
            self.wrong("first", "first_missing")
            return None
        return next(
            day
            for step in range(7)
            if (day := self.common.first + timedelta(days=step)).weekday() in weekdays
        )

    def times(self, weekdays: frozenset[int]) -> tuple[time | None, time | None]:
        start_text, end_text = self.said.get("start", ""), self.said.get("end", "")
        if start_text and end_text:
            found = clock.together(start_text, end_text, weekdays)
        else:
            text = self.said.get("time") or start_text or _clock_part(self.said.get("first", ""))
            if not text:
                self.wrong("time", "time_missing")
                return None, None
            found = clock.read(text, weekdays)
        if found.remark:
            self.problems.append(found.remark)
            return None, None
        start, end = found.start, found.end
        if start and end is None:
            end = self.end(start)
        return start, end

    def end(self, start: time) -> time | None:
        text = self.said.get("duration", "")
        minutes = clock.lasting(text) or (
            int(text) if re.fullmatch(r"\d{1,3}", text) else self.common.minutes
        )
        end = start.hour * 60 + start.minute + minutes
        if not 0 < minutes <= LONGEST_CLASS or end >= 24 * 60:
            self.wrong("time", "end_missing")
            return None
        return time(end // 60, end % 60)

    def count(self) -> int | None:
        text = self.said.get("times", "").strip()
        if not text:
            return None
        match = re.match(r"(\d{1,3})(?:\.0)?\b", text)
        if match is None:
            self.wrong("times", "number_unclear", text=text, most=600)
            return None
        return int(match[1])

    def season(self) -> Season:
        text = self.said.get("season", "").strip()
        if YES.fullmatch(text):
            return Season.TERM
        if NO.fullmatch(text):
            return Season.ANY
        places = (text, self.said.get("repeat", ""), self.said.get("day", ""), self.said.get("time", ""))
        found = next((season for season in map(repeating.season, places) if season), None)
        if text and found is None:
            self.wrong("season", "season_unclear", text=text)
        return found or self.common.season or Season.ANY

    def day_of(self, name: str) -> date | None:
        text = self.said.get(name, "").strip()
        if not text:
            return None
        found = days.read(text, self.today)
        if found is None or found.day is None:
            self.wrong(name, "date_unclear", text=text)
            return None
        return found.day

    def days_of(self, name: str) -> frozenset[date]:
        text = self.said.get(name, "").strip()
        found = list(days.all_dates(text, self.today)) if text else []
        if None in found:
            self.wrong(name, "date_unclear", text=text)
        return frozenset(day for day in found if day)


def _clock_part(text: str) -> str:
    """A cell of a spreadsheet may hold date and time in one."""
    match = re.search(r"\d{4}-\d\d-\d\d (\d\d?:\d\d)$", text)
    return match[1] if match else ""


def _nth(weekday: int, place: int, start: date) -> date:
    """The first day from `start` on that is the so manieth such weekday of its month; -1 is the last."""
    for step in range(366):
        day = start + timedelta(days=step)
        is_last = (day + timedelta(days=7)).month != day.month
        if day.weekday() == weekday and (is_last if place < 0 else (day.day - 1) // 7 + 1 == place):
            return day
    return start
