"""Our list: `/activities/?pick=…` alone, and the code that carries it to another phone."""

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from design import qr as codes
from events import index, our_list
from events.browsing import sharing
from events.feeds import links
from events.query import Query, parse
from organisations.page_cache import Page, generation, render, wants_part

A_DAY = 86_400


def is_asked(request: HttpRequest, query: Query) -> bool:
    """Whether the address asks for picked activities, none of them even, and for nothing else."""
    alone = not query.changed(picks=(), as_of=None).filters()
    return "pick" in request.GET and alone and query.view == "list" and not wants_part(request)


def page(request: HttpRequest, query: Query, now: datetime.datetime) -> Page:
    """The list: to read, to share, to print, to subscribe to."""
    today = timezone.localdate(now)
    shown = our_list.read(query.picks, now=now, today=today, generation=generation(request))
    asked = Query(picks=shown.listed)
    return render(
        request,
        "events/our_list.html",
        {
            "heading": _heading(len(shown.items)),
            "description": sharing.description(len(shown.items)),
            "picture": sharing.picture(asked, index.current(generation(request)).known),
            "problems": list(dict.fromkeys(query.problems.values())),
            "list": shown,
            "picks": query.picks,
            "tidy": our_list.address(shown.listed),
            "address": f"{settings.PUBLIC_ADDRESS}{our_list.address(shown.listed)}",
            "code": f"{reverse('our_list_code')}?{asked.to_querystring()}",
            "calendar": links.of_query(asked),
        },
        changes_at=shown.changes_at,
    )


def _heading(number: int) -> str:
    if not number:
        return _("Our list")
    words = ngettext("Our list: %(count)d activity", "Our list: %(count)d activities", number)
    return words % {"count": number}


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The list's address as a QR code. It says nothing but its own address, so it may be kept for a day."""
    picks = parse(request.GET).picks
    if not picks:
        raise Http404
    return HttpResponse(
        codes.svg(f"{settings.PUBLIC_ADDRESS}{our_list.address(picks)}"),
        content_type="image/svg+xml",
        headers={"Cache-Control": f"public, max-age={A_DAY}"},
    )
