"""The first page and each place's own."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from events.actions import occurrences, vocabularies
from events.models import ActivityType
from organisations.models import Generation
from pages.actions import information, tree
from pages.models import HomePage
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_place, make_venue
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2027, 1, 11, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime.datetime]:
    hands = [MONDAY]
    monkeypatch.setattr(timezone, "now", lambda: hands[0])
    return hands


def page(client: Client, path: str = "/") -> str:
    return " ".join(client.get(path).content.decode().split())


def test_first_page_asks_for_postcode_and_age_and_leads_to_what_is_on(client: Client) -> None:
    text = page(client)
    assert '<form class="ask" action="/activities/" method="get"' in text
    assert 'name="near"' in text


def test_first_page_asks_for_two_children_of_the_ages_that_the_list_has(client: Client) -> None:
    selects = re.findall(r'<label[^>]*>([^<]*)</label> <select[^>]*name="age">(.*?)</select>', page(client))
    ages = [(label, re.findall(r'value="(\d*)"', options)) for label, options in selects]
    every = ["", *map(str, range(20))]
    assert ages == [("Age", every), ("Another child", every)]
    response = client.get("/activities/?near=&age=9&age=12")
    assert (response.status_code, response["Location"]) == (302, "/activities/?age=9&age=12")
    response = client.get("/activities/?near=&age=9&age=")
    assert (response.status_code, response["Location"]) == (302, "/activities/?age=9")
    response = client.get("/activities/?near=&age=&age=")
    assert (response.status_code, response["Location"]) == (302, "/activities/?")


def test_first_page_shows_this_week_soonest_first_and_nothing_later(client: Client) -> None:
    make_activity("On Thursday", rules=[make_rule(first_date=datetime.date(2027, 1, 14))])
    make_activity("On Tuesday")
    make_activity("Next month", rules=[make_rule(first_date=datetime.date(2027, 2, 9))])
    text = page(client)
    assert 0 < text.index("On Tuesday") < text.index("On Thursday")
    assert "Next month" not in text
    assert "See all 2 this week" in text


def test_first_page_shows_the_notice_of_the_date_it_shows(client: Client) -> None:
    activity = make_activity("On Tuesday")
    first, second = activity.occurrences.order_by("starts_at")[:2]
    occurrences.put_notice(occurrence=second, notice="The lift is out of order", by=make_staff())
    assert "card__notice" not in page(client)
    occurrences.put_notice(occurrence=first, notice="Bring a towel", by=make_staff())
    assert page(client).count("<span>Bring a towel</span>") == 1


def test_first_page_counts_activities_by_type(client: Client) -> None:
    make_activity(type="choir")
    make_activity(type="football")
    make_activity(type="football")
    text = page(client)
    assert '<span>Football</span> <span class="chip__count">2</span>' in text
    assert '<span>Singing</span> <span class="chip__count">1</span>' in text
    assert "Cricket" not in text


def test_first_page_shows_the_twelve_types_of_which_most_is_on_and_folds_the_rest(client: Client) -> None:
    vocabularies.add_missing()
    types = list(ActivityType.objects.values_list("slug", flat=True)[:13])
    for slug in (*types, types[12]):
        make_activity(type=slug)
    before, _summary, after = page(client).partition("Show 1 more")
    assert re.findall(r"\?type=([\w-]+)", before) == [*types[:11], types[12]]
    assert re.findall(r"\?type=([\w-]+)", after) == [types[11]]


def test_first_page_of_an_empty_installation_still_answers(client: Client) -> None:
    assert "Nothing is on this week" in page(client)


def test_first_page_leads_who_runs_something_to_where_they_ask_and_read_how(client: Client) -> None:
    information.add_missing(home=tree.plant())
    block = re.search(r'<section[^>]* aria-labelledby="organisers">.*?</section>', page(client))[0]
    assert '<h2 id="organisers">Do you run something?</h2>' in block
    links = re.findall(r'<a [^>]*href="([^"]*)">([^<]*)</a>', block)
    assert links == [("/organise/apply/", "Run activities here"), ("/for-organisers/", "How it works")]
    answers = [client.get(href, follow=True) for href, _words in links]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].request["QUERY_STRING"] == "next=%2Forganise%2Fapply%2F"  # once they have signed in


def test_editors_words_are_on_the_first_page_at_once(client: Client) -> None:
    home = tree.plant()
    page(client)
    home.headline = "Come and play"
    home.save_revision().publish()
    assert '<h1 class="hero-title">Come and play</h1>' in page(client)


def test_first_page_takes_four_queries_and_again_one(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for _number in range(3):
        make_activity()
    page(client)
    Generation.objects.raised()
    with django_assert_max_num_queries(6):  # two of them renew the index once after a change
        page(client)
    with django_assert_max_num_queries(1):
        page(client)


def test_place_shows_its_own_alone_and_whom_to_speak_to(client: Client) -> None:
    leeds = make_place(
        "leeds", contact_email="play@leeds.example", safeguarding_name="Sam", safeguarding_phone="0113 1"
    )
    make_activity("In Leeds", host=make_organisation(place=leeds))
    make_activity("In Calderdale")
    text = page(client, "/in/leeds/")
    assert "Things to do in Leeds" in text
    assert "In Leeds" in text
    assert "In Calderdale" not in text
    assert "mailto:play@leeds.example" in text
    assert "tel:01131" in text
    assert '<input type="hidden" name="place" value="leeds">' in text
    assert "?type=football&amp;place=leeds" in text


def test_place_opens_with_its_own_words_and_leads_to_its_towns(client: Client) -> None:
    leeds = make_place("leeds", introduction="A city with seven rivers, most of them under the road.")
    host = make_organisation(place=leeds)
    for town in ("Otley", "Morley", "Otley"):
        make_activity(host=host, venue=make_venue(town=town))
    make_activity(venue=make_venue(town="Halifax"))
    text = page(client, "/in/leeds/")
    assert '<p class="lead">A city with seven rivers, most of them under the road.</p>' in text
    assert re.findall(r"\?q=(\w+)&amp;place=leeds", text) == ["Morley", "Otley"]
    assert re.findall(r"\?q=(\w+)&amp;place=calderdale", page(client, "/in/calderdale/")) == ["Halifax"]


def test_unknown_place_is_not_found(client: Client) -> None:
    assert client.get("/in/nowhere/").status_code == 404


def test_change_of_a_place_shows_at_once(client: Client) -> None:
    place = make_place()
    page(client, "/in/calderdale/")
    place.contact_email = "new@calderdale.example"
    place.save()
    assert "new@calderdale.example" in page(client, "/in/calderdale/")


def test_tomorrow_is_right_before_and_after_midnight(client: Client, clock: list[datetime.datetime]) -> None:
    make_activity()
    clock[0] = datetime.datetime(2027, 1, 11, 23, 59, tzinfo=datetime.UTC)
    assert 'Tomorrow, <span class="times">4:30–6 pm</span>' in page(client)
    clock[0] = datetime.datetime(2027, 1, 12, 0, 1, tzinfo=datetime.UTC)
    assert 'Today, <span class="times">4:30–6 pm</span>' in page(client)


def test_date_that_is_over_leaves_the_first_page(client: Client, clock: list[datetime.datetime]) -> None:
    make_activity()
    clock[0] = datetime.datetime(2027, 1, 12, 17, 59, tzinfo=datetime.UTC)
    assert 'Today, <span class="times">4:30–6 pm</span>' in page(client)
    clock[0] = datetime.datetime(2027, 1, 12, 18, 0, tzinfo=datetime.UTC)
    assert 'Today, <span class="times">4:30–6 pm</span>' not in page(client)


def test_preview_of_the_first_page_shows_the_draft(client: Client) -> None:
    home = tree.plant()
    home.headline = "Not yet out"
    assert "Not yet out" in home.make_preview_request().content.decode()
    assert HomePage.objects.get().headline != "Not yet out"
