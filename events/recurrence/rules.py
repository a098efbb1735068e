"""The nouns of a schedule: what a person says (`Rule`), what a place knows (`SchoolYear`), what comes out
(`Meeting`)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

# As in places.clock: schedules import nothing of ours.
LONDON = ZoneInfo("Europe/London")
MAX_INTERVAL = 52  # every 52 weeks is once a year
HORIZON_MONTHS = 18  # how far ahead the dates of a rule without an end are kept


class Repeat(StrEnum):
    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY_DATE = "monthly_date"  # on the 3rd; a month without the 31st is skipped, as iCalendar does
    MONTHLY_WEEKDAY = "monthly_weekday"  # on the second Tuesday; a month without a fifth one is skipped
    MONTHLY_LAST_WEEKDAY = "monthly_last_weekday"  # on the last Tuesday


class Season(StrEnum):
    ANY = "any"
    TERM = "term"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a schedule. Times are London's wall clock; `end` is after `start` on the same day.

    - `interval` is every n days, weeks or months. Weeks begin on Monday and are counted from the week of
      `first_date`, months from its month.
    - `weekdays` (0 is Monday) is for weekly rules only; empty means the weekday of `first_date`.
    - The first meeting is the first date that fits on or after `first_date`.
    - `times` counts meetings that the rule gives *after* term time and left-out dates are taken away, so that
      "10 times" is 10 meetings, as a volunteer expects and unlike iCalendar's COUNT, which counts before
      EXDATE.
    - `added` dates come on top: they are not counted in `times`, and neither `first_date`, `until` nor the
      season holds them back, because a person named them. A date that the rule gives anyway is not given
      twice.
    """

    uuid: UUID
    first_date: date
    start: time
    end: time
    repeat: Repeat
    interval: int = 1
    weekdays: frozenset[int] = frozenset()
    until: date | None = None
    times: int | None = None
    left_out: frozenset[date] = frozenset()
    added: frozenset[date] = frozenset()
    season: Season = Season.ANY

    @property
    def days(self) -> tuple[int, ...]:
        """The weekdays that a weekly rule meets on, in order."""
        return tuple(sorted(self.weekdays)) or (self.first_date.weekday(),)

    @property
    def has_end(self) -> bool:
        return self.repeat == Repeat.ONCE or self.until is not None or self.times is not None


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """What is known of a place's terms, each from its first to its last day, over as many years as are known.

    A half-term holiday lies between two terms here. Weekends inside a term are term time: a club that
    meets on Saturdays "in term time" means those.
    """

    terms: tuple[tuple[date, date], ...] = ()
    bank_holidays: frozenset[date] = frozenset()

    @property
    def known_from(self) -> date | None:
        return min((first for first, _ in self.terms), default=None)

    @property
    def known_until(self) -> date | None:
        return max((last for _, last in self.terms), default=None)

    def is_term_time(self, day: date) -> bool:
        """Within a term and not a bank holiday."""
        return day not in self.bank_holidays and any(first <= day <= last for first, last in self.terms)

    def is_holiday(self, day: date) -> bool:
        """Between two known terms and not a bank holiday.

        Before the first known term and after the last we do not know, so the answer is no. Christmas Day
        or a May Day in term is neither term time nor "the holidays": doors are mostly shut, and a date
        that nobody opens for does more harm than one that has to be added by hand.
        """
        if day in self.bank_holidays or any(first <= day <= last for first, last in self.terms):
            return False
        return any(last < day for _, last in self.terms) and any(day < first for first, _ in self.terms)

    def fits(self, day: date, season: Season) -> bool:
        if season == Season.TERM:
            return self.is_term_time(day)
        return season != Season.HOLIDAYS or self.is_holiday(day)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One date of a rule. Its identity is the rule, the local date the rule gave it and a number, never
    its time.

    A rule meets at most once a day, so the number is 0: a club that meets twice a day has two rules. The
    number is part of the identity so that stored dates of other origin (imports) have room.
    """

    rule_uuid: UUID
    rule_date: date
    number: int
    starts_at: datetime
    ends_at: datetime

    @property
    def identity(self) -> tuple[UUID, date, int]:
        return (self.rule_uuid, self.rule_date, self.number)


def horizon(today: date) -> date:
    """The first day whose dates are not kept yet: 18 months after `today`, at a month's end the last day
    there is."""
    month = today.month - 1 + HORIZON_MONTHS
    year, month = today.year + month // 12, month % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
