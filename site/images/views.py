"""Serves pictures: covers computed from their address, and renditions. Originals are served by nothing."""

from functools import lru_cache
from pathlib import PurePosixPath
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.images.models import get_rendition_storage

from images import cards
from images.cards import FOR_EVER
from images.covers import svg
from images.covers.geometry import THREADS, Cover

# What renditions are; SVG is not among them: it can carry script.
KINDS = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


@require_safe
def cover(request: HttpRequest, id: str, warp: str, weft: str, slug: str) -> HttpResponse:
    """A woven cover. Its address says all that it is made from, so it never changes under one address."""
    if warp not in THREADS or weft not in THREADS:
        raise Http404
    return HttpResponse(
        _svg(Cover(UUID(id), warp, weft, slug)),
        content_type="image/svg+xml",
        headers={"Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff"},
    )


@lru_cache(maxsize=256)
def _svg(made_from: Cover) -> str:
    return svg.write(made_from)


@require_safe
def site_card(request: HttpRequest) -> HttpResponse:
    """The picture that a shared link to the first page shows."""
    return cards.answer(request, cards.of_site())


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """A rendition by its file's name. The name is random and new for new content: keep it for ever."""
    kind = KINDS.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        raise Http404
    try:
        file = get_rendition_storage().open(f"images/{name}")
    except OSError as missing:
        raise Http404 from missing
    return FileResponse(
        file,
        content_type=kind,
        headers={"Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff"},
    )
