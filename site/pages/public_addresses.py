"""Every public page with its address and when it last changed: what the sitemap tells."""

import datetime
from collections.abc import Iterator

from django.urls import reverse

from events.models import Listing
from organisations.models import Organisation
from pages.models import InformationPage
from places.models import Place

Address = tuple[str, datetime.datetime | None]


def addresses(today: datetime.date) -> Iterator[Address]:
    """Paths without the host, in a lasting order: what is new comes at the end of its kind."""
    for name in ("home", "browse", "organisers", "schools"):
        yield reverse(name), None
    public = Organisation.objects.public(today).filter(page__live=True)
    for slug in (
        Place.objects.filter(organisations__in=public)
        .distinct()
        .order_by("pk")
        .values_list("slug", flat=True)
    ):
        yield reverse("place", args=[slug]), None
    for page in InformationPage.objects.live().order_by("pk"):
        yield page.url, page.last_published_at
    for slug, at in public.order_by("pk").values_list("slug", "page__last_published_at"):
        yield reverse("organisation", args=[slug]), at
    listings = Listing.objects.filter(public=True, activity__live=True, activity__host__in=public.order_by())
    yield from listings.order_by("pk").values_list("path", "activity__last_published_at")
