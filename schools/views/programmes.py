"""The programme of a twinning in the workspace: where it stands, and planning it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import in_hand
from accounts.requests import SignedIn
from events.addresses import path_of
from organisations.models import Organisation, Venue
from organisations.refusals import Refused
from places.models import School
from schools import permissions
from schools.actions import programmes as actions
from schools.forms.programmes import Places, PlanForms
from schools.models import Programme, ProgrammeTemplate, Side, Twinning
from schools.models.twinning import TOGETHER
from schools.programmes import lines_of

BY_HAND = "hand"


@login_required
def programme(request: SignedIn, urn: int, uuid: UUID) -> HttpResponse:
    """One page: what is due, and all meetings with day, time and place. Read by all members of the two
    schools; planned by owners and editors of either."""
    school = _school(request, urn)
    known = Twinning.objects.agreed_once().of(school).select_related("first", "second")
    twinning = get_object_or_404(known, uuid=uuid)
    found = Programme.objects.filter(twinning=twinning).select_related("activity__host").first()
    lines = lines_of(found, timezone.now()) if found else []
    context = {
        "school": school,
        "twinning": twinning,
        "other": twinning.other(school),
        "programme": found,
        "lines": lines,
        "groups": _groups(twinning, found),
        "page": path_of(found.activity) if found and found.activity and found.activity.live else "",
    }
    if twinning.state not in TOGETHER or not permissions.speaks_for(request.user, school):
        return render(request, "schools/organise/programme.html", context)
    owners = list(permissions.who_stand_for(twinning))
    offered = ProgrammeTemplate.objects.offered_in([each.place_id for each in owners]).in_use()
    begins_with = request.GET.get("from", "")
    template = offered.filter(pk=int(begins_with)).first() if _is_key(begins_with) else None
    if not found and not template and begins_with != BY_HAND and request.method != "POST":
        context |= {"templates": offered.prefetch_related("meetings"), "by_hand": BY_HAND}
        return render(request, "schools/organise/programme_begin.html", context)
    plan = PlanForms(
        request.POST if request.method == "POST" else None,
        twinning=twinning,
        programme=found,
        template=template,
        lines=lines,
        places=_places(twinning, owners),
    )
    if request.method == "POST" and _planned(request, twinning, school, plan):
        return redirect("twinning_programme", urn, uuid)
    context |= {"plan": plan, "opens": request.method == "POST" or any(line.is_open for line in lines)}
    return render(request, "schools/organise/programme.html", context)


def _planned(request: SignedIn, twinning: Twinning, school: School, plan: PlanForms) -> bool:
    """Try it; what is refused is said beside the field, and everything typed stays."""
    if not plan.is_valid():
        return False
    try:
        actions.plan(
            twinning=twinning,
            school=school,
            plan=plan.plan(),
            version=plan.about.cleaned_data["version"],
            by=request.user,
        )
    except ValidationError as refused:
        plan.refuse(refused)
        return False
    except Refused as refused:
        plan.about.add_error(None, str(refused))
        return False
    messages.success(request, _("Saved. Both schools see it, and the dates are in both calendars."))
    return True


def _school(request: SignedIn, urn: int) -> School:
    """Members of the school alone."""
    school = get_object_or_404(School, pk=urn)
    if not permissions.of_school(request.user, school):
        raise Http404
    return school


@in_hand.held_by(None)
def _places(twinning: Twinning, owners: list[Organisation]) -> Places:
    """Both schools' venues are offered to either."""
    return Places(twinning, list(Venue.objects.usable_by(*owners).order_by("name", "pk")), owners)


def _groups(twinning: Twinning, programme: Programme | None) -> list[tuple[School, list[object]]]:
    """Who takes part, by school."""
    rows = list(programme.groups.all()) if programme else []
    sides = ((Side.FIRST, twinning.first), (Side.SECOND, twinning.second))
    return [(school, [row for row in rows if row.side == side]) for side, school in sides]


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
