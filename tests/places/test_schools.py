"""The register's rows: what they may not be, and how they are found."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from places import school_words
from places.models import School, SchoolPupils
from tests.factories.registers import make_school

pytestmark = [pytest.mark.django_db, pytest.mark.floor]
DAY = datetime.date(2026, 8, 31)


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("school_urn_has_six_digits", {"urn": 99_999}),
        ("school_has_a_name", {"name": ""}),
        ("school_phase_is_known_or_empty", {"phase": "night"}),
        ("school_status_is_known", {"status": "resting"}),
        ("school_gender_is_known_or_empty", {"gender": "all"}),
        ("school_open_has_not_closed", {"closed_on": DAY}),
        (
            "school_closes_after_it_opens",
            {"status": "closed", "opened_on": DAY, "closed_on": DAY - datetime.timedelta(days=1)},
        ),
        ("school_ages_run_upwards", {"age_from": 12, "age_to": 11}),
        ("school_free_meals_are_a_percentage", {"free_meals": 101}),
        ("school_position_is_whole", {"latitude": None}),
    ],
)
def test_the_database_refuses_what_no_school_can_be(constraint: str, facts: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_school(**facts)


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("pupils_year_is_a_year", {"year": 24}),
        ("pupils_free_meals_are_a_percentage", {"free_meals": -1}),
        ("pupils_groups_are_numbers_or_unknown", {"groups": {"WBRI": -1}}),
        ("pupils_groups_are_numbers_or_unknown", {"groups": {"WBRI": "some"}}),
    ],
)
def test_the_database_refuses_what_no_census_can_be(constraint: str, facts: dict[str, object]) -> None:
    school = make_school()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SchoolPupils.objects.create(**{"school": school, "year": 2024, "groups": {}, **facts})
    SchoolPupils.objects.create(school=school, year=2024, groups={"WBRI": 3, "AIND": None})
    with pytest.raises(IntegrityError, match="pupils_once_a_school_and_year"), transaction.atomic():
        SchoolPupils.objects.create(school=school, year=2024)


NAMES = (
    "Trinity Academy Halifax",
    "Holy Trinity Primary School, A Church of England Academy",
    "St Joseph's Catholic Primary Academy, Brighouse",
    "St. Mary’s Catholic Primary School",
    "Parkinson Lane Community Primary School",
    "The Tower School",
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Trinity Academy Halifax", [0]),
        ("trinity", [0, 1]),
        ("trinty academy", [1, 0]),
        ("holy trinity", [1]),
        ("saint marys catholic primary", [3]),
        ("st jospeh brighuse", [2]),
        ("parkinsn lane", [4]),
        ("park", [4]),
        ("tower", [5]),
        ("primry towr schol", [5]),
        ("elland", [5, 3, 1, 4, 0, 2]),
        ("xylophone", []),
        ("", []),
        ("' | & !()\\:*", []),
    ],
)
def test_a_school_is_found_by_name_or_town_with_typing_errors(typed: str, names: list[int]) -> None:
    for number, name in enumerate(NAMES):
        make_school(900_001 + number, name, town="Elland", authority="Calder Vale")
    found = list(School.objects.called(typed).values_list("urn", flat=True))
    assert found == [900_001 + number for number in names]


def test_what_was_typed_is_never_more_than_words() -> None:
    make_school(name="O'Hara’s ‘n’ School", town="Stoke-on-Trent", authority="King's Lynn & West")
    for text in ("ohara", "stoke", "kings lynn", "x" * 5000, "\x00", "a & b | !c", "🏫"):
        assert isinstance(school_words.asked_for(text), str)
        list(School.objects.called(text))
    assert School.objects.called("kings lynn").count() == 1
    assert School.objects.called("stok on trnt").count() == 1
