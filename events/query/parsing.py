"""Reads the parameters of an address. Never raises: what cannot be used is answered in words and left out."""

import dataclasses
import datetime
import re
import uuid
from collections.abc import Callable, Collection, Mapping
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from events.query.dates import DAYS, TIMES, WHENS
from events.query.question import Query
from events.terms import terms
from places import near as places_near
from places.near import Near, NeedsRedirect
from places.problems import Problem

DEFAULT_RADIUS = 5.0
LEAST_RADIUS, MOST_RADIUS = 0.25, 100.0
MOST_PICKS = 30
MOST_VALUES = 60
LONGEST_SEARCH = 100
LONGEST_TYPED = 200
LONGEST_SAID = 30
OLDEST = 99
LAST_PAGE = 100_000
VIEWS = ("list", "calendar", "map")
SORTS = ("date", "distance", "title", "match")
AUDIENCES = ("girls", "boys", "women", "families")

WHOLE_NUMBER = re.compile(r"[0-9]{1,6}\Z")
MILES = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?\Z")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\Z")
BRITISH_DAY = re.compile(r"(?P<d>[0-9]{1,2})[/.-](?P<m>[0-9]{1,2})[/.-](?P<y>[0-9]{4})\Z")
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])\Z")
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,80}\Z")
# Control characters, lone surrogates and the mark that stands for bytes that were no text.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd\ufeff]+")

Value = TypeVar("Value")
Locate = Callable[[str], Near | NeedsRedirect | Problem]


class Parameters(Protocol):
    """Django's QueryDict, or anything that gives all values of a name."""

    def getlist(self, key: str) -> list[str]: ...


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """The words that may be asked for: slug to name, in the order in which they are shown."""

    types: Mapping[str, str] = dataclasses.field(default_factory=dict)
    access: Mapping[str, str] = dataclasses.field(default_factory=dict)
    languages: Mapping[str, str] = dataclasses.field(default_factory=dict)
    aims: Mapping[str, str] = dataclasses.field(default_factory=dict)
    places: Mapping[str, str] = dataclasses.field(default_factory=dict)
    autonyms: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    """Of a language: its code of BCP 47 and its own name."""


def parse(parameters: Parameters, known: Known | None = None, *, locate: Locate = places_near.parse) -> Query:
    """The question in an address.

    Slugs are checked against `known`, if given; organisers and schools are not looked up here. `locate` says
    where a place is: one short query for a postcode or an outcode that is new to this worker, else none.
    """
    reader = _Reader(parameters)
    near, near_elsewhere = reader.near(locate)
    is_near = bool(near or near_elsewhere)
    first_day, last_day = reader.days_between()
    when = reader.choice("when", WHENS)
    access = reader.slugs("access", known.access if known else None)
    return Query(
        q=reader.search(),
        near=near,
        near_elsewhere=near_elsewhere,
        radius=reader.radius(is_used=is_near),
        when="" if first_day or last_day else when,
        first_day=first_day,
        last_day=last_day,
        days=reader.choices("day", DAYS),
        times=reader.choices("time", tuple(TIMES)),
        ages=reader.ages(),
        audiences=reader.choices("for", AUDIENCES),
        types=reader.slugs("type", known.types if known else None),
        access=access,
        languages=reader.slugs("language", known.languages if known else None),
        free=reader.tick("free"),
        alone=reader.tick("alone"),
        aims=reader.slugs("aim", known.aims if known else None),
        organisers=reader.slugs("organiser", None),
        places=reader.slugs("place", known.places if known else None),
        schools=reader.schools(),
        picks=reader.picks(),
        as_of=reader.as_of(),
        ask=reader.tick("ask") and bool(access),
        cancelled=reader.choice("cancelled", ("show",)) == "show",
        view=reader.choice("view", VIEWS) or "list",
        month=reader.month(),
        sort=reader.sort(is_near=is_near),
        page=reader.page(),
        problems=reader.problems,
        typed=reader.typed,
    )


