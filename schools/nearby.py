"""Which schools are near another: where a closed one leads on to."""

import math
from dataclasses import dataclass

from places.distance import miles_between
from places.models import School

MILES, MOST = 5, 3


@dataclass(frozen=True, slots=True)
class Near:
    school: School
    miles: float


def open_schools(school: School) -> list[Near]:
    """The nearest open schools of its phase, within five miles; none where its position is not known."""
    if school.latitude is None or school.longitude is None:
        return []
    around = School.objects.teaching().exclude(pk=school.pk).filter(phase=school.phase)
    found = [
        Near(other, _miles(school, other))
        for other in around.around(school.latitude, school.longitude, MILES)
    ]
    found.sort(key=lambda near: (near.miles, near.school.urn))
    return [near for near in found[:MOST] if near.miles <= MILES]


def _miles(school: School, other: School) -> float:
    places = (school.latitude, school.longitude, other.latitude, other.longitude)
    return miles_between(*(math.nan if degrees is None else degrees for degrees in places))
