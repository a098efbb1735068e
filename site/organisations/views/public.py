"""Organisations as the public sees them."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.rich_text import expand_db_html

from images import cards, cuts
from images.models import Picture
from organisations import permissions, sharing, slots
from organisations.models import Organisation, OrganisationPage
from organisations.page_cache import Page, cached_page, generation, render

ON_A_PAGE = 60
LONGEST_SEARCH = 100


@cached_page
@require_safe
def organisation(request: HttpRequest, slug: str) -> Page:
    """The page; 410 where the organisation was public once, 404 where it never was."""
    now = timezone.now()
    found = _find(slug)
    if found is None:
        raise Http404
    page: OrganisationPage = found.page
    if not (page.live and permissions.is_public(found, timezone.localdate(now))):
        if found.verified_on is None:
            raise Http404
        parts = slots.ELSEWHERE.parts(found, now, generation(request))
        return render(request, "organisations/organisation_gone.html", {"parts": parts}, status=410)
    shown = context(found, page, now, generation(request))
    moments = [moment for part in shown["parts"] for moment in part.changes_at]
    return render(request, "organisations/organisation.html", shown, changes_at=moments)


def context(
    found: Organisation, page: OrganisationPage, now: datetime.datetime, generation: int | None = None
) -> dict[str, Any]:
    """What the template shows of an organisation; in preview `page` is the draft."""
    return {
        "host": found,
        "page": page,
        "contact": page,
        "body": expand_db_html(page.body),
        "picture": _picture(page.picture),
        "social_picture": sharing.picture(found, page.picture),
        "parts": slots.WHATS_ON.parts(found, now, generation),
        "address": f"{settings.PUBLIC_ADDRESS}{reverse('organisation', args=[found.slug])}",
        "steps": [(_("Organisers"), reverse("organisers"))],
    }


@cached_page
@require_safe
def organisers(request: HttpRequest) -> Page:
    """Everyone who runs activities, by name, with a search of names."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    found = (
        Organisation.objects.public(timezone.localdate())
        .filter(page__live=True)
        .select_related("place", "page")
    )
    if asked:
        found = found.filter(name__icontains=asked)
    page = Paginator(found.order_by("name", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "organisations/organisers.html",
        {
            "organisations": page,
            "last": page.paginator.num_pages,
            "q": asked,
            "query": f"{urlencode({'q': asked})}&" if asked else "",
            "address": f"{settings.PUBLIC_ADDRESS}{reverse('organisers')}",
            "social_picture": cards.site_address(),
        },
    )


def _picture(picture: Picture | None) -> cuts.Shown | None:
    """Only where nobody on it was left unasked."""
    return cuts.shown(picture, cuts.COVER) if picture and picture.may_be_shown else None


def _find(slug: str) -> Organisation | None:
    found = Organisation.objects.filter(slug=slug, page__isnull=False).select_related(
        "page__picture", "place"
    )
    return next(iter(found.prefetch_related("page__picture__renditions").order_by()), None)
