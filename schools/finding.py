"""Looking for a school: what is asked, and which schools that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from places.models import Phase, Place, School
from places.models.school import SchoolQuerySet
from places.school_register.rows import URN

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """`q` is a name or a number. What makes no sense is as if it had not been asked."""

    q: str = ""
    place: Place | None = None
    phase: str = ""
    closed: bool = False

    @property
    def is_anything(self) -> bool:
        return bool(self.q or self.place or self.phase)

    @property
    def is_number(self) -> bool:
        return bool(URN.fullmatch(self.q))

    def query(self, *, closed: bool | None = None) -> str:
        """The same question as an address writes it."""
        with_closed = self.closed if closed is None else closed
        said = {
            "q": self.q,
            "place": self.place.slug if self.place else "",
            "phase": self.phase,
            "closed": "1" if with_closed else "",
        }
        return urlencode({name: value for name, value in said.items() if value})


def read(given: Mapping[str, str], places: Mapping[str, Place]) -> Asked:
    phase = given.get("phase", "")
    return Asked(
        q=given.get("q", "").replace("\0", "").strip()[:LONGEST],
        place=places.get(given.get("place", "")),
        phase=phase if phase in Phase.values else "",
        closed=given.get("closed") == "1",
    )


def find(asked: Asked, places: Mapping[str, Place]) -> SchoolQuerySet:
    """By name the likest first, else in the order of names; without a question those of our own places."""
    schools = School.objects.all() if asked.closed or asked.is_number else School.objects.teaching()
    if asked.phase:
        schools = schools.filter(phase=asked.phase)
    if asked.place:
        schools = schools.within(asked.place.area_codes)
    elif not asked.q:
        schools = schools.within(code for place in places.values() for code in place.area_codes)
    if asked.is_number:
        return schools.filter(urn=int(asked.q)).order_by("urn")
    return schools.called(asked.q) if asked.q else schools.order_by("name", "urn")
