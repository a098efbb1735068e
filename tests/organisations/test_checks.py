"""What an officer reads beside an application."""

import pytest

from organisations import checks
from organisations.actions import applications
from organisations.checks import Sign
from organisations.models import Application
from pages.actions import tree
from tests.factories.applications import make_application
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_officer, make_user
from tests.factories.registers import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _page_tree() -> None:
    tree.plant()
    make_place()


def like_it(application: Application) -> list[tuple[str, str]]:
    return [(check.sign, check.found) for check in checks.duplicates(application)]


def test_names_like_it_in_the_same_place_are_shown_whatever_their_state() -> None:
    make_organisation("Spark Boxing Club")
    make_organisation("Sparks Boxing", public=False)
    make_organisation("Halifax Harriers")
    make_organisation("Spark Boxing", place=make_place("kirklees"))
    assert sorted(like_it(make_application())) == [
        (Sign.LOOK, "Spark Boxing Club is here already (verified)."),
        (Sign.LOOK, "Sparks Boxing is here already (draft)."),
    ]


def test_another_open_application_of_the_name_is_shown_and_a_decided_one_is_not() -> None:
    others = {"phone": "", "first_phone": "01632 960200", "second_phone": "01632 960201"}
    first, second = make_application(), make_application(name="Spark Boxing CIC", **others)
    assert like_it(first) == [(Sign.LOOK, "Spark Boxing CIC asks too.")]
    applications.refuse(application=second, reason="Twice.", by=make_officer(make_place()))
    assert like_it(first) == [(Sign.GOOD, "Nothing here has a name or phone like it.")]


def test_the_same_phone_is_found_however_it_is_written() -> None:
    club = make_organisation("Harriers")
    club.page.phone = "+44 (0)1632 960-102"
    club.page.save()
    assert like_it(make_application()) == [(Sign.LOOK, "Harriers has the same phone.")]


@pytest.mark.parametrize("theirs", ["phone", "first_phone", "second_phone"])
@pytest.mark.parametrize("mine", ["first_phone", "second_phone"])
def test_the_same_phone_in_two_open_applications_is_found_whosever_it_is(mine: str, theirs: str) -> None:
    def asks(name: str, number: int, whose: str, phone: str) -> Application:
        own = {"phone": "", "first_phone": f"01632 96020{number}", "second_phone": f"01632 96030{number}"}
        return make_application(name=name, **{**own, whose: phone})

    first = asks("Rovers", 1, mine, "01632 960400")
    second = asks("Zest Dance", 2, theirs, "+44 1632 960-400")
    assert like_it(first) == [(Sign.LOOK, "Zest Dance asks too, with the same phone.")]
    applications.refuse(application=second, reason="Twice.", by=make_officer(make_place()))
    assert like_it(first) == [(Sign.GOOD, "Nothing here has a name or phone like it.")]


@pytest.mark.parametrize(
    ("writes_from", "sign"),
    [
        ("sam@spark.example", Sign.GOOD),
        ("sam@gmail.com", Sign.UNKNOWN),
        ("sam@elsewhere.example", Sign.LOOK),
    ],
)
def test_the_domain_that_somebody_writes_from_is_held_against_the_clubs(writes_from: str, sign: Sign) -> None:
    assert checks.email_domain(make_application(make_user(writes_from))).sign == sign


def test_a_school_is_looked_up_where_a_register_is_loaded() -> None:
    school = make_application(kind="school", urn=912345, name="St Lantern’s")
    assert checks.in_the_register(school).sign == Sign.UNKNOWN
    make_school()
    assert checks.in_the_register(school).found == "No school has number 912345."


@pytest.mark.parametrize(
    ("facts", "sign", "found"),
    [
        (
            {"name": "Saint Lanterns Primary School"},
            Sign.GOOD,
            "Number 912345 is Saint Lanterns Primary School.",
        ),
        ({"name": "Copperbeck"}, Sign.LOOK, "Number 912345 is Copperbeck."),
        ({"status": "closed"}, Sign.LOOK, "Number 912345 is St Lantern's. The register says: closed."),
        (
            {"area_code": "E08000032", "authority": "Bradford"},
            Sign.LOOK,
            "Number 912345 is St Lantern's. It is in Bradford, not in this place.",
        ),
    ],
)
def test_the_register_is_held_against_name_state_and_place(
    facts: dict[str, str], sign: Sign, found: str
) -> None:
    make_school(912_345, **{"name": "St Lantern's", **facts})
    check = checks.in_the_register(make_application(kind="school", urn=912345, name="St Lantern’s"))
    assert (check.sign, check.found) == (sign, found)


def test_a_club_gives_what_can_be_looked_up() -> None:
    assert checks.in_the_register(make_application()).found == "Look it up: England Boxing"
    named = make_application(kind="school", charity_number="", governing_body="", urn=None)
    assert checks.in_the_register(named).sign == Sign.LOOK
