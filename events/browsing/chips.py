"""What was asked for, a chip each, with the address of the same question without it."""

import dataclasses
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.browsing.choices import AUDIENCE_WORDS, TIME_WORDS, WHEN_WORDS, day_words
from events.browsing.names import Names
from events.browsing.words import miles_words
from events.query import Known, Query
from events.wording import full_date_words


@dataclasses.dataclass(frozen=True, slots=True)
class Chip:
    label: str
    href: str


def chips(query: Query, known: Known, names: Names) -> list[Chip]:
    """One for each thing that was asked. `names` are those of the organisers and schools asked for."""
    return [Chip(label, address(query.changed(**without))) for label, without in _asked(query, known, names)]


def address(query: Query) -> str:
    """Within the page: the rest of the address."""
    return f"?{query.to_querystring()}"


Asked = Iterator[tuple[str, dict[str, object]]]


def _asked(query: Query, known: Known, names: Names) -> Asked:
    if query.q:
        yield f"“{query.q}”", {"q": ""}
    if query.near:
        yield (
            _within(query),
            {"near": None, "radius": 0, "sort": "" if query.sort == "distance" else query.sort},
        )
    yield from _when(query)
    for age in query.ages:
        ages = tuple(other for other in query.ages if other != age)
        yield _("Age %(age)d") % {"age": age}, {"ages": ages, "as_of": query.as_of if ages else None}
    if query.free:
        yield _("Free"), {"free": False}
    if query.alone:
        yield _("Can come alone"), {"alone": False}
    for field, labels in (
        ("days", {day: day_words(day) for day in query.days}),
        ("times", TIME_WORDS),
        ("audiences", AUDIENCE_WORDS),
        ("types", known.types),
        ("access", known.access),
        ("languages", known.languages),
        ("aims", known.aims),
        ("places", known.places),
        ("organisers", names),
        ("schools", names),
    ):
        values = getattr(query, field)
        for value in values:
            rest = tuple(other for other in values if other != value)
            yield str(labels.get(value, value)), {field: rest, **_without_access(field, rest)}
    if query.picks:
        number = len(query.picks)
        words = ngettext("%(count)d picked activity", "%(count)d picked activities", number)
        yield words % {"count": number}, {"picks": ()}


def _without_access(field: str, rest: tuple) -> dict[str, object]:
    return {"ask": False} if field == "access" and not rest else {}


def _within(query: Query) -> str:
    place = query.near.label if query.near else ""
    return _("Within %(miles)s of %(place)s") % {"miles": miles_words(query.radius), "place": place}


def _when(query: Query) -> Asked:
    if query.when:
        yield str(WHEN_WORDS[query.when]), {"when": ""}
    if query.first_day:
        yield _("From %(date)s") % {"date": full_date_words(query.first_day)}, {"first_day": None}
    if query.last_day:
        yield _("Until %(date)s") % {"date": full_date_words(query.last_day)}, {"last_day": None}