class _Reader:
    """One address as it is read, with the words for what was wrong in it."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self.problems: dict[str, str] = {}
        self.typed: dict[str, str] = {}

    def values(self, name: str) -> list[str]:
        """What was given, without blanks, unprintable characters and repetition.

        Words for what is nothing else than unprintable.
        """
        given = [str(text) for text in self.parameters.getlist(name) if str(text).strip()]
        texts = [UNPRINTABLE.sub(" ", text).strip() for text in given]
        if not all(texts):
            self.refuse(name, "", _("We cannot read this. Please type it again."))
        return list(dict.fromkeys(text for text in texts if text))

    def first(self, name: str) -> str:
        return next(iter(self.values(name)), "")

    def refuse(self, name: str, typed: str, words: str) -> None:
        self.problems.setdefault(name, words)
        self.typed.setdefault(name, typed[:LONGEST_TYPED])

    def every(
        self, name: str, read: Callable[[str], Value | None], words: str, most: int = MOST_VALUES
    ) -> tuple[Value, ...]:
        """All values that can be read, at most so many; words for the others."""
        found: list[Value] = []
        for text in self.values(name):
            value = read(text)
            if value is None:
                self.refuse(name, text, words % {"typed": text[:LONGEST_SAID]})
            elif value not in found:
                found.append(value)
        if len(found) > most:
            self.refuse(name, "", _("Choose %(most)d at most.") % {"most": most})
        return tuple(found[:most])

    def choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Values from a list, in the list's order."""
        chosen = self.every(name, lambda text: text.lower() if text.lower() in allowed else None, _unknown())
        return tuple(value for value in allowed if value in chosen)

    def choice(self, name: str, allowed: Collection[str]) -> str:
        chosen = self.every(name, lambda text: text.lower() if text.lower() in allowed else None, _unknown())
        return chosen[0] if chosen else ""

    def slugs(self, name: str, known: Mapping[str, str] | None) -> tuple[str, ...]:
        """Slugs that are known, or that could be where nobody knows."""

        def read(text: str) -> str | None:
            slug = text.lower()
            return slug if SLUG.match(slug) and (known is None or slug in known) else None

        return tuple(sorted(self.every(name, read, _unknown())))

    def search(self) -> str:
        text = " ".join(" ".join(self.values("q")).split())
        if len(text) > LONGEST_SEARCH:
            words = _("That is too long to search for. Use up to %(letters)d letters.") % {
                "letters": LONGEST_SEARCH
            }
            self.refuse("q", text, words)
            return ""
        if text and not terms(text):
            self.refuse("q", text, _("Type a word to search for, for instance football."))
            return ""
        return text

    def near(self, locate: Locate) -> tuple[Near | None, str]:
        """Somewhere to look around, or the address that says it as an address may.

        Our form shows an outcode and keeps the position in a second, hidden field, which counts as long as
        the first says the same: where that was changed or emptied, it does not.
        """
        texts = self.values("near")
        if not texts or not self.parameters.getlist("near")[0].strip():
            return None, ""
        shown = texts[0]
        text = next((kept for kept in texts[1:] if kept.upper().startswith(f"{shown.upper()}@")), shown)
        answer = locate(text)
        if isinstance(answer, Problem):
            self.refuse("near", text.partition("@")[0], answer.words)
            return None, ""
        return (None, answer.to) if isinstance(answer, NeedsRedirect) else (answer, "")

    def radius(self, *, is_used: bool) -> float:
        text = self.first("radius")
        if text and MILES.match(text) and LEAST_RADIUS <= float(text) <= MOST_RADIUS:
            # The form sends what is chosen already, before anybody has said where.
            return float(text) if is_used or float(text) != DEFAULT_RADIUS else 0
        if text:
            self.refuse("radius", text, _("Give the miles as a number from 1 to 100."))
        return DEFAULT_RADIUS if is_used else 0

    def days_between(self) -> tuple[datetime.date | None, datetime.date | None]:
        first, last = self.day("from"), self.day("to")
        if first and last and first > last:
            self.refuse("from", first.isoformat(), _("The first day is after the last."))
            self.refuse("to", last.isoformat(), _("The last day is before the first."))
            return None, None
        return first, last

    def day(self, name: str) -> datetime.date | None:
        text = self.first(name)
        if not text:
            return None
        try:
            if match := ISO_DAY.match(text):
                return datetime.date(*(int(part) for part in match.groups()))
            if match := BRITISH_DAY.match(text):
                return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            pass
        self.refuse(name, text, _("We cannot read this as a date. Type it like 24/3/2027."))
        return None

    def ages(self) -> tuple[int, ...]:
        def read(text: str) -> int | None:
            return int(text) if WHOLE_NUMBER.match(text) and int(text) <= OLDEST else None

        return tuple(sorted(self.every("age", read, _("Give ages in years, for instance 9."), most=10)))

    def schools(self) -> tuple[int, ...]:
        def read(text: str) -> int | None:
            return int(text) if WHOLE_NUMBER.match(text) else None

        return tuple(sorted(self.every("school", read, _("A school's number has six figures."))))

    def picks(self) -> tuple[uuid.UUID, ...]:
        def read(text: str) -> uuid.UUID | None:
            try:
                return uuid.UUID(text) if len(text) <= 36 else None
            except ValueError:
                return None

        return self.every(
            "pick", read, _("One of the activities in this link does not exist."), most=MOST_PICKS
        )

    def tick(self, name: str) -> bool:
        text = self.first(name).lower()
        if text not in {"", "0", "1", "on", "true", "yes", "no", "off", "false"}:
            self.refuse(name, text, _("Tick this or leave it."))
        return text in {"1", "on", "true", "yes"}

    def as_of(self) -> tuple[int, int] | None:
        return self.year_and_month("asof")

    def month(self) -> datetime.date | None:
        found = self.year_and_month("month")
        return datetime.date(*found, 1) if found else None

    def year_and_month(self, name: str) -> tuple[int, int] | None:
        text = self.first(name)
        if match := MONTH.match(text):
            return int(match[1]), int(match[2])
        if text:
            self.refuse(name, text, _("This should be a month, like 2026-09."))
        return None

    def sort(self, *, is_near: bool) -> str:
        order = self.choice("sort", SORTS)
        if order == "distance" and not is_near:
            self.refuse("sort", "distance", _("Tell us a postcode to sort by distance."))
            return ""
        return order

    def page(self) -> int:
        text = self.first("page")
        if not text:
            return 1
        if WHOLE_NUMBER.match(text) and 1 <= int(text) <= LAST_PAGE:
            return int(text)
        self.refuse("page", text, _("There is no such page. This is the first."))
        return 1


def _unknown() -> str:
    return _("We do not know “%(typed)s”. Choose from the list.")
