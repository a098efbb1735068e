"""The population that the people of an activity come from.

Where nobody over 16 may come that is the place's pupils, otherwise its residents. Residents of all ages never
stand in for children: where the pupils are not known there is no base.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.translation import gettext as _

from diversity.categories import groups_of
from diversity.models import Baseline
from diversity.published import LISTS
from diversity.reading import Base
from events.models import Activity
from places.models import Place, School, SchoolPupils
from places.school_years import said

# By edition of the code lists, who counted people by the same groups. A register that was taken with another
# edition has no base.
RESIDENTS: Mapping[int, str] = MappingProxyType({1: "ethnic-5-2021"})
PUPILS = frozenset({1})
OLDEST_PUPIL = 16


@dataclass(frozen=True, slots=True)
class NamedBase:
    """`name` says who they are, where and when, and what source counted them."""

    base: Base
    name: str

    @property
    def is_whole(self) -> bool:
        """It tells all groups apart."""
        return len(self.base.groups) == len(groups_of(self.base.edition))


@dataclass(frozen=True, slots=True)
class Found:
    """The base; or, where there is none, why."""

    base: NamedBase | None = None
    why: str = ""

    @property
    def counts(self) -> Base | None:
        return self.base.base if self.base else None


def of_activities(place: Place, activities: Iterable[Activity], edition: int) -> Found:
    """Pupils where all of it is for them, residents where none of it is; else there is no one population.

    Counted by that edition of the code lists.
    """
    for_pupils = {is_for_pupils(each) for each in activities}
    if len(for_pupils) > 1:
        return Found(why=_("Some of it is for children and some is not: no one population compares."))
    base = _pupils(place, edition) if True in for_pupils else _residents(place, edition)
    return Found(base, "" if base else _("We do not know enough about the people of this area to compare."))


def is_for_pupils(activity: Activity) -> bool:
    """Nobody older than pupils may come. Of those under five nobody counts the groups: pupils are nearest."""
    return activity.age_to is not None and activity.age_to <= OLDEST_PUPIL


def _residents(place: Place, edition: int) -> NamedBase | None:
    code_list = RESIDENTS.get(edition)
    counts = Baseline.objects.of(code_list, place.area_codes) if code_list else None
    if code_list is None or counts is None:
        return None
    found = LISTS[code_list]
    name = _("people of all ages who live in %(place)s (%(source)s)") % {
        "place": place,
        "source": found.source,
    }
    return NamedBase(Base(range(len(counts)), counts, edition), name)


def _pupils(place: Place, edition: int) -> NamedBase | None:
    """Of one year, so that no group is counted in some schools under one list and in others under another.

    A group that no school tells apart from others is left out.
    """
    if edition not in PUPILS:
        return None
    year, rows = _of_one_year(place)
    told = [row.five.counts for row in rows]
    known = [[count for each in told if (count := each[group]) is not None] for group in groups_of(edition)]
    groups = [group for group, numbers in enumerate(known) if numbers]
    counts = [sum(known[group]) for group in groups]
    if len(groups) < 2 or not sum(counts):
        return None
    name = _("pupils of the schools in %(place)s (school census %(year)s)") % {
        "place": place,
        "year": said(year),
    }
    return NamedBase(Base(groups, counts, edition), name)


def _of_one_year(place: Place) -> tuple[int, list[SchoolPupils]]:
    """The newest year that counts most of the schools that any year counts: a file may hold a few only."""
    schools = School.objects.teaching().within(place.area_codes)
    years: dict[int, list[SchoolPupils]] = defaultdict(list)
    for row in SchoolPupils.objects.filter(school__in=schools):
        years[row.year].append(row)
    counted = len({row.school_id for rows in years.values() for row in rows})
    year = max(years, key=lambda year: (2 * len(years[year]) > counted, year), default=0)
    return year, years[year]
