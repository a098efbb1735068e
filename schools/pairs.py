"""Whom a school is twinned with, as everybody may know it."""

from dataclasses import dataclass

from django.utils import timezone

from organisations.models import Organisation
from places.models import School
from schools import feeds
from schools.models import Twinning


@dataclass(frozen=True, slots=True)
class Twinned:
    """Another school, in which school year, and the calendar of what the two do together if there is one."""

    other: School
    year: str
    calendar: str


def of(school: School) -> list[Twinned]:
    """Those that both schools have agreed on and that go on. Two queries, one where there are none."""
    found = list(
        Twinning.objects.public().of(school).select_related("first", "second").order_by("year", "pk")
    )
    urns = {urn for each in found for urn in (each.first_id, each.second_id)}
    seen = Organisation.objects.public(timezone.localdate()).filter(urn__in=urns) if urns else []
    public = {each.urn: each for each in seen}
    return [Twinned(each.other(school), each.year_said, _calendar(each, public)) for each in found]


def _calendar(twinning: Twinning, public: dict[int | None, Organisation]) -> str:
    first, second = public.get(twinning.first_id), public.get(twinning.second_id)
    return feeds.links_of_pair(twinning, first, second).https if first and second else ""
