"""Organisations' pages: what they say, and to whom they show themselves."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from organisations import slots
from organisations.models import Generation, Organisation, OrganisationPage, State
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2027, 1, 11, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime.datetime]:
    """Monday at noon; replace the one item to let time pass."""
    hands = [MONDAY]
    monkeypatch.setattr(timezone, "now", lambda: hands[0])
    return hands


def page(client: Client, organisation: Organisation) -> str:
    return " ".join(client.get(f"/organisers/{organisation.slug}/").content.decode().split())


def test_page_says_who_they_are_and_how_to_reach_them(client: Client) -> None:
    spark = make_organisation(
        "Spark",
        page={
            "summary": "We play.",
            "body": "<p>Since 1998.</p>",
            "phone": "01422 1",
            "email": "hello@spark.example",
        },
    )
    text = page(client, spark)
    for words in (
        "<h1>Spark</h1>",
        "We play.",
        "<p>Since 1998.</p>",
        "tel:014221",
        "mailto:hello@spark.example",
    ):
        assert words in text
    assert "by Calderdale on 1 September 2026." in text


def test_page_lists_what_it_runs_and_nothing_else(client: Client) -> None:
    spark = make_organisation("Spark")
    make_activity("Football", host=spark)
    make_activity("Chess of somebody else")
    text = page(client, spark)
    assert "Football" in text
    assert 'Tomorrow, <span class="times">4:30–6 pm</span>' in text
    assert "Chess" not in text
    assert 'href="webcal://localhost:8000/organisers/' in text


def test_tomorrow_is_right_before_and_after_midnight(client: Client, clock: list[datetime.datetime]) -> None:
    spark = make_organisation("Spark")
    make_activity("Football", host=spark)
    clock[0] = datetime.datetime(2027, 1, 11, 23, 59, tzinfo=datetime.UTC)
    assert 'Tomorrow, <span class="times">4:30–6 pm</span>' in page(client, spark)
    clock[0] = datetime.datetime(2027, 1, 12, 0, 1, tzinfo=datetime.UTC)
    assert 'Today, <span class="times">4:30–6 pm</span>' in page(client, spark)


def test_page_without_dates_says_so(client: Client) -> None:
    assert "No dates at the moment" in page(client, make_organisation())


def test_page_takes_four_queries_and_again_one(client: Client, django_assert_max_num_queries: object) -> None:
    spark = make_organisation("Spark")
    for title in ("Football", "Chess", "Choir"):
        make_activity(title, host=spark)
    client.get(f"/organisers/{make_organisation().slug}/")
    with django_assert_max_num_queries(4):
        page(client, spark)
    with django_assert_max_num_queries(1):
        page(client, spark)


def test_organisation_that_was_never_public_is_not_found(client: Client) -> None:
    draft = make_organisation(public=False)
    assert client.get(f"/organisers/{draft.slug}/").status_code == 404
    assert client.get("/organisers/nobody/").status_code == 404


@pytest.mark.parametrize(
    "lapse",
    [{"state": State.SUSPENDED}, {"state": State.CLOSED}, {"declaration_until": datetime.date(2027, 1, 10)}],
    ids=["suspended", "closed", "lapsed"],
)
def test_organisation_that_was_public_is_gone_without_a_word_of_it(client: Client, lapse: dict) -> None:
    spark = make_organisation("Spark")
    make_activity("Still on")
    Organisation.objects.filter(pk=spark.pk).update(**lapse)
    Generation.objects.raised()
    response = client.get(f"/organisers/{spark.slug}/")
    assert response.status_code == 410
    assert "Spark" not in response.content.decode()
    assert "Still on" in response.content.decode()


def test_list_has_public_organisations_alone(client: Client) -> None:
    make_organisation("Spark")
    make_organisation("Not yet", public=False)
    OrganisationPage.objects.filter(organisation=make_organisation("Taken down")).update(live=False)
    text = client.get("/organisers/").content.decode()
    assert "Spark" in text
    assert "Not yet" not in text
    assert "Taken down" not in text


def test_list_is_searched_by_name(client: Client) -> None:
    make_organisation("Spark")
    make_organisation("Bridge")
    text = client.get("/organisers/?q=spar").content.decode()
    assert "Spark" in text
    assert "Bridge" not in text
    assert "No one by that name" in client.get("/organisers/?q=zzz").content.decode()


@pytest.mark.parametrize(
    "query", ["page=9999", "page=x", "q=%00", "q=" + "x" * 5000, "q=%FF%FE", "page=-1&page=2"]
)
def test_list_bears_nonsense(client: Client, query: str) -> None:
    make_organisation("Spark")
    assert client.get(f"/organisers/?{query}").status_code == 200


def test_slot_keeps_the_order_of_filling_and_each_filler_once() -> None:
    slot = slots.Slot()

    def first(*args: object) -> slots.Part:
        return slots.Part("first.html", {})

    def nothing(*args: object) -> None:
        return None

    for filler in (first, nothing, first):
        slot.fill(filler)
    assert [part.template for part in slot.parts(Organisation(), MONDAY)] == ["first.html"]


def test_preview_of_an_organisation_shows_the_draft(client: Client) -> None:
    spark = make_organisation("Spark")
    draft = spark.page
    draft.summary = "Words not saved yet."
    response = draft.make_preview_request()
    assert response.status_code == 200
    assert "Words not saved yet." in response.content.decode()
