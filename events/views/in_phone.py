"""Registers in the phone: what "Ready for tonight" stores, and what opens them without signal.

The page and the worker are the same for everybody and read no session, so that a browser may keep them.
"""

import hashlib
import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.requests import SignedIn
from events import stored_registers
from events.register_page import Asked, Line
from events.views.registers import signed_out

SCRIPTS = ("js/registers-kept.js", "js/registers-worker.js")
FILES = (
    "css/site.css",
    "icons/mark.svg",
    "icons/sprite.svg",
    "fonts/atkinson-hyperlegible-next-latin.woff2",
    "fonts/bricolage-grotesque-latin.woff2",
    "js/registers-kept.js",
    "js/registers-waiting.js",
    "js/register.js",
    "js/registers-phone.js",
)
"""All that the page asks for."""
HOLE = Line("{figure}", "{words}", "{number}", "{number}")
QUESTION = Asked("{question}", "{words}", [], 0, too_many=False)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The list of what this phone keeps, and each register in it; filled in by the phone."""
    return _checked_each_time(HttpResponse(_page()))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. Its address gives it `/organise/` and nothing else.

    It names the files by their hashes and the page by its digest, so that a release is another worker.
    """
    files = [static(name) for name in FILES]
    release = hashlib.sha256("\n".join([_page(), *files]).encode()).hexdigest()[:16]
    told = {"release": release, "page": reverse("registers_in_phone"), "files": files}
    scripts = ", ".join(json.dumps(static(name)) for name in SCRIPTS)
    text = f"self.kept = {json.dumps(told)};\nimportScripts({scripts});\n"
    return _checked_each_time(HttpResponse(text, content_type="text/javascript; charset=utf-8"))


@never_cache
@require_safe
def ready(request: SignedIn) -> JsonResponse:
    """The registers of the next 24 hours, counts only."""
    if not request.user.is_authenticated:
        return signed_out()
    return JsonResponse(stored_registers.told(request.user, timezone.now()))


@never_cache
@require_safe
def token(request: SignedIn) -> JsonResponse:
    """What batches are sent with: a page that was kept has an old token, and perhaps another person's."""
    if not request.user.is_authenticated:
        return signed_out()
    return JsonResponse({"token": get_token(request), "person": stored_registers.person(request.user)})


def _page() -> str:
    """Written without the request: nothing of who asks can be in it."""
    return render_to_string("events/organise/in_phone/page.html", {"line": HOLE, "question": QUESTION})


def _checked_each_time(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_cache=True)
    return response
