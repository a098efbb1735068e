"""Whom a school is twinned with, what they do together and when, as everybody may know it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Q
from django.utils import timezone

from events.addresses import path_of
from events.models import Occurrence, State
from events.wording import when_markup
from organisations.models import Organisation
from places.models import School
from schools import feeds
from schools.models import Twinning

MOST_COMING = 6


@dataclass(frozen=True, slots=True)
class Twinned:
    """Another school, in which school year, and the calendar of what the two do together if there is one."""

    other: School
    year: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Coming:
    """One date that a school has with a twin."""

    when: str
    title: str
    path: str
    where: str
    other: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    twins: list[Twinned]
    coming: list[Coming]
    changes_at: tuple[datetime.datetime, ...]
    """When one of those dates is over."""


def of(school: School, now: datetime.datetime) -> Pairs:
    """Twinnings that both schools have agreed on and that go on. One query where there are none, else three.

    Dates are those of activities that the school hosts and a twin runs too, or the other way round.
    """
    found = list(
        Twinning.objects.public().of(school).select_related("first", "second").order_by("year", "pk")
    )
    urns = {urn for each in found for urn in (each.first_id, each.second_id)}
    seen = Organisation.objects.public(timezone.localdate(now)).filter(urn__in=urns) if urns else []
    public = {each.urn: each for each in seen}
    dates = _dates(school, public, now)
    return Pairs(
        twins=[Twinned(each.other(school), each.year_said, _calendar(each, public)) for each in found],
        coming=[_coming(row, other, timezone.localdate(now)) for row, other in dates],
        changes_at=tuple({row.ends_at for row, _other in dates}),
    )


def _calendar(twinning: Twinning, public: Mapping[int | None, Organisation]) -> str:
    first, second = public.get(twinning.first_id), public.get(twinning.second_id)
    return feeds.links_of_pair(twinning, first, second).https if first and second else ""


def _dates(
    school: School, public: Mapping[int | None, Organisation], now: datetime.datetime
) -> list[tuple[Occurrence, Organisation]]:
    """The soonest, each with the twin."""
    ours = public.get(school.pk)
    others = {each.pk: each for urn, each in public.items() if urn != school.pk}
    if ours is None or not others:
        return []
    accepted = Q(activity__co_organisers__accepted_at__isnull=False)
    they_host = Q(activity__host__in=others, activity__co_organisers__organisation=ours)
    we_host = Q(activity__host=ours, activity__co_organisers__organisation__in=others)
    rows = Occurrence.objects.upcoming(now).once_public().filter(activity__live=True, withdrawn=False)
    rows = rows.filter(accepted & (they_host | we_host)).annotate(
        partner=F("activity__co_organisers__organisation")
    )
    found = {
        row.pk: (row, others.get(row.activity.host_id) or others[row.partner])
        for row in rows.select_related("activity__host", "venue").order_by("starts_at", "pk")[:MOST_COMING]
    }
    return list(found.values())


def _coming(row: Occurrence, other: Organisation, today: datetime.date) -> Coming:
    return Coming(
        when=when_markup(row.starts_at, row.ends_at, today),
        title=row.activity.title,
        path=path_of(row.activity),
        where=row.venue.name_and_town,
        other=other.name,
        cancelled=row.state == State.CANCELLED,
    )
