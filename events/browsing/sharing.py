"""What a shared link to a question says: its title in words, a description, a picture, where to embed it."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import pictures
from events.browsing import words
from events.browsing.choices import TIME_WORDS, WHEN_WORDS, day_words
from events.browsing.names import Names
from events.query import Known, Query
from events.wording import full_date_words, joined


def title(query: Query, known: Known, names: Names) -> str:
    """ "Free football for 12-year-olds within 5 miles of HX1"; "What’s on" where nothing is asked.

    What comes first is one sentence, part by part; what would make it hard to read follows after dots.
    """
    if query.picks:
        number = len(query.picks)
        return ngettext("Our list: %(count)d activity", "Our list: %(count)d activities", number) % {
            "count": number
        }
    if not query.filters():
        return _("What’s on")
    said = _what(query, known)
    for part, values in _parts(query, known, names):
        said = part % {"what": said, **values}
    return " · ".join([said[:1].upper() + said[1:], *_more(query, known)])


def description(total: int) -> str:
    """How many there are and what a page of them tells; without numbers where there are none."""
    if not total:
        return _("Find clubs, sports, arts and more near you, and meet people you would not have met.")
    found = words.found_words(total, 1, 1)
    return _("%(activities)s. See when, where, what it costs and who runs it.") % {"activities": found}


def head(query: Query, known: Known, title: str, total: int) -> str:
    """Search engines keep the whole list and that of a type or a place, no more."""
    narrow = len(query.types) + len(query.places) > 1 or query.changed(types=(), places=()).pairs()
    return render_to_string(
        "events/browse/head.html",
        {
            "address": address(query),
            "hidden": bool(narrow) or query.page > 1,
            "title": title,
            "description": description(total),
            "picture": picture(query, known),
        },
    )


def address(query: Query) -> str:
    """The one address of the question."""
    return f"{settings.PUBLIC_ADDRESS}{path(query)}"


def path(query: Query) -> str:
    question = query.to_querystring()
    return reverse("browse") + (f"?{question}" if question else "")


def picture(query: Query, known: Known) -> str:
    """The card of its type, or of all that is on: there are only so many, whatever people type."""
    slug = query.types[0] if len(query.types) == 1 and query.types[0] in known.types else ""
    return pictures.search_card_address(slug, known.types.get(slug, ""))


def _what(query: Query, known: Known) -> str:
    types = joined(_within(known.types.get(slug, slug)) for slug in query.types[:2])
    if query.types and len(query.types) < 3:
        what = _("%(what)s with “%(typed)s”") % {"what": types, "typed": query.q} if query.q else types
    else:
        what = f"“{query.q}”" if query.q else _("things to do")
    return _("free %(what)s") % {"what": what} if query.free else what


Parts = Iterator[tuple[str, Mapping[str, object]]]


def _parts(query: Query, known: Known, names: Names) -> Parts:
    """Patterns around what was said so far, so that a language can put it where it belongs."""
    yield from _for_whom(query)
    if organisers := [names[key] for key in (*query.organisers, *query.schools) if key in names]:
        yield _("%(what)s with %(names)s"), {"names": joined(organisers[:3])}
    if query.near:
        miles = words.miles_words(query.radius)
        yield _("%(what)s within %(miles)s of %(place)s"), {"miles": miles, "place": query.near.label}
    elif query.places:
        places = joined(known.places.get(slug, slug) for slug in query.places[:3])
        yield _("%(what)s in %(place)s"), {"place": places}
    if query.when:
        yield _("%(what)s, %(when)s"), {"when": _within(str(WHEN_WORDS[query.when]))}
    if query.first_day:
        yield _("%(what)s from %(date)s"), {"date": full_date_words(query.first_day)}
    if query.last_day:
        yield _("%(what)s until %(date)s"), {"date": full_date_words(query.last_day)}


def _for_whom(query: Query) -> Parts:
    patterns = {
        "girls": _("%(what)s for girls"),
        "boys": _("%(what)s for boys"),
        "women": _("%(what)s for women"),
        "families": _("%(what)s for families"),
    }
    yield from ((patterns[audience], {}) for audience in query.audiences[:1])
    if len(query.ages) > 1:
        yield _("%(what)s for ages %(ages)s"), {"ages": joined(map(str, query.ages))}
    for age in query.ages if len(query.ages) == 1 else ():
        plain = _("%(what)s for %(age)d-year-olds") if age > 1 and not query.audiences else ""
        yield plain or _("%(what)s, age %(age)d"), {"age": age}


def _more(query: Query, known: Known) -> Iterator[str]:
    if query.days:
        yield joined(day_words(day) for day in query.days)
    yield from (str(TIME_WORDS[time]) for time in query.times)
    if query.alone:
        yield _("Can come alone")
    access = (known.access.get(slug, slug) for slug in query.access[:2])
    yield from (_("Not known: %(feature)s") % {"feature": name} if query.ask else name for name in access)
    for values, known_names in (
        (query.languages, known.languages),
        (query.aims, known.aims),
    ):
        yield from (known_names.get(slug, slug) for slug in values[:2])


def _within(name: str) -> str:
    """A name as it stands within a sentence: "football", but "BSL"."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
