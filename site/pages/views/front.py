"""The first page, and each place's own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from images import cards
from organisations.page_cache import Page, cached_page, generation, render
from pages import front
from pages.models import HomePage
from places.models import Place


@cached_page
@require_safe
def home(request: HttpRequest) -> Page:
    shown = front.home(HomePage.objects.live().first(), now=timezone.now(), generation=generation(request))
    return render(request, "pages/home.html", shown.context(), changes_at=[shown.changes_at])


@cached_page
@require_safe
def place(request: HttpRequest, slug: str) -> Page:
    found = Place.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    shown = front.of_place(found, now=timezone.now(), generation=generation(request))
    return render(request, "pages/place.html", shown.context(), changes_at=[shown.changes_at])


@require_safe
def place_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that a shared link to a place's page shows."""
    found = Place.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return cards.answer(request, front.place_card(found))
