"""What is on: `/activities/`."""

import datetime

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import index
from events.browsing import form, names, results, sharing, words
from events.map import picture
from events.query import Query, parse
from events.search import find, loosened
from events.search import month as month_of
from events.views import our_list
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
    if our_list.is_asked(request, query):
        return our_list.page(request, query, now)
    if query.near_elsewhere or _is_untidy(request):
        return HttpResponseRedirect(f"{request.path}?{query.to_querystring_as_typed()}")
    query, known_names = names.named(_with_month(query.aged(today), today), today)
    answer = find(query, now, generation=snapshot.generation)
    looser = [] if answer.total else loosened(query, now, generation=snapshot.generation)
    drawn = picture.context(query, snapshot, now) if query.view == "map" else None
    month = month_of(query, snapshot, now) if query.view == "calendar" and answer.total else None
    counts = form.counts(answer, snapshot.known)
    title = sharing.title(query, snapshot.known, known_names)
    holes = {
        "title": escape(title),
        "heading": escape(words.heading(query)),
        "found": escape(results.found_words(query, answer, month)),
        "results": results.markup(
            query,
            answer,
            known=snapshot.known,
            names=known_names,
            looser=looser,
            month=month,
            map_context=drawn,
            now=now,
        ),
    }
    if wants_part(request):
        body = _part(holes) + form.swapped_markup(query, counts)
    else:
        holes |= {
            "description": escape(sharing.description(answer.total)),
            "head": sharing.head(query, snapshot.known, title, answer.total) + _map_head(query),
        }
        body = form.page(snapshot.known).filled({**holes, **form.words(query, counts)})
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
        f'<h1 id="heading" data-hx-swap-oob="innerHTML">{holes["heading"]}</h1>'
        f'<p id="found" data-hx-swap-oob="innerHTML">{holes["found"]}</p>'
    )


def _map_head(query: Query) -> str:
    return render_to_string("events/browse/map_head.html") if query.view == "map" else ""
