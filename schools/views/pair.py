"""Two twins, for families: when they meet next, and their calendar."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from images import cards
from organisations.page_cache import Page, cached_page, render
from schools import pairs
from schools.models import Twinning


@cached_page
@require_safe
def pair(request: HttpRequest, uuid: UUID) -> Page:
    """404 before both have said yes, once it is over, and while one of the two is not public."""
    found = get_object_or_404(Twinning.objects.public().select_related("first", "second"), uuid=uuid)
    paired = pairs.of_twinning(found, timezone.now())
    if paired is None:
        raise Http404
    return render(
        request,
        "schools/pair.html",
        {
            "twinning": found,
            "paired": paired,
            "steps": [
                (_("Schools"), reverse("schools")),
                (found.first.name, reverse("school", args=[found.first_id])),
            ],
            "address": f"{settings.PUBLIC_ADDRESS}{reverse('pair', args=[uuid])}",
            "social_picture": cards.site_address(),
        },
        changes_at=paired.changes_at,
    )
