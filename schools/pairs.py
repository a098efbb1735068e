"""Whom a school is twinned with, what they do together and when, as everybody may know it."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from events.addresses import path_of
from events.feeds.links import Links
from events.models import Occurrence, State
from events.wording import joined, when_markup
from organisations.models import Organisation
from places.models import School
from schools import feeds
from schools.models import Twinning

MOST_COMING = 6


@dataclass(frozen=True, slots=True)
class Twinned:
    """Another school, in which school year, and the page of what the two do together if there is one."""

    other: School
    year: str
    page: str


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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two twins: their calendar, their next dates together, and when one of those is over."""

    calendar: Links
    coming: list[Coming]
    changes_at: tuple[datetime.datetime, ...]


def of(school: School, now: datetime.datetime) -> Pairs:
    """Twinnings that both schools have agreed on and that go on. One query where there are none, else three.

    Dates are those of activities that the school hosts and a twin runs too, or the other way round.
    """
    found = list(
        Twinning.objects.public().of(school).select_related("first", "second").order_by("year", "pk")
    )
    urns = {urn for each in found for urn in (each.first_id, each.second_id)}
    public = _public(urns, now) if urns else {}
    dates = _dates(school, public, now)
    return Pairs(
        twins=[Twinned(each.other(school), each.year_said, _page(each, public)) for each in found],
        coming=[_coming(row, twins, timezone.localdate(now)) for row, twins in dates],
        changes_at=tuple({row.ends_at for row, _twins in dates}),
    )


def of_twinning(twinning: Twinning, now: datetime.datetime) -> Pair | None:
    """What two twins do together; None while the public may not see both."""
    urns = (twinning.first_id, twinning.second_id)
    public = _public(urns, now)
    if len(public) < len(urns):
        return None
    dates = _dates(twinning.first, public, now)
    return Pair(
        calendar=feeds.links_of_pair(twinning, public[urns[0]], public[urns[1]]),
        coming=[_coming(row, twins, timezone.localdate(now)) for row, twins in dates],
        changes_at=tuple({row.ends_at for row, _twins in dates}),
    )


def _public(urns: Collection[int], now: datetime.datetime) -> dict[int | None, Organisation]:
    """Those that stand for these schools, by their numbers, while the public may see them."""
    rows = Organisation.objects.public(timezone.localdate(now)).filter(urn__in=urns)
    return {each.urn: each for each in rows}


def _page(twinning: Twinning, public: Mapping[int | None, Organisation]) -> str:
    seen = twinning.first_id in public and twinning.second_id in public
    return reverse("pair", args=[twinning.uuid]) if seen else ""


def _dates(
    school: School, public: Mapping[int | None, Organisation], now: datetime.datetime
) -> list[tuple[Occurrence, list[Organisation]]]:
    """The soonest, each with the twins that it is with."""
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
    # A date is found once for each twin that it is with.
    soonest = rows.select_related("activity__host", "venue").order_by("starts_at", "pk", "partner")
    found: dict[int, tuple[Occurrence, list[Organisation]]] = {}
    for row in soonest[: MOST_COMING * len(others)]:
        twins = found.setdefault(row.pk, (row, []))[1]
        twins.append(others.get(row.activity.host_id) or others[row.partner])
    return list(found.values())[:MOST_COMING]


def _coming(row: Occurrence, twins: Sequence[Organisation], today: datetime.date) -> Coming:
    return Coming(
        when=when_markup(row.starts_at, row.ends_at, today),
        title=row.activity.title,
        path=path_of(row.activity),
        where=row.venue.name_and_town,
        other=joined(each.name for each in twins),
        cancelled=row.state == State.CANCELLED,
    )
