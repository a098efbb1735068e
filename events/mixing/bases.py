"""The population that the people of an activity come from.

Where its ages lie within 5 to 16 that is the place's pupils, otherwise its residents. Residents of all ages
never stand in for children: where the pupils are not known there is no base.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from diversity.categories import ETHNIC_GROUPS
from diversity.models import Baseline
from diversity.published import LISTS
from diversity.reading import Base
from events.models import Activity
from places.models import Place, School, SchoolPupils
from places.school_years import said

RESIDENTS = "ethnic-5-2021"
SCHOOL_AGES = 5, 16


@dataclass(frozen=True, slots=True)
class NamedBase:
    """`name` says who they are, where and when, and what source counted them."""

    base: Base
    name: str

    @property
    def is_whole(self) -> bool:
        """It tells all groups apart."""
        return len(self.base.groups) == len(ETHNIC_GROUPS)


def of_activity(activity: Activity) -> NamedBase | None:
    return of_place(activity.host.place, young=is_for_pupils(activity))


def of_place(place: Place, *, young: bool) -> NamedBase | None:
    return _pupils(place) if young else _residents(place)


def is_for_pupils(activity: Activity) -> bool:
    youngest, oldest = SCHOOL_AGES
    first, last = activity.age_from, activity.age_to
    return first is not None and last is not None and youngest <= first and last <= oldest


def _residents(place: Place) -> NamedBase | None:
    counts = Baseline.objects.of(RESIDENTS, place.area_codes)
    if counts is None:
        return None
    found = LISTS[RESIDENTS]
    name = _("people of all ages who live in %(place)s (%(source)s)") % {
        "place": place,
        "source": found.source,
    }
    return NamedBase(Base(range(len(counts)), counts), name)


def _pupils(place: Place) -> NamedBase | None:
    """Of the newest year of each school. A group that no school tells apart from others is left out."""
    schools = School.objects.teaching().within(place.area_codes)
    rows = list(SchoolPupils.objects.newest().filter(school__in=schools))
    known = [
        [row.five.counts[group] for row in rows if row.five.counts[group] is not None]
        for group in ETHNIC_GROUPS
    ]
    groups = [group for group, numbers in enumerate(known) if numbers]
    counts = [sum(known[group]) for group in groups]
    if len(groups) < 2 or not sum(counts):
        return None
    year = max(row.year for row in rows)
    name = _("pupils of the schools in %(place)s (school census %(year)s)") % {
        "place": place,
        "year": said(year),
    }
    return NamedBase(Base(groups, counts), name)
