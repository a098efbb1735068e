"""Pictures for other sites: what a shared link to an activity or a search shows, and covers in calendars.

Drawing one takes a tenth of a second, so each is of something that there is, and is kept.
"""

import uuid
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from events import joint, permissions, pictures
from events.models import Activity, ActivityType
from images import cards
from images.covers import addresses, png
from images.covers.geometry import Cover


@require_safe
def card(request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
    """Only of an activity that is public."""
    found = Activity.objects.select_related("host", "type", "venue").filter(uuid=uuid).first()
    if found is None or not permissions.is_public(found, timezone.localdate()):
        raise Http404
    return cards.answer(request, pictures.card(found, joint.threads_of(found)))


@require_safe
def search_card(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Of all that is on, or of one type. What people type is not on it: there is no end of that."""
    name = ActivityType.objects.filter(slug=slug).values_list("name", flat=True).first() if slug else ""
    if name is None:
        raise Http404
    return cards.answer(request, pictures.search_card(slug, name))


@require_safe
def cover(request: HttpRequest, id: str, warp: str, weft: str, slug: str) -> HttpResponseBase:
    """A woven cover as a raster, only of an activity that there is; an old one leads to what it is now."""
    found = Activity.objects.select_related("host", "type").filter(uuid=id).first()
    if found is None:
        raise Http404
    now = pictures.cover_of(found, joint.threads_of(found))
    if (warp, weft, slug) != (now.warp, now.weft, now.slug):
        return HttpResponseRedirect(addresses.raster_path(now))
    return HttpResponse(
        _drawn(now),
        content_type="image/png",
        headers={"Cache-Control": cards.FOR_EVER, "X-Content-Type-Options": "nosniff"},
    )


@lru_cache(maxsize=cards.KEPT)
def _drawn(cover: Cover) -> bytes:
    return png.write_plain(cover)
