"""Who one school could twin with: for its members in words alone, for officers with the figures."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.requests import SignedIn
from events.map import window
from places.models import School
from places.school_years import year_of
from schools import drawing, permissions, twins, wording
from schools.models import Twinning

HOME = "★"


@require_safe
@login_required
def candidates(request: SignedIn, urn: int) -> HttpResponse:
    """The ten best as a list and a map."""
    school = _found(request, urn)
    found = _best(school)
    said = [(twin, wording.sentence(school, twin)) for twin in found.twins]
    context = {
        "school": school,
        "said": said,
        "why": found.why,
        "oversees": permissions.sees_figures(request.user, school),
        "speaks": permissions.speaks_for(request.user, school),
        "map": _map(school, found.twins) if said else None,
    }
    return render(request, "schools/organise/twins.html", context)


@require_safe
@login_required
def points(request: SignedIn, urn: int) -> HttpResponse:
    """The same ten for the map's script, in its form: docs/map.md."""
    school = _found(request, urn)
    try:
        shown = window.read(request.GET)
    except window.Unreadable as problem:
        return JsonResponse({"problem": str(problem)}, status=400)
    found = _best(school).twins
    words = {_anchor(number): wording.sentence(school, twin) for number, twin in enumerate(found, start=1)}
    markers = [
        {
            "at": [mark.group.latitude, mark.group.longitude],
            "count": mark.label,
            "name": mark.name,
            "place": mark.name if len(mark.spots) == 1 else _("Near each other"),
            "items": [
                {"title": spot.name, "when": spot.label, "price": words.get(spot.href, ""), "href": spot.href}
                for spot in mark.spots
            ],
        }
        for mark in drawing.marks(_spots(school, found), shown)
    ]
    said = ngettext("%(count)s school", "%(count)s schools", len(found)) % {"count": len(found)}
    return JsonResponse({"words": said, "here": "", "markers": markers})


def _found(request: SignedIn, urn: int) -> School:
    school = get_object_or_404(School, pk=urn)
    if not permissions.may_look_for_twins(request.user, school):
        raise Http404
    return school


def _best(school: School) -> twins.Found:
    """Without those whom it cannot ask this year any more."""
    year = year_of(timezone.localdate())
    return twins.best(school, never=frozenset(Twinning.objects.settled(school, year)))


def _anchor(number: int) -> str:
    """Where a school stands in the list. Names are no keys: a town has two St Joseph's."""
    return f"#twin-{number}"


def _map(school: School, found: Sequence[twins.Twin]) -> dict[str, object]:
    return {**drawing.context(_spots(school, found)), "points": reverse("twin_points", args=[school.pk])}


def _spots(school: School, found: Sequence[twins.Twin]) -> list[drawing.Spot]:
    """The ten with their numbers, which lead to the list, and the school itself."""
    numbered = [
        _spot(twin.school, label=str(number), href=_anchor(number))
        for number, twin in enumerate(found, start=1)
    ]
    return [*numbered, _spot(school, label=HOME)] if found else []


def _spot(school: School, *, label: str, href: str = "") -> drawing.Spot:
    """Whoever has candidates, and whoever is one, has a position."""
    return drawing.Spot(
        float(school.latitude or 0), float(school.longitude or 0), school.name, label=label, href=href
    )
