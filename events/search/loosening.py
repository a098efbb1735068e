"""When nothing is found: the smallest changes to the question that would find something."""

import dataclasses
import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import index
from events.query import Query
from events.search.finding import count

WIDER = (10, 20, 50)
MOST = 3
Words = Callable[[int], str]


@dataclasses.dataclass(frozen=True, slots=True)
class Looser:
    """What would be found instead: in words with the number, and by which question."""

    words: str
    query: Query
    count: int


def loosened(query: Query, now: datetime.datetime, *, generation: int | None = None) -> list[Looser]:
    """Up to three questions that differ in one thing and find something, the likeliest to be taken first.

    Only the first wider circle that finds something is offered. Where one change is not enough, those that
    keep one thing of what was asked.
    """
    snapshot = index.current(generation)
    return _that_find(variations(query, snapshot.known.access), query, snapshot, now) or _that_find(
        alone(query), query, snapshot, now
    )


def _that_find(
    changes: Iterable[tuple[Words, Query]], query: Query, snapshot: index.Snapshot, now: datetime.datetime
) -> list[Looser]:
    offers: list[Looser] = []
    for words, changed in changes:
        if changed.radius != query.radius and any(offer.query.radius != query.radius for offer in offers):
            continue
        if number := count(changed, snapshot, now):
            offers.append(Looser(words(number), changed, number))
        if len(offers) == MOST:
            break
    return offers


def variations(query: Query, features: Mapping[str, str]) -> Iterator[tuple[Words, Query]]:
    """The question with one thing less, each with words for a number of finds."""
    if query.near:
        for miles in WIDER:
            if miles > query.radius:
                yield _within(miles), query.changed(radius=float(miles))
        anywhere = query.changed(near=None, radius=0, sort="" if query.sort == "distance" else query.sort)
        yield _further_away, anywhere
    for feature in query.access:
        yield (
            _without(features.get(feature, feature)),
            query.changed(access=tuple(other for other in query.access if other != feature), ask=False),
        )
    for words, changes in _LESS:
        changed = query.changed(**changes)
        if changed != query.changed():
            yield words, changed


def alone(query: Query) -> Iterator[tuple[Words, Query]]:
    """One thing of what was asked and nothing else, each with words for a number of finds."""
    nothing = Query(view=query.view)
    if query.near:
        yield _near(query.near.label), nothing.changed(near=query.near, radius=query.radius)
    for name, words in _ALONE.items():
        if value := getattr(query, name):
            yield words, nothing.changed(**{name: value})


def _near(place: str) -> Words:
    return lambda n: _("%(count)s near %(place)s, without the rest") % {"count": f"{n:,}", "place": place}


def _further_away(n: int) -> str:
    return _("%(count)s further away") % {"count": f"{n:,}"}


def _within(miles: int) -> Words:
    return lambda n: ngettext(
        "%(count)s within %(miles)d miles", "%(count)s within %(miles)d miles", n
    ) % {"count": f"{n:,}", "miles": miles}  # fmt: skip


def _without(feature: str) -> Words:
    return lambda n: _("%(count)s without “%(feature)s”") % {"count": f"{n:,}", "feature": feature}


_LESS: list[tuple[Words, dict[str, object]]] = [
    (
        lambda n: ngettext("%(count)s on another date", "%(count)s on other dates", n) % {"count": f"{n:,}"},
        {"when": "", "first_day": None, "last_day": None},
    ),
    (
        lambda n: ngettext("%(count)s on another day", "%(count)s on other days", n) % {"count": f"{n:,}"},
        {"days": ()},
    ),
    (
        lambda n: ngettext("%(count)s at another time", "%(count)s at other times", n) % {"count": f"{n:,}"},
        {"times": ()},
    ),
    (lambda n: _("%(count)s for other ages") % {"count": f"{n:,}"}, {"ages": (), "as_of": None}),
    (lambda n: _("%(count)s for anyone") % {"count": f"{n:,}"}, {"audiences": ()}),
    (lambda n: _("%(count)s that may cost something") % {"count": f"{n:,}"}, {"free": False}),
    (lambda n: _("%(count)s if an adult comes too") % {"count": f"{n:,}"}, {"alone": False}),
    (lambda n: _("%(count)s of other kinds") % {"count": f"{n:,}"}, {"types": ()}),
    (lambda n: _("%(count)s in other languages") % {"count": f"{n:,}"}, {"languages": ()}),
    (lambda n: _("%(count)s with other aims") % {"count": f"{n:,}"}, {"aims": ()}),
    (lambda n: _("%(count)s by other organisers") % {"count": f"{n:,}"}, {"organisers": (), "schools": ()}),
    (lambda n: _("%(count)s in other places") % {"count": f"{n:,}"}, {"places": ()}),
    (lambda n: _("%(count)s not picked") % {"count": f"{n:,}"}, {"picks": ()}),
    (lambda n: _("%(count)s without these words") % {"count": f"{n:,}"}, {"q": ""}),
]

_ALONE: dict[str, Words] = {
    "ages": lambda n: _("%(count)s for these ages, without the rest") % {"count": f"{n:,}"},
    "types": lambda n: _("%(count)s of these kinds, without the rest") % {"count": f"{n:,}"},
    "q": lambda n: _("%(count)s with these words, without the rest") % {"count": f"{n:,}"},
    "days": lambda n: _("%(count)s on these days, without the rest") % {"count": f"{n:,}"},
}
