"""What registers mean, for those who took them: a session, a series of a year, an organisation."""

import datetime
from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedIn
from diversity import reading
from diversity.reading import Figure, Reading
from events import permissions
from events.actions import registers
from events.answers import outnumbered
from events.mixing import bases, lines, sessions
from events.mixing.bases import NamedBase
from events.mixing.sessions import Met
from events.models import Activity, Occurrence
from events.wording import day_words, when_words
from events.wording.mixing import ADVICE, silence_words
from organisations.models import Organisation
from organisations.permissions import belonging_to, overseen_by

YEAR = datetime.timedelta(days=365)


@login_required
@require_safe
def session(request: SignedIn, occurrence_uuid: UUID) -> HttpResponse:
    """One meeting. Of those that the person helps to run, or oversees."""
    rows = permissions.changeable_by(request.user).select_related("activity__host__place")
    occurrence = get_object_or_404(rows, uuid=occurrence_uuid)
    now = timezone.now()
    met = sessions.with_registers(Occurrence.objects.filter(pk=occurrence.pk), now)
    base = bases.of_activity(occurrence.activity)
    read = reading.of_session(met[0].session, base.base if base else None) if met else None
    when = when_words(occurrence.starts_at, occurrence.ends_at, timezone.localdate())
    context: dict[str, object] = {"occurrence": occurrence, "activity": occurrence.activity, "when": when}
    if permissions.may_record(request.user, occurrence.activity):
        context["outnumbered"] = outnumbered.of(occurrence)
        context["shut"] = registers.why_shut(occurrence, met[0].occurrence.register if met else None, now)
    return render(request, "events/organise/mixing/session.html", context | _told(read, base))


@login_required
@require_safe
def series(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """One activity over a year."""
    mine = permissions.changeable_by(request.user)
    rows = Activity.objects.select_related("host__place")
    activity = get_object_or_404(rows, uuid=activity_uuid, pk__in=mine.values("activity"))
    met = _of_a_year(Occurrence.objects.filter(activity=activity))
    base = bases.of_activity(activity)
    read = reading.of_series([each.session for each in met], base.base if base else None) if met else None
    context = {"activity": activity, "dates": _dates(met)}
    return render(request, "events/organise/mixing/series.html", context | _told(read, base, met))


@login_required
@require_safe
def organisation(request: SignedIn, slug: str) -> HttpResponse:
    """All that it hosts or helps to run, over a year. Its base are pupils where all of it is for them."""
    found = get_object_or_404(Organisation.objects.select_related("place"), slug=slug)
    if not (belonging_to(request.user) | overseen_by(request.user)).filter(pk=found.pk).exists():
        raise Http404
    run = sessions.activities_of(found)
    met = _of_a_year(Occurrence.objects.filter(activity__in=list(run)))
    activities = {key: run[key] for key in {each.occurrence.activity_id for each in met}}
    young = bool(activities) and all(map(bases.is_for_pupils, activities.values()))
    base = bases.of_place(found.place, young=young)
    read = reading.of_several(sessions.by_series(met), base.base if base else None) if met else None
    context = {"organisation": found, "activities": sorted(activities.values(), key=lambda each: each.title)}
    context["exports"] = permissions.may_export(request.user, found)
    return render(request, "events/organise/mixing/organisation.html", context | _told(read, base))


def _of_a_year(rows: QuerySet[Occurrence]) -> list[Met]:
    now = timezone.now()
    return sessions.with_registers(rows.filter(starts_at__gt=now - YEAR), now)


def _told(read: Reading | None, base: NamedBase | None, met: Sequence[Met] = ()) -> dict[str, object]:
    """`read` is None where there is no register at all."""
    if read is None:
        return {"read": None}
    told = lines.of_reading(read, base)
    year = lines.over_the_year(_days(met)) if told else None
    return {
        "read": read,
        "lines": [*told, year] if year else told,
        "silence": silence_words(read),
        "advice": [ADVICE[each] for each in read.advice],
        "base": base,
    }


def _days(met: Sequence[Met]) -> list[tuple[str, Figure]]:
    """Count days whose own figure may be shown."""
    today = timezone.localdate()
    read = [(each.occurrence, reading.of_session(each.session)) for each in met]
    return [
        (day_words(timezone.localdate(occurrence.starts_at), today), shown.chance)
        for occurrence, shown in read
        if shown.chance is not None
    ]


def _dates(met: Sequence[Met]) -> list[tuple[Occurrence, str]]:
    """Newest first."""
    today = timezone.localdate()
    return [
        (each.occurrence, day_words(timezone.localdate(each.occurrence.starts_at), today))
        for each in reversed(met)
    ]
