"""`/schools/`."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from places import loading_schools
from places.models import School
from tests.factories.organisations import make_organisation
from tests.factories.registers import make_school, school_row, write

pytestmark = pytest.mark.django_db


def names(client: Client, query: str = "") -> list[str]:
    """The schools that are listed, in their order."""
    response = client.get(f"/schools/{query}")
    assert response.status_code == 200
    return [school.name for school in response.context["schools"]]


@pytest.fixture
def _some() -> None:
    make_school(900_001, "Heron Bank Primary School")
    make_school(900_002, "Trinity High School", phase="secondary", town="Elland")
    make_school(900_003, "Trinity Infants", area_code="E08000032", authority="Bradford", town="")
    make_school(900_004, "Trinity Old School", status="closed")


@pytest.mark.usefixtures("_some")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Heron Bank Primary School", "Trinity High School"]),
        ("?q=trinty", ["Trinity High School", "Trinity Infants"]),
        ("?q=trinity&place=calderdale", ["Trinity High School"]),
        ("?phase=secondary", ["Trinity High School"]),
        ("?q=trinity&phase=primary", ["Trinity Infants"]),
        ("?q=bradford", ["Trinity Infants"]),
        ("?q=trinity&place=calderdale&closed=1", ["Trinity High School", "Trinity Old School"]),
        ("?q=900004", ["Trinity Old School"]),
        ("?q=900009", []),
        ("?q=xylophone", []),
        ("?q=%00&phase=night&place=nowhere&page=x", ["Heron Bank Primary School", "Trinity High School"]),
        ("?page=7", ["Heron Bank Primary School", "Trinity High School"]),
    ],
)
def test_a_school_is_found_by_name_number_place_and_phase(
    client: Client, query: str, found: list[str]
) -> None:
    assert names(client, query) == found


@pytest.mark.usefixtures("_some")
def test_what_is_typed_is_kept_and_nothing_found_leads_on(client: Client) -> None:
    text = client.get("/schools/?q=%22xylophone%22&place=calderdale&phase=primary").content.decode()
    assert 'value="&quot;xylophone&quot;"' in text
    assert '<option value="calderdale" selected>' in text
    assert '<option value="primary" selected>' in text
    assert "No school like that" in text
    assert "closed=1" in text


def test_before_a_register_is_loaded_it_says_so(client: Client) -> None:
    text = client.get("/schools/?q=heron").content.decode()
    assert "No schools yet" in text
    assert "closed=1" not in text


def test_a_name_is_shown_as_text(client: Client) -> None:
    make_school(name="<b>Heron & Sons</b>")
    assert "&lt;b&gt;Heron &amp; Sons&lt;/b&gt;" in client.get("/schools/").content.decode()


@pytest.mark.usefixtures("_some")
def test_a_school_that_runs_activities_says_so_while_the_public_may_see_it(client: Client) -> None:
    make_organisation("Heron Bank Primary School", kind="school", urn=900_001)
    make_organisation("Trinity High School", kind="school", urn=900_002, public=False)
    assert client.get("/schools/").content.decode().count("Runs activities here") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_more_schools_cost_no_more_queries(
    client: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number):
        make_school(900_001 + each, f"Heron {each}")
    with django_assert_num_queries(6):
        assert len(names(client, "?q=heron")) == number


def test_many_schools_stand_on_pages(client: Client) -> None:
    make_school(900_000, "Heron 00")
    first = School.objects.get()
    for number in range(1, 45):
        first.pk, first.name = 900_000 + number, f"Heron {number:02}"
        first.save(force_insert=True)
    assert len(names(client)) == 40
    assert names(client, "?page=2") == [f"Heron {number}" for number in range(40, 45)]
    assert 'href="?page=2"' in client.get("/schools/").content.decode()


def test_a_new_register_is_seen_at_once(client: Client, tmp_path: Path) -> None:
    file = write(tmp_path / "register.csv", [school_row()])
    loading_schools.load(file)
    assert names(client) == ["Heron Bank Primary School"]
    loading_schools.load(write(file, [school_row(name="Heron Bank Academy")]))
    assert names(client) == ["Heron Bank Academy"]


@pytest.mark.usefixtures("_some")
def test_nothing_of_pupils_is_shown(client: Client) -> None:
    School.objects.update(pupils=8_765, free_meals="43.21")
    for path in ("/schools/", "/schools/900001/", "/schools/900004/"):
        text = client.get(path).content.decode()
        assert [figure for figure in ("8765", "8,765", "43.2", "43.21") if figure in text] == []
