"""A question put to the index, and its address. Pure: no database, no request."""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from places.near import Near

SCHOOL_YEAR_BEGINS = 9
WEEKEND = ("sat", "sun")


@dataclasses.dataclass(frozen=True, slots=True)
class Query:
    """One question. Several values of a field mean any of them, but of `access` all of them; `ask` turns
    `access` round, to what nobody has answered yet.

    `near_elsewhere` is set where the address says more of a position than an address may, or says it in
    another way: answer with a redirect to `to_querystring()`. `problems` are words for the person who asked,
    by the name of the field in the address; `typed` is what they wrote there. `month` is the first day of the
    one that the calendar shows; without it, that of the first date.
    """

    q: str = ""
    near: Near | None = None
    radius: float = 0
    when: str = ""
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    days: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    audiences: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    free: bool = False
    alone: bool = False
    aims: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    schools: tuple[int, ...] = ()
    picks: tuple[uuid.UUID, ...] = ()
    as_of: tuple[int, int] | None = None
    cancelled: bool = False
    view: str = "list"
    month: datetime.date | None = None
    sort: str = ""
    page: int = 1
    ask: bool = False
    near_elsewhere: str = ""
    problems: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)
    typed: Mapping[str, str] = dataclasses.field(default_factory=dict, compare=False)

    def changed(self, **changes: object) -> "Query":
        """The same question with something else, from its first page."""
        return dataclasses.replace(self, **{"page": 1, **changes})

    def with_problem(self, field: str, words: str, typed: str = "") -> "Query":
        return dataclasses.replace(
            self,
            problems={**self.problems, field: words},
            typed={**self.typed, **({field: typed} if typed else {})},
        )

    def undated(self) -> "Query":
        """What a subscription keeps: everything but dates and how a page shows it. Days and times stay.

        Of a weekend its days do: every one to come has them. Nobody subscribes to what we do not know: what
        nobody has said yet is to be asked now.
        """
        days = self.days or (WEEKEND if self.when == "weekend" else ())
        dates = {"when": "", "first_day": None, "last_day": None, "days": days}
        return self.changed(**dates, view="list", month=None, sort="", ask=False)

    def ages_on(self, day: datetime.date) -> tuple[int, ...]:
        """The ages asked for. Those given as of a month grow by a year each 1 September after it."""
        if self.as_of is None:
            return self.ages
        year, month = self.as_of
        grown = _school_year(day.year, day.month) - _school_year(year, month)
        return tuple(age + max(0, grown) for age in self.ages)

    def with_as_of(self, day: datetime.date) -> "Query":
        """The same question with ages of a school year: of that day's, where the address names none."""
        if not self.ages or self.as_of:
            return self
        return self.changed(as_of=(_school_year(day.year, day.month), SCHOOL_YEAR_BEGINS))

    def aged(self, day: datetime.date) -> "Query":
        """The same question with the ages of that day, for a page that shows them."""
        if self.as_of is None:
            return self
        return self.changed(ages=self.ages_on(day), as_of=None, page=self.page)

    def to_querystring_as_typed(self) -> str:
        """The address of this question and of what could not be read in it: the words are said again.

        What could not be read comes first: of a field that is there twice the first is read.
        """
        wrong = [(name, typed) for name, typed in self.typed.items() if typed]
        return urlencode([*wrong, *self.pairs()], quote_via=quote, safe="@,")

    def filters(self) -> bool:
        """Whether anything is asked at all."""
        return self.changed(view="list", month=None, sort="", radius=0) != Query()

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value of everything that is not as it would be anyway, in a fixed order."""
        simple: list[tuple[str, object]] = [
            ("q", self.q),
            ("near", self.near.value if self.near else self.near_elsewhere),
            ("radius", f"{self.radius:g}" if self.radius else ""),
            ("when", self.when),
            ("from", self.first_day),
            ("to", self.last_day),
        ]
        repeated: list[tuple[str, tuple]] = [
            ("day", self.days),
            ("time", self.times),
            ("age", self.ages),
            ("for", self.audiences),
            ("type", self.types),
            ("access", self.access),
            ("language", self.languages),
            ("free", (1,) if self.free else ()),
            ("alone", (1,) if self.alone else ()),
            ("aim", self.aims),
            ("organiser", self.organisers),
            ("place", self.places),
            ("school", self.schools),
            ("pick", self.picks),
        ]
        manner: list[tuple[str, object]] = [
            ("asof", f"{self.as_of[0]:04}-{self.as_of[1]:02}" if self.as_of else ""),
            ("ask", 1 if self.ask else ""),
            ("cancelled", "show" if self.cancelled else ""),
            ("view", "" if self.view == "list" else self.view),
            ("month", f"{self.month:%Y-%m}" if self.month else ""),
            ("sort", self.sort),
            ("page", "" if self.page == 1 else self.page),
        ]
        return [
            *((name, str(value)) for name, value in simple if value),
            *((name, str(value)) for name, values in repeated for value in values),
            *((name, str(value)) for name, value in manner if value),
        ]

    def to_querystring(self, **changes: object) -> str:
        """The shortest address of this question, or of this question changed: equal questions, equal text."""
        question = self.changed(**changes) if changes else self
        return urlencode(question.pairs(), quote_via=quote, safe="@,")


def _school_year(year: int, month: int) -> int:
    return year if month >= SCHOOL_YEAR_BEGINS else year - 1
