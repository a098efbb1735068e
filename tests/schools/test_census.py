"""Schools with their pupils, out of the database."""

import pytest

from places import loading_pupils, loading_schools
from places.models import SchoolPupils
from schools import census
from schools.matching import candidates
from schools.matching.candidates import Search
from schools.matching.proposing import Pupils, graph
from tests.factories import registers
from tests.factories.registers import make_school

pytestmark = pytest.mark.django_db


def counted(urn: int, groups: dict, *, year: int = 2024, headcount: int | None = None, meals=None) -> None:
    SchoolPupils.objects.create(
        school_id=urn, year=year, headcount=headcount, free_meals=meals, groups=groups
    )


@pytest.mark.parametrize(
    ("groups", "headcount", "said"),
    [
        ({"WBRI": 60, "APKN": 40}, 100, (60, 40)),
        ({"APKN": 40, "WBRI": 60}, None, (60, 40)),
        # Ten pupils are in groups that were suppressed: five in each, as far as anybody knows.
        ({"WBRI": 60, "AIND": None, "APKN": 30, "BCRB": None}, 100, (60, 5, 30, 5)),
        # Nobody is left for the suppressed group.
        ({"WBRI": 60, "APKN": 40, "AIND": None}, 100, (60, 0, 40)),
        ({"WBRI": 60, "APKN": 40, "AIND": None}, 90, (60, 0, 40)),
        # Nobody knows how many are in it, or who anybody is.
        ({"WBRI": 60, "APKN": 40, "AIND": None}, None, None),
        ({"WBRI": None, "APKN": None}, 100, None),
        ({"WBRI": None}, None, None),
        ({}, 100, None),
    ],
)
def test_suppressed_groups_share_the_pupils_that_no_number_tells_of(groups, headcount, said):
    assert census.expected(groups, headcount) == said


def test_newest_census_of_open_schools_of_an_area_is_read():
    make_school(900_001)
    make_school(900_002, area_code="E08000001")
    make_school(900_003, status="closed")
    make_school(900_004)
    make_school(900_005, phase="all-through")
    for urn in (900_001, 900_002, 900_003, 900_005):
        counted(urn, {"WBRI": 60, "APKN": 40}, year=2023)
    counted(900_001, {"WBRI": 50, "APKN": 50}, meals="20.5")
    make_school(900_006)
    counted(900_004, {"WBRI": None}, headcount=0)
    counted(900_006, {"WBRI": 60, "APKN": None})
    schools, pupils = census.read(["E08000033"], wanting=frozenset([900_005]))
    place = (53.7236, -1.8631)
    assert schools == [
        candidates.School(900_001, "primary", *place, wants_twin=False),
        candidates.School(900_005, "secondary", *place, wants_twin=True),
    ]
    assert pupils == {
        900_001: Pupils((50, 50), 0.205, "APKN WBRI"),
        900_005: Pupils((60, 40), None, "APKN WBRI"),
    }
    assert len(census.read()[0]) == 3


@pytest.mark.parametrize("number", [1, 3])
def test_reading_is_one_query(django_assert_num_queries, number):
    for urn in range(900_001, 900_001 + number):
        make_school(urn)
        counted(urn, {"WBRI": 60})
    with django_assert_num_queries(1):
        assert len(census.read()[0]) == number


def test_phases_look_together():
    assert census.same_phase("middle-primary") == ["primary", "middle-primary"]
    assert census.same_phase("all-through") == ["secondary", "middle-secondary", "all-through"]
    assert census.same_phase("nursery") == census.same_phase("") == []


@pytest.mark.slow
@pytest.mark.skipif(not registers.REAL_SCHOOLS.exists(), reason=registers.ABSENT)
def test_real_calderdale_is_read_from_the_database_as_from_the_files():
    """A school without pupils of a known group, or that is not open, takes no part in either."""
    loading_schools.load(registers.REAL_SCHOOLS)
    loading_pupils.load(registers.REAL_PUPILS, zero_is_unknown=True)
    schools, pupils = census.read(["E08000033"])
    found = graph(schools, pupils, Search(study=True))
    assert found.schools == 90
