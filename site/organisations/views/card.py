"""The picture that a shared link to an organisation shows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from images import cards
from organisations import sharing
from organisations.models import Organisation


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Only of one that is public."""
    public = Organisation.objects.public(timezone.localdate()).select_related("place")
    found = public.filter(slug=slug, page__live=True).first()
    if found is None:
        raise Http404
    return cards.answer(request, sharing.card(found))
