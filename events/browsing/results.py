"""The part of the page that answers: what was asked, what was found, what else there would be."""

import datetime
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext

from events import cards
from events.browsing import agenda, form, words
from events.browsing.chips import Chip, address, chips
from events.browsing.choices import SORT_WORDS, VIEW_ICONS, VIEW_WORDS
from events.browsing.names import Names
from events.browsing.overview import overview
from events.feeds import links
from events.feeds.links import Links
from events.query import SCHOOL_YEAR_BEGINS, Known, Query
from events.search import Looser, Month, Results
from events.wording import joined


def markup(
    query: Query,
    results: Results,
    *,
    known: Known,
    names: Names,
    looser: list[Looser],
    month: Month | None,
    map_context: dict[str, Any] | None,
    now: datetime.datetime,
) -> str:
    """`looser` are questions to offer where nothing is found; `month` is what the calendar shows, and
    `map_context` what the map shows beside the list."""
    today = timezone.localdate(now)
    return render_to_string(
        "events/browse/results.html",
        {
            "view": query.view,
            "views": list(_views(query)),
            "found": found_words(query, results, month),
            "problems": form.other_problems(query.problems),
            "notes": list(
                filter(None, [query.near and query.near.note, words.instead_words(results.instead)])
            ),
            "map": map_context,
            "chips": chips(query, known, names),
            "clear": address(Query(view=query.view)),
            "total": results.total,
            "looser": [Chip(offer.words, address(offer.query)) for offer in looser],
            "ask": _ask(query, results, known),
            "asking": query.ask,
            **(_in_calendar(query, month, results, now) if month else _in_list(query, results, today)),
            "calendar": subscription(query, today) if results.total and not query.ask else None,
        },
    )


def found_words(query: Query, results: Results, month: Month | None) -> str:
    """How many activities, or how many dates there are in the month that the calendar shows."""
    if month:
        return words.dates_in_month_words(month.total, month.first)
    return words.found_words(results.total, query.page, results.pages)


def subscription(query: Query, today: datetime.date) -> Links:
    """The same question as a calendar. Ages grow with the child, from this school year on."""
    year = today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1
    return links.of_query(query.changed(as_of=(year, SCHOOL_YEAR_BEGINS)) if query.ages else query)


def _in_list(query: Query, results: Results, today: datetime.date) -> dict[str, Any]:
    return {
        "sorts": list(_sorts(query)),
        "cards": cards.filled(results.found, ages=results.ages, today=today),
        **_pages(query, results.pages),
    }


def _in_calendar(query: Query, month: Month, results: Results, now: datetime.datetime) -> dict[str, Any]:
    """Other pages are of the same month, whether or not the address named it."""
    return {
        "month": overview(query, month, timezone.localdate(now)),
        "first": address(query.changed(month=None)),
        "days": agenda.days(query, month, results.ages, now),
        **_pages(query.changed(month=month.first, page=query.page), month.pages),
    }


def _pages(query: Query, last: int) -> dict[str, Any]:
    """`beyond` leads to the last page, where the one that was asked for is behind it."""
    rest = query.to_querystring(page=1)
    number = query.page
    page = SimpleNamespace(
        number=number,
        has_previous=number > 1,
        has_next=number < last,
        previous_page_number=number - 1,
        next_page_number=number + 1,
    )
    return {
        "page": page,
        "last": last,
        "rest": f"{rest}&" if rest else "",
        "beyond": address(query.changed(page=last)) if number > last else "",
    }


def _views(query: Query) -> Iterator[dict[str, object]]:
    """The same question in each view. Only the calendar keeps the month; the map brings its own script, so it
    is a page of its own."""
    for view, label in VIEW_WORDS.items():
        kept = query.month if view == "calendar" else None
        yield {
            "name": view,
            "label": label,
            "icon": VIEW_ICONS[view],
            "href": address(query.changed(view=view, month=kept)),
            "on": view == query.view,
            "swaps": view != "map",
        }


def _sorts(query: Query) -> Iterator[dict[str, object]]:
    """Ways to sort that make sense here. What is sorted anyway is not written in the address."""
    by_itself = "match" if query.q else "date"
    for sort, label in SORT_WORDS.items():
        if (sort == "match" and not query.q) or (sort == "distance" and not query.near):
            continue
        changed = query.changed(sort="" if sort == by_itself else sort)
        yield {
            "name": sort,
            "label": label,
            "href": address(changed),
            "on": sort == (query.sort or by_itself),
        }


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
