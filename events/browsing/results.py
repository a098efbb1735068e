"""The part of the page that answers: what was asked, what was found, what else there would be."""

import datetime
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import ngettext

from events import cards
from events.browsing import form, words
from events.browsing.chips import Chip, address, chips
from events.browsing.choices import SORT_WORDS
from events.browsing.names import Names
from events.feeds import links
from events.feeds.links import Links
from events.query import SCHOOL_YEAR_BEGINS, Known, Query
from events.search import Looser, Results
from events.wording import joined


def markup(
    query: Query,
    results: Results,
    *,
    known: Known,
    names: Names,
    looser: list[Looser],
    today: datetime.date,
    map_context: dict[str, Any] | None = None,
) -> str:
    """`looser` are questions to offer where nothing is found; `map_context` is what
    that view shows beside the list."""
    return render_to_string(
        "events/browse/results.html",
        {
            "found": words.found_words(results.total, query.page, results.pages),
            "problems": form.other_problems(query.problems),
            "notes": list(
                filter(None, [query.near and query.near.note, words.instead_words(results.instead)])
            ),
            "map": map_context,
            "chips": chips(query, known, names),
            "sorts": list(_sorts(query)),
            "cards": cards.filled(results.found, ages=results.ages, today=today),
            "beyond": address(query.changed(page=results.pages)) if results.total else "",
            "looser": [Chip(offer.words, address(offer.query)) for offer in looser],
            "ask": _ask(query, results, known),
            "asking": query.ask,
            "last": results.pages,
            **_pages(query, results),
            "calendar": subscription(query, today) if results.found else None,
        },
    )


def subscription(query: Query, today: datetime.date) -> Links:
    """The same question as a calendar. Ages grow with the child, from this school year on."""
    year = today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1
    return links.of_query(query.changed(as_of=(year, SCHOOL_YEAR_BEGINS)) if query.ages else query)


def _pages(query: Query, results: Results) -> dict[str, Any]:
    rest = query.to_querystring(page=1)
    number = query.page
    page = SimpleNamespace(
        number=number,
        has_previous=number > 1,
        has_next=number < results.pages,
        previous_page_number=number - 1,
        next_page_number=number + 1,
    )
    return {"page": page, "rest": f"{rest}&" if rest else ""}


def _sorts(query: Query) -> Iterator[dict[str, object]]:
    """Ways to sort that make sense here. What is sorted anyway is not written in the address."""
    by_itself = "match" if query.q else "date"
    for sort, label in SORT_WORDS.items():
        if (sort == "match" and not query.q) or (sort == "distance" and not query.near):
            continue
        changed = query.changed(sort="" if sort == by_itself else sort)
        yield {"label": label, "href": address(changed), "on": sort == (query.sort or by_itself)}


def _ask(query: Query, results: Results, known: Known) -> Chip | None:
    """What could suit too, for all we know, apart from what does."""
    if not results.ask or query.ask:
        return None
    features = joined(known.access.get(slug, slug) for slug in query.access)
    label = ngettext(
        "Of %(count)s more activity nobody has told us yet: %(features)s.",
        "Of %(count)s more activities nobody has told us yet: %(features)s.",
        results.ask,
    )
    return Chip(label % {"count": f"{results.ask:,}", "features": features}, address(query.changed(ask=True)))
