"""The register of schools, to look for one."""

from collections.abc import Iterable

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from images import cards
from organisations.models import Organisation
from organisations.page_cache import Page, cached_page, render
from places.models import Phase, Place, School
from schools import finding

ON_A_PAGE = 40


@cached_page
@require_safe
def schools(request: HttpRequest) -> Page:
    """Found by name, place and phase. Nothing of a school's pupils is shown or can be asked for."""
    places = {place.slug: place for place in Place.objects.order_by("name")}
    asked = finding.read(request.GET.dict(), places)
    paginator = Paginator(finding.find(asked, places), ON_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    query = asked.query()
    return render(
        request,
        "schools/schools.html",
        {
            "asked": asked,
            "schools": page,
            "here": _here(school.urn for school in page),
            "total": paginator.count,
            "last": paginator.num_pages,
            "query": f"{query}&" if query else "",
            "with_closed": asked.query(closed=True),
            "places": places.values(),
            "phases": Phase.choices,
            "register_is_loaded": bool(page) or School.objects.exists(),
            "address": f"{settings.PUBLIC_ADDRESS}{reverse('schools')}",
            "social_picture": cards.site_address(),
        },
    )


def _here(urns: Iterable[int]) -> frozenset[int | None]:
    """Those that run activities here."""
    public = Organisation.objects.public(timezone.localdate()).filter(urn__in=list(urns))
    return frozenset(public.values_list("urn", flat=True))
