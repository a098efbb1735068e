"""What is on: `/activities/`."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.views.decorators.http import require_safe

from events import index
from events.browsing import form, names, results, words
from events.query import Query, parse
from events.search import find, loosened
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
    query, known_names = names.named(query.aged(today), today)
    answer = find(query, now, generation=snapshot.generation)
    looser = [] if answer.total else loosened(query, now, generation=snapshot.generation)
    counts = form.counts(answer, snapshot.known)
    holes = {
        "title": escape(words.heading(query)),
        "heading": escape(words.heading(query)),
        "found": escape(words.found_words(answer.total, query.page, answer.pages)),
        "results": results.markup(
            query, answer, known=snapshot.known, names=known_names, looser=looser, today=today
        ),
    }
    if wants_part(request):
        body = _part(holes) + form.swapped_markup(query, counts)
    else:
        body = form.page(snapshot.known).filled({**holes, "head": _head(query), **form.words(query, counts)})
    return Page(body, changes_at=[answer.changes_at])


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
