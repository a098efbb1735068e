"""Schools with pupils, and rounds among them. All are fictional."""

from places.models import School, SchoolPupils
from schools.actions import rounds
from schools.models import Round
from tests.factories.organisations import make_place
from tests.factories.registers import make_school

YEAR = 2026
GROUPS = ("WBRI", "APKN", "BCRB")


def counted_school(
    urn: int, *groups: int, miles_north: float = 0.0, meals: str | None = None, **fields: object
) -> School:
    """So many miles north of Halifax, with its pupils in up to three groups."""
    made = make_school(
        urn,
        f"School {urn}",
        latitude=53.7236 + miles_north / 69.093,
        **{"pupils": sum(groups), **fields},
    )
    counts = dict(zip(GROUPS, (*groups, 0, 0), strict=False))
    SchoolPupils.objects.create(school=made, year=2024, groups=counts, free_meals=meals)
    return made


def four_schools() -> list[School]:
    """Of which the two that differ most leave the others little, so that the best pairs are 1–2 and 3–4."""
    pupils = [(50, 50), (100, 0), (0, 100), (50, 50)]
    return [counted_school(900_001 + at, *groups, miles_north=at) for at, groups in enumerate(pupils)]


def make_round(by=None, *, place=None, **asked: object) -> Round:
    """Worked out, among the schools that there are."""
    said = rounds.Asked(**{"year": YEAR, **asked})
    made = rounds.begin(place=place or make_place(), asked=said, by=by)
    return rounds.advance(round=made)
