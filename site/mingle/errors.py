"""Pages for when something is wrong. None of them may need the database."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 30


def unavailable() -> HttpResponse:
    """The database is away: come back in half a minute. Recovery needs no restart."""
    return HttpResponse(
        render_to_string("503.html"), status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when what failed is the database's absence."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable()
    return HttpResponse(render_to_string("500.html"), status=500)
