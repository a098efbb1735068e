"""When nothing is found: the smallest changes to the question that would find something."""

import dataclasses
import datetime
from collections.abc import Callable, Iterator, Mapping

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

    Only the first wider circle that finds something is offered.
    """
    snapshot = index.current(generation)
    offers: list[Looser] = []
    for words, changed in variations(query, snapshot.known.access):
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
    for feature in query.access:
        yield (
            _without(features.get(feature, feature)),
            query.changed(access=tuple(other for other in query.access if other != feature), ask=False),
        )
    for words, changes in _LESS:
        changed = query.changed(**changes)
        if changed != query.changed():
            yield words, changed


def _within(miles: int) -> Words:
    return lambda n: ngettext(
        "%(count)d within %(miles)d miles", "%(count)d within %(miles)d miles", n
    ) % {"count": n, "miles": miles}  # fmt: skip


def _without(feature: str) -> Words:
    return lambda n: _("%(count)d without “%(feature)s”") % {"count": n, "feature": feature}


_LESS: list[tuple[Words, dict[str, object]]] = [
    (
        lambda n: ngettext("%(count)d on another date", "%(count)d on other dates", n) % {"count": n},
        {"when": "", "first_day": None, "last_day": None},
    ),
    (
        lambda n: ngettext("%(count)d on another day", "%(count)d on other days", n) % {"count": n},
        {"days": ()},
    ),
    (
        lambda n: ngettext("%(count)d at another time", "%(count)d at other times", n) % {"count": n},
        {"times": ()},
    ),
    (lambda n: _("%(count)d for other ages") % {"count": n}, {"ages": (), "as_of": None}),
    (lambda n: _("%(count)d for anyone") % {"count": n}, {"audiences": ()}),
    (lambda n: _("%(count)d that may cost something") % {"count": n}, {"free": False}),
    (lambda n: _("%(count)d if an adult comes too") % {"count": n}, {"alone": False}),
    (lambda n: _("%(count)d of other kinds") % {"count": n}, {"types": ()}),
    (lambda n: _("%(count)d in other languages") % {"count": n}, {"languages": ()}),
    (lambda n: _("%(count)d with other aims") % {"count": n}, {"aims": ()}),
    (lambda n: _("%(count)d by other organisers") % {"count": n}, {"organisers": (), "schools": ()}),
    (lambda n: _("%(count)d in other places") % {"count": n}, {"places": ()}),
    (lambda n: _("%(count)d not picked") % {"count": n}, {"picks": ()}),
    (lambda n: _("%(count)d without these words") % {"count": n}, {"q": ""}),
]
