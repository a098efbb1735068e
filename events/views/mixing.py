"""What registers mean, for those who took them: a session, a series of a year, an organisation."""

import dataclasses
import datetime
from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedIn
from diversity import reading
from diversity.categories import EDITION
from diversity.reading import Figure, Reading
from events import permissions
from events.actions import registers
from events.answers import outnumbered
from events.mixing import bases, lines, sessions
from events.mixing.sessions import Met
from events.models import Activity, Occurrence
from events.models.occurrence import OccurrenceQuerySet
from events.wording import day_words, when_words
from events.wording.mixing import ADVICE, apart_words, silence_words
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
    edition = met[0].session.edition if met else EDITION
    found = bases.of_activities(occurrence.activity.host.place, [occurrence.activity], edition)
    held = sessions.held(occurrence.activity, now - YEAR, now)
    read = reading.of_session(met[0].session, found.counts, held=max(1, held)) if met else None
    when = when_words(occurrence.starts_at, occurrence.ends_at, timezone.localdate())
    context: dict[str, object] = {"occurrence": occurrence, "activity": occurrence.activity, "when": when}
    own = permissions.may_record(request.user, occurrence.activity)
    if own:
        context["outnumbered"] = outnumbered.of(occurrence)
        context["shut"] = registers.why_shut(occurrence, met[0].occurrence.register if met else None, now)
    return render(request, "events/organise/mixing/session.html", context | _told(read, found, own=own))


@login_required
@require_safe
def series(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """One activity over a year."""
    mine = permissions.changeable_by(request.user)
    rows = Activity.objects.select_related("host__place")
    activity = get_object_or_404(rows, uuid=activity_uuid, pk__in=mine.values("activity"))
    met = _of_a_year(Occurrence.objects.filter(activity=activity))
    series = [each.session for each in met]
    found = bases.of_activities(activity.host.place, [activity], reading.edition_of([series]))
    read = reading.of_series(series, found.counts) if met else None
    context = {"activity": activity, "dates": _dates(met)}
    told = _told(read, found, met, own=permissions.may_record(request.user, activity))
    return render(request, "events/organise/mixing/series.html", context | told)


@login_required
@require_safe
def organisation(request: SignedIn, slug: str) -> HttpResponse:
    """All that it hosts or helps to run, over a year."""
    found = get_object_or_404(Organisation.objects.select_related("place"), slug=slug)
    own = belonging_to(request.user).filter(pk=found.pk).exists()
    if not own and not overseen_by(request.user).filter(pk=found.pk).exists():
        raise Http404
    run = sessions.activities_of(found)
    met = _of_a_year(Occurrence.objects.filter(activity__in=list(run)))
    activities = {key: run[key] for key in {each.occurrence.activity_id for each in met}}
    series = sessions.by_series(met)
    edition = reading.edition_of(series)
    counted = {
        each.occurrence.activity_id
        for each in met
        if each.session.is_count_day and each.session.edition == edition
    }
    base = bases.of_activities(found.place, [run[key] for key in counted], edition)
    read = reading.of_several(series, base.counts) if met else None
    context = {"organisation": found, "activities": sorted(activities.values(), key=lambda each: each.title)}
    context["exports"] = permissions.may_export(request.user, found)
    return render(request, "events/organise/mixing/organisation.html", context | _told(read, base, own=own))


def _of_a_year(rows: OccurrenceQuerySet) -> list[Met]:
    now = timezone.now()
    return sessions.with_registers(rows.filter(starts_at__gt=now - YEAR), now)


def _told(
    read: Reading | None, found: bases.Found, met: Sequence[Met] = (), *, own: bool
) -> dict[str, object]:
    """`read` is None where there is no register at all. `own`: how a club too small for numbers stands is
    told to the club alone."""
    if read is None:
        return {"read": None}
    if not own:
        read = dataclasses.replace(read, standing=None)
    told = lines.of_reading(read, found)
    days = _days([each for each in met if each.session.edition == read.edition])
    year = lines.over_the_year(days, timezone.localdate()) if told else None
    return {
        "read": read,
        "lines": [*told, year] if year else told,
        "apart": apart_words(read),
        "silence": silence_words(read, may_stand=own and found.counts is not None and found.counts.is_mixed),
        "advice": [ADVICE[each] for each in read.advice],
        "base": found.base,
    }


def _days(met: Sequence[Met]) -> list[tuple[datetime.date, Figure]]:
    """Count days whose own figure may be shown."""
    read = [(each.occurrence, reading.of_session(each.session)) for each in met]
    return [
        (timezone.localdate(occurrence.starts_at), shown.chance)
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
