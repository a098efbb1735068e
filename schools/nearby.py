"""Which schools are near another: where a closed one leads on to."""

from dataclasses import dataclass

from places.models import School
from schools.twins import miles_apart

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
        Near(other, miles_apart(school, other))
        for other in around.around(school.latitude, school.longitude, MILES)
    ]
    found.sort(key=lambda near: (near.miles, near.school.urn))
    return [near for near in found[:MOST] if near.miles <= MILES]
