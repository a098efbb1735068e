"""A list of activities in a frame on somebody else's site, and the page that makes the code for it."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from events import cards, embedding, index
from events.browsing import names, sharing, words
from events.forms.embed import EmbedForm
from events.query import parse
from events.search import find
from images import cards as social_cards
from organisations.page_cache import cached_page, generation, render

LINK = '<a href="'
# Out of the frame, and without a way back into the page that holds it.
OUTWARD = '<a target="_blank" rel="noopener" href="'


@xframe_options_exempt
@cached_page
@require_safe
def embed(request: HttpRequest) -> HttpResponseBase:
    """What answers a question, as cards in a column; no script, no cookie, and anybody may frame it."""
    now = timezone.now()
    today = timezone.localdate(now)
    snapshot = index.current(generation(request))
    asked, frame = parse(request.GET, snapshot.known), embedding.read(request.GET)
    if asked.near_elsewhere:
        return HttpResponseRedirect(embedding.path(asked, frame))
    query, known_names = names.named(asked.changed(view="list"), today)
    answer = find(query.aged(today), now, generation=snapshot.generation)
    shown = cards.filled(answer.found[: frame.count], ages=answer.ages, today=today)
    problems = [*query.problems.values(), *frame.problems.values()]
    return render(
        request,
        "events/embed.html",
        {
            "title": sharing.title(query.aged(today), snapshot.known, known_names),
            "found": words.found_words(answer.total, 1, 1),
            "cards": SafeString(shown.replace(LINK, OUTWARD)),  # nosec B703
            "problems": list(dict.fromkeys(problems)),
            "address": sharing.address(query),
            "search": sharing.path(query),
            "total": answer.total,
            "colours": frame.colours_path(),
        },
        changes_at=[answer.changes_at],
    )


@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """The frame's colours: our policy allows no style in a page. Its address says all that is in it."""
    return HttpResponse(
        embedding.stylesheet(embedding.read(request.GET)),
        content_type="text/css; charset=utf-8",
        headers={"Cache-Control": social_cards.FOR_EVER, "X-Content-Type-Options": "nosniff"},
    )


@cached_page
@require_safe
def make(request: HttpRequest) -> HttpResponseBase:
    """ "Put this on your site": choose, look, copy. A plain form, so that it works without script."""
    snapshot = index.current(generation(request))
    asked, frame = parse(request.GET, snapshot.known), embedding.read(request.GET)
    if asked.near_elsewhere:
        ours = urlencode([*frame.pairs(), *frame.typed.items()])
        return HttpResponseRedirect(f"{request.path}?{asked.to_querystring_as_typed()}&{ours}")
    query, known_names = names.named(asked.changed(view="list"), timezone.localdate())
    title = sharing.title(query, snapshot.known, known_names)
    found = find(query, timezone.now(), generation=snapshot.generation)
    height = frame.height(found.total)
    return render(
        request,
        "events/embed_make.html",
        {
            "form": EmbedForm(query, frame, snapshot.known),
            "title": title,
            "code": embedding.code(query, frame, title, height=height),
            "preview": embedding.path(query, frame),
            "height": height,
            "search": sharing.path(query),
            "address": f"{settings.PUBLIC_ADDRESS}{reverse('embed_make')}",
            "social_picture": social_cards.site_address(),
        },
        changes_at=[found.changes_at],
    )
