"""What the script of the map asks for: markers for a piece of it, and the ground. See docs/map.md."""

import json

from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from design import pictograms
from events import index
from events.browsing import names, words
from events.browsing.chips import address
from events.map import ground, picture, window
from events.map.markers import Item, Marker, markers
from events.query import parse
from events.search import spots
from organisations.page_cache import Page, cached_page, generation


@require_safe
@cached_page
def points(request: HttpRequest) -> HttpResponseBase:
    """Markers for the question in the address and the piece of the map in `box` and `zoom`.

    The rest of the address is read as browsing reads it; a box or zoom that is none gets words.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    snapshot = index.current(generation(request))
    query = parse(request.GET, snapshot.known)
    try:
        shown = window.read(request.GET)
    except window.Unreadable as problem:
        return JsonResponse({"problem": str(problem)}, status=400)
    if query.near_elsewhere:
        return HttpResponseRedirect(f"{request.path}?{_elsewhere(request, query.to_querystring())}")
    query, _ = names.named(query.aged(today), today)
    found = spots(query, snapshot, now)
    drawn = markers(found, shown, snapshot, today)
    again = picture.here(query, shown.box)
    answer = {
        "words": words.shown_words(sum(marker.count for marker in drawn), len(found)),
        "here": address(again) if again else "",
        "markers": [_marker(marker) for marker in drawn],
    }
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return Page(text, changes_at=[found.changes_at], content_type="application/json")


@require_safe
@cached_page
def drawn_ground(request: HttpRequest) -> Page:
    """The ground as SVG: one for the whole installation."""
    return Page(ground.read(), content_type="image/svg+xml")


def _marker(marker: Marker) -> dict[str, object]:
    """With a symbol where it is of one activity, with a box to go to where looking closer parts the group."""
    group = marker.group
    about: dict[str, object] = {
        "at": [round(group.latitude, 5), round(group.longitude, 5)],
        "count": marker.count,
        "name": marker.name,
    }
    if not marker.items:
        return {**about, "box": [round(edge, 5) for edge in group.bounds]}
    if marker.count == 1:
        about["symbol"] = pictograms.known(marker.type)
    return {
        **about,
        "place": marker.place,
        "items": [_item(item) for item in marker.items],
        **({"more": words.more_words(marker.more)} if marker.more else {}),
    }


def _item(item: Item) -> dict[str, str]:
    said = {
        "uuid": str(item.uuid),
        "title": item.title,
        "when": item.when,
        "price": item.price,
        "href": item.href,
    }
    return {**said, "notice": item.notice} if item.notice else said


def _elsewhere(request: HttpRequest, question: str) -> str:
    """The shorter address, for the same piece of the map."""
    kept = request.GET.copy()
    for name in set(kept) - {"box", "zoom"}:
        del kept[name]
    return "&".join(filter(None, [question, kept.urlencode(safe=",")]))
