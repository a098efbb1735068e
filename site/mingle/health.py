"""Whether the process lives, and whether it can serve. For whoever watches the installation."""

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from jobs import running
from mingle.errors import RETRY_AFTER_SECONDS

TEXT = "text/plain; charset=utf-8"
NEVER_KEPT = {"Cache-Control": "no-store"}


@require_safe
def lives(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, the database least of all."""
    return HttpResponse("ok\n", content_type=TEXT, headers=NEVER_KEPT)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when pages can be served, 503 when the database is away. A late nightly job is only said."""
    try:
        late = running.stale(timezone.now())
    except (DatabaseError, InterfaceError):
        headers = {**NEVER_KEPT, "Retry-After": str(RETRY_AFTER_SECONDS)}
        return HttpResponse("the database is away\n", status=503, content_type=TEXT, headers=headers)
    hours = int(running.STALE_AFTER.total_seconds() // 3600)
    body = f"ok, but nightly has not succeeded for {hours} hours\n" if late else "ok\n"
    return HttpResponse(body, content_type=TEXT, headers=NEVER_KEPT)
