"""What a calendar is called, so that a family knows it among its others: "Free football for 12-year-olds
within 5 miles of HX1"."""

import datetime
from collections.abc import Mapping, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.query import DAYS, Known, Query
from events.wording import joined, weekday_words


def of_query(query: Query, known: Known, organisers: Sequence[str], today: datetime.date) -> str:
    """What is asked, in one line. `organisers` are the names of those that the public may see."""
    parts = [
        _free_of(query, _things(query, known)),
        _for_whom(query, today),
        _spoken(query, known),
        _where(query, known),
        _with(organisers),
        _when(query),
        _alone(query),
    ]
    return str(capfirst(" ".join(filter(None, parts))))


def _things(query: Query, known: Known) -> str:
    names = [known.types[slug] for slug in query.types if slug in known.types]
    things = joined(_inside(name) for name in names) if names else _("things to do")
    if query.access:
        features = joined(_inside(name) for name in _named(query.access, known.access))
        things = _("%(things)s with %(features)s") % {"things": things, "features": features}
    if query.aims:
        aims = joined(f"“{name}”" for name in _named(query.aims, known.aims))
        things = _("%(things)s to %(aims)s") % {"things": things, "aims": aims}
    if query.q:
        things = _("%(things)s about “%(words)s”") % {"things": things, "words": query.q}
    if query.picks:
        things = _("%(things)s that I chose") % {"things": things}
    return things


def _free_of(query: Query, things: str) -> str:
    return pgettext("costs nothing", "free %(things)s") % {"things": things} if query.free else things


def _for_whom(query: Query, today: datetime.date) -> str:
    words = [
        {"girls": _("girls"), "boys": _("boys"), "women": _("women"), "families": _("families")}[audience]
        for audience in query.audiences
    ]
    ages = query.ages_on(today)
    if words and ages:
        both = {"people": joined(words), "ages": joined(map(str, ages))}
        return _("for %(people)s aged %(ages)s") % both
    words += [_("%(age)s-year-olds") % {"age": age} for age in ages]
    return _("for %(people)s") % {"people": joined(words)} if words else ""


def _spoken(query: Query, known: Known) -> str:
    names = _named(query.languages, known.languages)
    return _("in %(languages)s") % {"languages": joined(names)} if names else ""


def _where(query: Query, known: Known) -> str:
    if query.near:
        if query.radius == 1:
            return _("within 1 mile of %(place)s") % {"place": query.near.label}
        miles = f"{query.radius:g}"
        return _("within %(miles)s miles of %(place)s") % {"miles": miles, "place": query.near.label}
    names = _named(query.places, known.places)
    return _("in %(places)s") % {"places": joined(names)} if names else ""


def _with(organisers: Sequence[str]) -> str:
    return _("with %(organisers)s") % {"organisers": joined(organisers)} if organisers else ""


def _when(query: Query) -> str:
    times = {
        "morning": _("in the morning"),
        "afterschool": _("after school"),
        "evening": _("in the evening"),
    }
    days = joined(weekday_words(DAYS.index(day)) for day in query.days)
    words = [_("on %(days)s") % {"days": days}] if days else []
    words += [joined(times[time] for time in query.times)] if query.times else []
    return " ".join(words)


def _alone(query: Query) -> str:
    return _("without an adult") if query.alone else ""


def _named(slugs: Sequence[str], names: Mapping[str, str]) -> list[str]:
    return [names[slug] for slug in slugs if slug in names]


def _inside(name: str) -> str:
    """The name of a thing as it stands inside a sentence; "BMX" and "English club" keep their capitals."""
    rest = name[1:]
    return f"{name[:1].lower()}{rest}" if rest == rest.lower() else name
