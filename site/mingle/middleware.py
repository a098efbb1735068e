"""What every answer carries."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

# Pages for the public, organisers and accounts: own host only, nothing inline. `data:` is for small pictures
# that map code sets from script.
STRICT = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
)
# Wagtail's admin needs inline script and style; its pages still talk to this host only.
CMS = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    ]
)


def _tile_host(pattern: str) -> str:
    """The one other host from which pages may show pictures, where an installation has one for its map."""
    parts = urlsplit(pattern)
    return f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}" if parts.netloc else ""


class SecurityHeaders:
    """Adds the content security policy that fits the address."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.strict = STRICT.replace("img-src 'self'", f"img-src 'self'{_tile_host(settings.TILES)}")
        # For what other sites may show in a frame: the view says so by Django's own mark.
        self.framed = self.strict.replace("frame-ancestors 'self'", "frame-ancestors *")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/cms/"):
            policy = CMS
        else:
            policy = self.framed if getattr(response, "xframe_options_exempt", False) else self.strict
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(), microphone=(), interest-cohort=()"
        )
        return response
