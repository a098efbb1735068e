"""Who one school could twin with: for its members in words alone, for officers with the figures."""

import json

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.requests import SignedIn
from places.models import School
from schools import drawing, permissions, twins, wording

HOME = "★"


@require_safe
@login_required
def candidates(request: SignedIn, urn: int) -> HttpResponse:
    """The ten best as a list and a map."""
    school = _found(request, urn)
    found = twins.best(school)
    said = [(twin, wording.sentence(school, twin)) for twin in found.twins]
    context = {
        "school": school,
        "said": said,
        "why": found.why,
        "oversees": permissions.sees_figures(request.user, school),
        "map": _map(school, found.twins) if said else None,
    }
    return render(request, "schools/organise/twins.html", context)


@require_safe
@login_required
def points(request: SignedIn, urn: int) -> HttpResponse:
    """The same ten for the map's script, in its form: docs/map.md."""
    school = _found(request, urn)
    found = twins.best(school).twins
    markers = [
        {
            "at": [twin.school.latitude, twin.school.longitude],
            "count": number,
            "name": twin.school.name,
            "place": twin.school.name,
            "items": [_item(twin.school, wording.sentence(school, twin))],
        }
        for number, twin in enumerate(found, start=1)
    ]
    home = {
        "at": [school.latitude, school.longitude],
        "count": HOME,
        "name": school.name,
        "place": school.name,
        "items": [_item(school, _("Your school"))],
    }
    words = ngettext("%(count)s school", "%(count)s schools", len(found)) % {"count": len(found)}
    answer = {"words": words, "here": "", "markers": [*markers, home]}
    return HttpResponse(json.dumps(answer, ensure_ascii=False), content_type="application/json")


def _found(request: SignedIn, urn: int) -> School:
    school = get_object_or_404(School, pk=urn)
    if not permissions.may_look_for_twins(request.user, school):
        raise Http404
    return school


def _item(school: School, words: str) -> dict[str, str]:
    return {"title": school.name, "when": "", "price": words, "href": reverse("school", args=[school.pk])}


def _map(school: School, found: tuple[twins.Twin, ...]) -> dict[str, object]:
    spots = [
        drawing.Spot(
            float(twin.school.latitude or 0),
            float(twin.school.longitude or 0),
            twin.school.name,
            label=str(number),
            href=f"#twin-{number}",
        )
        for number, twin in enumerate(found, start=1)
    ]
    home = drawing.Spot(
        float(school.latitude or 0), float(school.longitude or 0), school.name, label=HOME, is_home=True
    )
    return {**drawing.context([*spots, home]), "points": reverse("twin_points", args=[school.pk])}
