"""Schools with their pupils, as matching takes them, out of the registers in the database."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from places.models import Phase, SchoolPupils
from places.models.school import TEACHING
from places.school_register.groups import codes
from schools.matching import candidates
from schools.matching.proposing import Pupils

# Which phases look for twins together. Schools of any other phase take part where all phases do.
PHASES: Mapping[str, str] = {
    Phase.PRIMARY: "primary",
    Phase.MIDDLE_PRIMARY: "primary",
    Phase.SECONDARY: "secondary",
    Phase.MIDDLE_SECONDARY: "secondary",
    Phase.ALL_THROUGH: "secondary",
}
OTHER = "other"
ROWS = 2000
CENSUS = ("school_id", "headcount", "free_meals", "groups")

Read = tuple[list[candidates.School], dict[int, Pupils]]


def same_phase(phase: str) -> list[str]:
    """Every phase of the register that looks for twins where this one does; none where it has none."""
    kind = PHASES.get(phase)
    return [each for each, other in PHASES.items() if other == kind]


def read(area_codes: Iterable[str] | None = None, *, wanting: frozenset[int] = frozenset()) -> Read:
    """Schools that teach, of these local authorities or of all England, and the newest census of each.

    Those whose pupils or position nobody knows are left out. `wanting` are those that want a twin.
    """
    rows = SchoolPupils.objects.newest().filter(
        school__status__in=TEACHING, school__latitude__isnull=False, school__longitude__isnull=False
    )
    if area_codes is not None:
        rows = rows.filter(school__area_code__in=list(area_codes))
    where = ("school__phase", "school__latitude", "school__longitude")
    schools, pupils = [], {}
    for urn, *census, phase, latitude, longitude in rows.values_list(*CENSUS, *where).iterator(ROWS):
        known = _pupils(*census)
        if known:
            pupils[urn] = known
            kind = PHASES.get(phase, OTHER)
            schools.append(candidates.School(urn, kind, latitude, longitude, wants_twin=urn in wanting))
    return schools, pupils


def pupils_of(urns: Iterable[int]) -> dict[int, Pupils]:
    """The pupils of these schools as far as anybody knows them, whether they teach or not."""
    rows = SchoolPupils.objects.newest().filter(school__in=list(urns)).values_list(*CENSUS)
    found = {urn: _pupils(*census) for urn, *census in rows}
    return {urn: known for urn, known in found.items() if known}


def _pupils(headcount: int | None, meals: Decimal | None, groups: Mapping[str, int | None]) -> Pupils | None:
    """None where nobody knows who they are, or there are none."""
    counts = expected(groups, headcount)
    share = None if meals is None else float(meals) / 100
    return Pupils(counts, share, _list(tuple(groups))) if counts and any(counts) else None


def expected(groups: Mapping[str, int | None], headcount: int | None) -> tuple[float, ...] | None:
    """How many pupils of each group, in the order of the code list; what is suppressed is never nought.

    The pupils of whom no number tells are those of the head count that are in none of the known ones. They
    are shared out evenly among the groups that were suppressed. Where nobody is left, nobody was in those
    groups. None: not one group is known, or some are not and there is no head count to tell how many those
    are of. Who goes to that school that year is unknown then.
    """
    known = {code: number for code, number in groups.items() if number is not None}
    hidden = len(groups) - len(known)
    if not known or (hidden and headcount is None):
        return None
    left = max(0, (headcount or 0) - sum(known.values()))
    each = left / hidden if hidden else 0.0
    return tuple(known.get(code, each) for code in _order() if code in groups)


@cache
def _order() -> tuple[str, ...]:
    return tuple(each.code for each in codes())


@cache
def _list(published: tuple[str, ...]) -> str:
    """The name of a code list: its codes."""
    return " ".join(sorted(published))
