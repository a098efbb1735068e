"""Serves pictures: covers computed from their address, and renditions. Originals are served by nothing."""

import mimetypes
from functools import lru_cache
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.images.models import get_rendition_storage

from images.covers import png, svg
from images.covers.geometry import THREADS, Cover

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def cover(request: HttpRequest, id: str, warp: str, weft: str, slug: str, kind: str) -> HttpResponse:
    """A woven cover. Its address says all that it is made from, so it never changes under one address."""
    if warp not in THREADS or weft not in THREADS:
        raise Http404
    made_from = Cover(UUID(id), warp, weft, slug)
    return HttpResponse(
        _svg(made_from) if kind == "svg" else _png(made_from),
        content_type="image/svg+xml" if kind == "svg" else "image/png",
        headers={"Cache-Control": FOR_EVER, "X-Content-Type-Options": "nosniff"},
    )


@lru_cache(maxsize=256)
def _svg(made_from: Cover) -> str:
    return svg.write(made_from)


@lru_cache(maxsize=32)
def _png(made_from: Cover) -> bytes:
    return png.write_plain(made_from)


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """A rendition by its file's name. The name is random and new for new content: keep it for ever."""
    kind = mimetypes.guess_type(name)[0] or ""
    if not kind.startswith("image/") or kind == "image/svg+xml":
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
