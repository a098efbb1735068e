"""Who one school could twin with: the best of its candidates, by the same rules as a round for all."""

import math
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from diversity.distances import cross_contact, joint_gain, mixing_inside
from places.distance import miles_between
from places.models import School, SchoolPupils
from schools import census
from schools.matching.candidates import NEAREST, REACH_KM
from schools.matching.proposing import Pupils, weight_of

KM_PER_MILE = 1.609344
MOST = 10
TOGETHER = 30
"""A joint session is thought of with so many pupils from each."""
FEWEST_PUPILS = 20
"""Of fewer nothing is said: a sentence would be about children whom people know."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A school that another could twin with. Chances from 0 to 1."""

    school: School
    miles: float
    across: float
    inside: float
    theirs: float
    gain: float
    weight: int

    @property
    def difference(self) -> float:
        return self.weight / 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """The best first; or, where there are none, why."""

    twins: tuple[Twin, ...] = ()
    why: str = ""


def best(school: School, *, never: frozenset[int] = frozenset()) -> Found:
    """The ten that differ most from it among its candidates; of equal ones the nearer. Four queries.

    1. Open schools that look for twins where this one does, whose pupils were counted, within its reach.
    2. The nearest twenty of them, as in a round; without `never`.
    3. Those whose pupils were counted by the same list, and the ten that differ most.
    """
    kind = census.PHASES.get(school.phase)
    if kind is None:
        return Found(why=_("Twins are looked for among primary schools and among secondary schools."))
    if school.latitude is None or school.longitude is None:
        return Found(why=_("The register does not say where this school is."))
    own = census.pupils_of([school.pk]).get(school.pk)
    if own is None or sum(own.groups) < FEWEST_PUPILS:
        return Found(why=_("We do not know enough about who goes to this school to look for a twin."))
    near = _nearest(school, REACH_KM[kind] / KM_PER_MILE)
    pupils = census.pupils_of(urn for urn in near if urn not in never)
    ranked = sorted(
        (-weight_of(own, theirs), near[urn], urn)
        for urn, theirs in pupils.items()
        if theirs.counted_by == own.counted_by and sum(theirs.groups) >= FEWEST_PUPILS
    )[:MOST]
    schools = School.objects.in_bulk([urn for _weight, _miles, urn in ranked])
    twins = [_twin(schools[urn], miles, own, pupils[urn], -weight) for weight, miles, urn in ranked]
    return Found(tuple(twins), "" if twins else _("No other school is near enough."))


def compared(school: School, other: School) -> Twin | None:
    """One other school beside it, wherever that is. None where not enough is known of one of the two."""
    pupils = census.pupils_of([school.pk, other.pk])
    own, theirs, miles = pupils.get(school.pk), pupils.get(other.pk), miles_apart(school, other)
    if own is None or theirs is None or own.counted_by != theirs.counted_by or math.isnan(miles):
        return None
    if min(sum(own.groups), sum(theirs.groups)) < FEWEST_PUPILS:
        return None
    return _twin(other, miles, own, theirs, weight_of(own, theirs))


def _nearest(school: School, reach: float) -> dict[int, float]:
    """The miles to each of the nearest that may be compared, by their numbers."""
    here = _place(school)
    apart = sorted(
        (miles_between(*here, latitude, longitude), urn)
        for urn, latitude, longitude in _around(school, reach).values_list("pk", "latitude", "longitude")
    )
    return {urn: miles for miles, urn in apart[:NEAREST] if miles <= reach}


def _around(school: School, reach: float) -> QuerySet[School]:
    counted = SchoolPupils.objects.filter(school=OuterRef("pk"))
    same = School.objects.teaching().filter(Exists(counted), phase__in=census.same_phase(school.phase))
    latitude, longitude = _place(school)
    return same.exclude(pk=school.pk).around(latitude, longitude, reach)


def miles_apart(school: School, other: School) -> float:
    """Not a number where one of the two positions is not known."""
    ends = (*_place(school), *_place(other))
    return math.nan if any(map(math.isnan, ends)) else miles_between(*ends)


def _place(school: School) -> tuple[float, float]:
    return (
        math.nan if school.latitude is None else school.latitude,
        math.nan if school.longitude is None else school.longitude,
    )


def _twin(school: School, miles: float, own: Pupils, theirs: Pupils, weight: int) -> Twin:
    return Twin(
        school=school,
        miles=miles,
        across=cross_contact(own.groups, theirs.groups),
        inside=mixing_inside(own.groups),
        theirs=mixing_inside(theirs.groups),
        gain=joint_gain(own.groups, TOGETHER, theirs.groups, TOGETHER),
        weight=weight,
    )
