"""Rounds in the CMS: for officers of the place alone, run, looked at, changed by hand."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import second_factors
from accounts.models import User
from organisations.actions import members
from organisations.models import Role
from places.models import Place
from places.school_years import year_of
from schools.models import Reach, Round, Twinning
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_staff, make_user
from tests.factories.rounds import counted_school, four_schools, make_round

pytestmark = pytest.mark.django_db

LIST, NEW = "/cms/desk/rounds/", "/cms/desk/rounds/new/"


def make_officer(place: Place) -> User:
    """With the rights in the CMS that come with the office."""
    user = make_user()
    members.appoint(place=place, user=user, by=None)
    second_factors.enrol_app(user)
    return user


def make_owner(**fields: object) -> User:
    user = make_user()
    members.join(organisation=make_organisation(**fields), user=user, role=Role.OWNER, by=None)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def address(round: Round) -> str:
    return reverse("desk_round", args=[round.uuid])


@pytest.fixture
def officer() -> User:
    return make_officer(make_place())


@pytest.fixture
def desk(officer: User) -> Client:
    return signed_in(officer)


def asked(**said: object) -> dict[str, object]:
    year = year_of(timezone.localdate())
    return {"place": "calderdale", "year": year, "reach": "same", "takers": "all", **said}


def test_an_officer_runs_a_round_and_sees_the_proposal(desk: Client, officer: User) -> None:
    four_schools()
    answer = desk.post(NEW, asked(most_miles="5", least_difference="10", left_out=""))
    made = Round.objects.get()
    assert answer.headers["Location"] == address(made)
    assert (made.by, made.state, made.most_miles, made.least_difference) == (officer, "draft", 5, 10)
    text = text_of(desk, address(made))
    assert "4 schools have 5 possible links among them." in text
    for first, second in [(1, 2), (3, 4)]:
        assert f">School {900_000 + first}</a>" in text
        assert f">School {900_000 + second}</a>" in text
    for name in ("This proposal, as it stands", "one after the other (greedy)", "Nearest first"):
        assert name in text
    assert '<path class="map__line" d="M' in text
    assert text_of(desk, LIST).count(f'href="{address(made)}"') == 1


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"most_miles": "far"}, "most_miles", "Enter a number."),
        ({"most_miles": "1000"}, "most_miles", "Ensure this value is less than or equal to 100."),
        ({"least_difference": "-1"}, "least_difference", "Ensure this value is greater than or equal to 0."),
        ({"left_out": "Heron Bank"}, "left_out", "“Heron” is no register number. One has six digits."),
        ({"left_out": "900099"}, "left_out", "The register has no school with the number 900099."),
        (
            {"keep": "900001 900002\n900003"},
            "keep",
            "Line 2: write two register numbers, for instance 107478 135862.",
        ),
        ({"never": "900001 900001"}, "never", "A school cannot be its own twin."),
        (
            {"place": "elsewhere"},
            "place",
            "Select a valid choice. elsewhere is not one of the available choices.",
        ),
        ({"year": "1999"}, "year", "Select a valid choice. 1999 is not one of the available choices."),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field_and_everything_typed_stays(
    desk: Client, said: dict, field: str, words: str
) -> None:
    four_schools()
    make_place("elsewhere", area_codes=["E08000001"])
    answer = desk.post(NEW, asked(**{"keep": "900001 900004", **said}))
    assert answer.status_code == 200
    form = answer.context["form"]
    assert {name: list(errors) for name, errors in form.errors.items()} == {field: [words]}
    assert form["keep"].value() == said.get("keep", "900001 900004")
    assert not Round.objects.exists()


def test_pairs_are_taken_out_put_back_kept_and_put_in(desk: Client, officer: User) -> None:
    four_schools()
    made = make_round(officer)

    def press(do: str, first: int = 900_001, second: int = 900_002) -> str:
        answer = desk.post(address(made), {"do": do, "first": first, "second": second}, follow=True)
        return " ".join(answer.content.decode().split())

    assert "The pair is out. You can put it back below." in press("take_out")
    assert made.pairs.proposed().count() == 1
    assert "The pair is in again." in press("put_back")
    assert "The pair stays when you run the round again." in press("keep")
    assert made.pairs.get(first=900_001).kept
    assert "The pair is like any other now." in press("let_go")
    press("take_out")
    press("take_out", 900_003, 900_004)
    assert "The pair is in." in press("put_in", 900_001, 900_004)
    assert list(made.pairs.proposed().values_list("first", "second")) == [(900_001, 900_004)]


def test_a_pair_that_cannot_be_put_in_is_refused_beside_what_was_typed(desk: Client, officer: User) -> None:
    four_schools()
    made = make_round(officer)
    answer = desk.post(address(made), {"do": "put_in", "first": "900001", "second": "900003"})
    form = answer.context["pair_form"]
    assert form.non_field_errors() == [
        "School 900001 and School 900002 are a pair in this round. Take it out first."
    ]
    assert (form["first"].value(), form["second"].value()) == ("900001", "900003")
    answer = desk.post(address(made), {"do": "put_in", "first": "9", "second": ""})
    assert answer.context["pair_form"].errors == {
        "first": ["A register number has six digits."],
        "second": ["This field is required."],
    }


@pytest.mark.parametrize("do", ["take_out", "keep", "put_back", "nonsense", ""])
def test_a_press_about_nothing_is_answered_in_words_or_not_at_all(
    desk: Client, officer: User, do: str
) -> None:
    four_schools()
    made = make_round(officer)
    for first in ("", "x", "99999999999", "900003"):
        assert (
            desk.post(address(made), {"do": do, "first": first, "second": "٤"}, follow=True).status_code
            == 200
        )
    assert made.pairs.proposed().count() == 2


def test_a_round_is_run_again_with_what_was_kept_and_taken_out(desk: Client, officer: User) -> None:
    four_schools()
    made = make_round(officer, reach=Reach.PRIMARY, most_miles=4.5, never=frozenset([(900_001, 900_004)]))
    desk.post(address(made), {"do": "keep", "first": 900_001, "second": 900_002})
    desk.post(address(made), {"do": "take_out", "first": 900_003, "second": 900_004})
    form = desk.get(f"{NEW}?from={made.uuid}").context["form"]
    assert {name: form[name].value() for name in ("place", "reach", "most_miles", "keep", "never")} == {
        "place": "calderdale",
        "reach": "primary",
        "most_miles": 4.5,
        "keep": "900001 900002",
        "never": "900001 900004\n900003 900004",
    }
    for nonsense in ("x", "5f0c6a52-0000-4000-8000-000000000000"):
        assert desk.get(f"{NEW}?from={nonsense}").context["form"]["keep"].value() is None


def test_a_round_is_announced_with_a_note(desk: Client, officer: User) -> None:
    four_schools()
    made = make_round(officer, year=year_of(timezone.localdate()))
    assert "Announce 2 pairs" in text_of(desk, address(made))
    answer = desk.post(address(made), {"do": "announce", "version": "0", "note": ""})
    assert answer.context["announce_form"].errors == {"note": ["This field is required."]}
    answer = desk.post(address(made), {"do": "announce", "version": "7", "note": "Meet up."})
    form = answer.context["announce_form"]
    assert form.non_field_errors() == ["Somebody has changed this round since you looked. Look again."]
    assert form["note"].value() == "Meet up."
    assert not Twinning.objects.exists()
    answer = desk.post(address(made), {"do": "announce", "version": "0", "note": "Meet up."}, follow=True)
    assert "Announced. Every school of a pair has been told." in answer.content.decode()
    assert list(Twinning.objects.order_by("first").values_list("first", "second", "state", "note")) == [
        (900_001, 900_002, "proposed", "Meet up."),
        (900_003, 900_004, "proposed", "Meet up."),
    ]
    assert not answer.context["changeable"]
    study = make_round(officer, reach=Reach.ALL_PHASES)
    assert not desk.get(address(study)).context["announceable"]


def test_the_pairs_come_as_a_file_for_a_spreadsheet(desk: Client, officer: User) -> None:
    four_schools()
    made = make_round(officer)
    answer = desk.get(reverse("desk_round_file", args=[made.uuid]))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["urn"], row["twin_urn"]) for row in rows] == [("900001", "900002"), ("900003", "900004")]


def test_only_officers_of_the_place_find_its_rounds_and_every_officer_the_studies(officer: User) -> None:
    four_schools()
    own, study = make_round(officer), Round.objects.create(year=2026, run_at="2026-11-01T12:00Z")
    elsewhere = signed_in(make_officer(make_place("elsewhere", area_codes=["E08000001"])))
    assert elsewhere.get(address(own)).status_code == 404
    assert elsewhere.post(address(own), {"do": "take_out"}).status_code == 404
    assert elsewhere.get(reverse("desk_round_file", args=[own.uuid])).status_code == 404
    assert elsewhere.get(address(study)).status_code == 200
    assert str(own.uuid) not in text_of(elsewhere, LIST)
    assert elsewhere.get(f"{NEW}?from={own.uuid}").context["form"]["keep"].value() is None
    owner = signed_in(make_owner(kind="school", urn=900_001))
    for path in (LIST, NEW, address(own), address(study)):
        assert owner.get(path).status_code == 404
    staff = signed_in(make_staff())
    assert {str(own.uuid), str(study.uuid)} <= set(text_of(staff, LIST).replace("/", " ").split())


def test_officers_find_rounds_in_the_menu_and_nobody_else(officer: User, desk: Client) -> None:
    assert f'"{LIST}"' in text_of(desk, "/cms/")
    owner = signed_in(make_owner())
    assert LIST not in text_of(owner, "/cms/")


def test_without_a_register_the_page_says_what_to_do(desk: Client) -> None:
    assert "No register of schools is loaded." in text_of(desk, LIST)
    assert "No register of schools is loaded." in text_of(desk, NEW)


@pytest.mark.parametrize("number", [1, 3])
def test_a_rounds_page_asks_the_database_as_often_however_many_pairs(
    desk: Client, officer: User, django_assert_max_num_queries, number: int
) -> None:
    for at in range(2 * number):
        counted_school(900_001 + at, *((100, 0) if at % 2 else (0, 100)))
    made = make_round(officer)
    desk.get(address(made))
    with django_assert_max_num_queries(24):
        assert desk.get(address(made)).context["page"].paginator.count == number
