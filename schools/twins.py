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
    """The ten that differ most from it among its candidates; of equal ones the nearer. Few queries.

    1. Open schools that look for twins where this one does, within its reach, whose pupils were counted by
       the same list: the nearest twenty of them, as in a round, then without `never`.
    2. Those with pupils enough to be told of, and of them the ten that differ most.
    """
    kind = census.PHASES.get(school.phase)
    if kind is None:
        return Found(why=_("Twins are looked for among primary schools and among secondary schools."))
    if school.latitude is None or school.longitude is None:
        return Found(why=_("The register does not say where this school is."))
    own = census.pupils_of([school.pk]).get(school.pk)
    if own is None or sum(own.groups) < FEWEST_PUPILS:
        return Found(why=_("We do not know enough about who goes to this school to look for a twin."))
    pupils = _nearest(school, own.counted_by, REACH_KM[kind] / KM_PER_MILE)
    ranked = sorted(
        (-weight_of(own, theirs), miles, urn)
        for urn, (miles, theirs) in pupils.items()
        if urn not in never and sum(theirs.groups) >= FEWEST_PUPILS
    )[:MOST]
    schools = School.objects.in_bulk([urn for _weight, _miles, urn in ranked])
    twins = [_twin(schools[urn], miles, own, pupils[urn][1], -weight) for weight, miles, urn in ranked]
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


def _nearest(school: School, counted_by: str, reach: float) -> dict[int, tuple[float, Pupils]]:
    """Miles and pupils of the nearest that may be compared, by their numbers. Most can be: they are read in
    pieces of twice as many as are needed."""
    here = _place(school)
    apart = sorted(
        (miles_between(*here, latitude, longitude), urn)
        for urn, latitude, longitude in _around(school, reach).values_list("pk", "latitude", "longitude")
    )
    found: dict[int, tuple[float, Pupils]] = {}
    near = [each for each in apart if each[0] <= reach]
    for at in range(0, len(near), 2 * NEAREST):
        piece = near[at : at + 2 * NEAREST]
        pupils = census.pupils_of(urn for _miles, urn in piece)
        for miles, urn in piece:
            if urn in pupils and pupils[urn].counted_by == counted_by and len(found) < NEAREST:
                found[urn] = miles, pupils[urn]
        if len(found) == NEAREST:
            break
    return found


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
