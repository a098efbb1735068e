"""The picture that a shared link to an activity shows."""

import uuid
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events import permissions, pictures
from events.models import Activity
from images.covers import png
from images.covers.geometry import Cover

KEPT = 200  # cards of about 20 kB; one takes a tenth of a second to draw


@require_safe
def card(request: HttpRequest, uuid: uuid.UUID) -> HttpResponse:
    """Only of an activity that is public. A day in caches: its address changes with what is on it."""
    found = Activity.objects.select_related("host", "type", "venue").filter(uuid=uuid).first()
    if found is None or not permissions.is_public(found, timezone.localdate()):
        raise Http404
    return HttpResponse(
        _drawn(pictures.cover_of(found), *pictures.card_words(found)),
        content_type="image/png",
        headers={"Cache-Control": "public, max-age=86400"},
    )


@lru_cache(maxsize=KEPT)
def _drawn(cover: Cover, title: str, subtitle: str) -> bytes:
    return png.write(cover, title, subtitle)
