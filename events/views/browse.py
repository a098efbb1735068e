"""What is on: `/activities/`."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import index
from events.browsing import form, names, results, words
from events.query import Query, parse
from events.search import find, loosened
from events.search import month as month_of
from organisations.page_cache import Page, cached_page, generation, wants_part


@require_safe
@cached_page
def browse(request: HttpRequest) -> HttpResponseBase:
    """Activities that answer the question in the address: the whole page or, for htmx, what changes in it.

    An address that says more of a position than it may, or that carries empty fields, leads to a shorter one.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    snapshot = index.current(generation(request))
    query = parse(request.GET, snapshot.known)
    if query.near_elsewhere or _is_untidy(request):
        return HttpResponseRedirect(f"{request.path}?{query.to_querystring_as_typed()}")
    query, known_names = names.named(_with_month(query.aged(today), today), today)
    answer = find(query, now, generation=snapshot.generation)
    looser = [] if answer.total else loosened(query, now, generation=snapshot.generation)
    month = month_of(query, snapshot, now) if query.view == "calendar" and answer.total else None
    counts = form.counts(answer, snapshot.known)
    holes = {
        "title": escape(words.heading(query)),
        "heading": escape(words.heading(query)),
        "found": escape(results.found_words(query, answer, month)),
        "results": results.markup(
            query, answer, known=snapshot.known, names=known_names, looser=looser, month=month, now=now
        ),
    }
    if wants_part(request):
        body = _part(holes) + form.swapped_markup(query, counts)
    else:
        body = form.page(snapshot.known).filled({**holes, "head": _head(query), **form.words(query, counts)})
    return Page(body, changes_at=[answer.changes_at])


def _with_month(query: Query, today: datetime.date) -> Query:
    """A month that is over has nothing to show: words, and the calendar from its first date on."""
    if query.month is None or query.month >= today.replace(day=1):
        return query
    without = query.changed(month=None, page=query.page)
    return without.with_problem("month", _("That month is over. This is what comes next."))


def _is_untidy(request: HttpRequest) -> bool:
    """A form without script sends every field, empty ones too, and the position twice."""
    return len(request.GET.getlist("near")) > 1 or any("" in values for _, values in request.GET.lists())


def _part(holes: dict[str, str]) -> str:
    return (
        f"<title>{holes['title']} · Mingle</title>{holes['results']}"
        f'<h1 id="heading" hx-swap-oob="innerHTML">{holes["heading"]}</h1>'
        f'<p id="found" hx-swap-oob="innerHTML">{holes["found"]}</p>'
    )


def _head(query: Query) -> str:
    """The canonical address. Search engines keep the whole list and that of a type or a place, no more."""
    question = query.to_querystring()
    address = f"{settings.PUBLIC_ADDRESS}{reverse('browse')}" + (f"?{question}" if question else "")
    canonical = format_html('<link rel="canonical" href="{}">', address)
    narrow = len(query.types) + len(query.places) > 1 or query.changed(types=(), places=()).pairs()
    return canonical + ('<meta name="robots" content="noindex">' if narrow or query.page > 1 else "")
