"""One school of the register: where and what it is, what it does here and when."""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import organiser_parts
from images import cards
from organisations import sharing
from organisations.models import Organisation
from organisations.page_cache import Page, cached_page, generation, render
from organisations.slots import Part
from places.models import Place, School
from schools import feeds, nearby, pairs


@cached_page
@require_safe
def school(request: HttpRequest, urn: int) -> Page:
    """404 for a number that the register does not have. A closed school says so and leads on."""
    found = School.objects.filter(pk=urn).first()
    if found is None:
        raise Http404
    organisation = _organisation(urn)
    whats_on = _whats_on(request, organisation) if organisation else None
    paired = pairs.of(found, timezone.now())
    return render(
        request,
        "schools/school.html",
        {
            "school": found,
            "place": Place.objects.containing(found.area_code).first() if found.area_code else None,
            "organisation": organisation,
            "whats_on": whats_on,
            "twins": paired.twins,
            "coming": paired.coming,
            "near": [] if found.is_teaching else nearby.open_schools(found),
            "steps": [(_("Schools"), reverse("schools"))],
            "address": f"{settings.PUBLIC_ADDRESS}{reverse('school', args=[urn])}",
            "social_picture": sharing.picture(organisation, None) if organisation else cards.site_address(),
        },
        changes_at=(*paired.changes_at, *(whats_on.changes_at if whats_on else ())),
    )


def _organisation(urn: int) -> Organisation | None:
    """The school as an organisation, while the public may see it."""
    public = Organisation.objects.public(timezone.localdate()).filter(urn=urn, page__live=True)
    return public.select_related("place", "page").first()


def _whats_on(request: HttpRequest, organisation: Organisation) -> Part:
    """As on the organisation's own page, with the calendar under the school's address."""
    part = organiser_parts.whats_on(organisation, timezone.now(), generation(request))
    return Part(part.template, {**part.context, "calendar": feeds.links_of(organisation)}, part.changes_at)
