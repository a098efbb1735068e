"""The page of what is on."""

import datetime
import re

import pytest
from django.utils import timezone

from events.actions import occurrences, vocabularies
from events.query import DAYS
from organisations.models import AccessFeature, Answer, VenueAccess
from places.models import Outcode, Postcode
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_staff
from tests.factories.postcodes import make_outcode

pytestmark = pytest.mark.django_db


def soon(days=3, **fields):
    """A weekly rule that begins in so many days."""
    first = timezone.localdate() + datetime.timedelta(days=days)
    return make_rule(first_date=first, **fields)


def make_on(title, days=3, **fields):
    return make_activity(title, rules=[soon(days)], **fields)


def titles(response):
    return re.findall(r'card__title"><a href="[^"]+">([^<]+)<', response.content.decode())


@pytest.fixture
def hx1():
    Outcode.objects.create(
        code="HX1",
        latitude=53.7221,
        longitude=-1.8633,
        area_code="E08000033",
        postcodes=1,
        complete=True,
        edition=1,
    )
    Postcode.objects.create(code="HX11UJ", latitude=53.7250, longitude=-1.8640, area_code="E08000033")


def test_page_lists_each_activity_once_by_its_next_date(client):
    make_on("Later football", days=5)
    make_on("Sooner football", days=2)
    response = client.get("/activities/")
    assert response.status_code == 200
    assert titles(response) == ["Sooner football", "Later football"]
    assert "2 activities" in response.content.decode()


def test_change_is_visible_to_the_very_next_request(client):
    activity = make_on("Here today")
    assert titles(client.get("/activities/")) == ["Here today"]
    activity.unpublish()
    assert titles(client.get("/activities/")) == []


def test_tomorrow_is_right_before_and_after_midnight(client, clock):
    make_on("On Tuesday", days=1)
    make_on("On Wednesday", days=2)

    def said():
        content = client.get("/activities/").content.decode()
        return re.findall(r'>(Today|Tomorrow), <span class="times">4:30–6 pm</span>', content)

    clock(datetime.datetime(2026, 11, 23, 23, 59, tzinfo=datetime.UTC))
    assert said() == ["Tomorrow"]
    assert titles(client.get("/activities/?when=tomorrow")) == ["On Tuesday"]
    clock(datetime.datetime(2026, 11, 24, 0, 1, tzinfo=datetime.UTC))
    assert said() == ["Today", "Tomorrow"]
    assert titles(client.get("/activities/?when=tomorrow")) == ["On Wednesday"]


def notices(client, question=""):
    content = client.get(f"/activities/{question}").content.decode()
    return re.findall(r'class="card__notice">.*?<span>([^<]*)<', content)


def test_notice_stands_on_the_card_while_its_date_is_the_next(client):
    activity = make_on("Swimming", days=2)
    first, second = activity.occurrences.order_by("starts_at")[:2]
    occurrences.put_notice(occurrence=second, notice="The lift is <out>", by=make_staff())
    assert notices(client) == []
    assert notices(client, f"?from={timezone.localdate(second.starts_at)}") == ["The lift is &lt;out&gt;"]
    occurrences.put_notice(occurrence=first, notice="Bring a towel", by=make_staff())
    assert notices(client) == ["Bring a towel"]
    first.refresh_from_db()
    occurrences.put_notice(occurrence=first, notice="", by=make_staff())
    assert notices(client) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("football", ["Street football"]),
        ("footbal", ["Street football"]),
        ("FOOTB", ["Street football"]),
        ("footbaal", ["Street football"]),
        ("swim", ["Évening lengths"]),
        ("swmi", ["Évening lengths"]),
        ("evening", ["Évening lengths"]),
        ("soccer", ["Street football"]),  # the type's other words
        ("savile juniors", ["Street football"]),  # who runs it
        ("library", ["Évening lengths"]),  # where
        ("lanes", ["Évening lengths"]),  # the summary
        ("the football", ["Street football"]),
        ("football library", []),
        ("quidditch", []),
    ],
)
def test_words_are_found_wherever_they_stand(client, words, found):
    host = make_organisation("Savile Park Juniors")
    make_on("Street football", host=host)
    make_on(
        "Évening lengths",
        type="swimming",
        venue=make_venue(name="Old Library Baths"),
        summary="Slow and fast lanes.",
    )
    assert titles(client.get("/activities/", {"q": words})) == found


def test_whole_postcode_leads_to_an_address_that_says_less(client, hx1):
    response = client.get("/activities/?near=hx1+1uj&age=9")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/activities/?near=HX1@53.725,-1.86")
    assert "1uj" not in response.headers["Location"].lower()


def test_near_tells_and_limits_distance(client, hx1):
    make_on("Near", venue=make_venue(latitude=53.73, longitude=-1.8633))
    make_on("Far", venue=make_venue(latitude=53.85, longitude=-1.8633))
    response = client.get("/activities/?near=HX1&radius=3")
    assert titles(response) == ["Near"]
    assert "0.5 miles</li>" in response.content.decode()
    assert titles(client.get("/activities/?near=HX1&radius=10&sort=distance")) == ["Near", "Far"]


def test_form_keeps_the_position_that_it_does_not_show(client, hx1):
    page = client.get("/activities/?near=HX1@53.725,-1.864").content.decode()
    assert 'name="near" value="HX1"' in page
    assert '<input type="hidden" name="near" value="HX1@53.725,-1.864">' in page
    response = client.get("/activities/?near=HX1&near=HX1@53.725,-1.864&q=&radius=5")
    assert response.headers["Location"] == "/activities/?near=HX1@53.725,-1.864&radius=5"


def test_empty_fields_leave_the_address(client):
    response = client.get("/activities/?q=&near=&radius=5&when=&from=&to=&age=9&age=abc")
    assert response.status_code == 302
    assert response.headers["Location"] == "/activities/?age=abc&age=9"


def test_words_stand_beside_the_field_that_is_wrong(client):
    make_on("Chess", type="chess")
    page = client.get("/activities/?near=Narnia&type=chess&age=abc").content.decode()
    assert re.search(r'id="problem-near"><svg.*?That does not look like a postcode', page)
    assert re.search(r'id="problem-age"><svg.*?Give ages in years', page)
    assert 'value="Narnia"' in page
    assert re.search(r'name="type" value="chess" checked', page)


def test_days_in_the_wrong_order_stay_in_their_fields(client):
    def days(address):
        page = client.get(address, follow=True).content.decode()
        return re.findall(r'<input[^>]* name="(from|to)"[^>]* value="([^"]*)"', page)

    assert days("/activities/?from=2027-05-02&to=2027-04-01") == [
        ("from", "2027-05-02"),
        ("to", "2027-04-01"),
    ]
    assert days("/activities/?from=2027-05-02&to=31/2/2027") == [("from", "2027-05-02"), ("to", "")]


def test_unknown_slug_is_said_and_the_rest_counts(client):
    make_on("Chess", type="chess")
    response = client.get("/activities/?type=quidditch&type=chess&organiser=nobody")
    assert titles(response) == ["Chess"]
    page = response.content.decode()
    assert re.search(r'id="problem-type"><svg.*?We do not know “quidditch”', page)
    assert '<details class="browse__filters" id="sheet" open>' in page
    assert "We do not know this organiser" in page


def test_numbers_beside_type_day_and_free(client):
    make_on("Chess", type="chess", price=2)
    make_on("Football")
    make_on("More football")
    page = client.get("/activities/?type=chess").content.decode()
    assert 'id="n-type-football">2<' in page
    assert 'id="n-type-chess">1<' in page
    assert 'id="n-type-swimming">0<' in page
    assert 'id="n-free-1">0<' in page


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("", {"tue": 3, "fri": 1, "sat": 2}),
        ("type=football", {"tue": 2, "fri": 1, "sat": 1}),
        ("free=1&age=16", {"tue": 1, "fri": 1}),
        ("when=week", {"tue": 3, "fri": 1}),
        ("type=football&day=fri", {"tue": 2, "fri": 1, "sat": 1}),
    ],
)
def test_numbers_beside_days_are_those_of_what_each_day_would_list(client, asked, numbers):
    """Soon is counted from a Monday; what is on twice a week counts on both days, and once on each."""
    make_on("Football", days=1)
    make_activity("More football", rules=[soon(1, weekdays=[1, 4])], age_from=15, age_to=17)
    make_on("Chess", days=1, type="chess", price=2)
    make_on("Saturday chess", days=12, type="chess", price=2)
    make_on("Saturday football", days=12, price=1)
    page = client.get(f"/activities/?{asked}").content.decode()
    shown = {day: int(number) for day, number in re.findall(r'id="n-day-(\w+)"[^>]*>(\d+)<', page)}
    assert list(shown) == list(DAYS)
    assert {day: number for day, number in shown.items() if number} == numbers
    others = "&".join(part for part in asked.split("&") if not part.startswith("day="))
    assert shown == {day: len(titles(client.get(f"/activities/?{others}&day={day}"))) for day in DAYS}


def test_chips_take_one_thing_off(client):
    make_on("Football")
    page = client.get("/activities/?type=football&free=1&age=9").content.decode()
    assert re.search(r'href="\?age=9&amp;free=1"[^>]*>.*?Football', page)
    assert re.search(r'href="\?type=football&amp;free=1"[^>]*>.*?Age 9', page)
    assert re.search(r'href="\?" data-hx-get="/activities/\?">Take off all', page)


def test_organiser_is_named_in_its_chip(client):
    host = make_organisation("Savile Park Juniors", slug="savile-park")
    make_on("Football", host=host)
    make_on("Other")
    response = client.get("/activities/?organiser=savile-park")
    assert titles(response) == ["Football"]
    assert re.search(r"</span>Savile Park Juniors<svg", response.content.decode())


def test_nothing_found_offers_what_would_be(client, hx1):
    make_on("Far football", venue=make_venue(latitude=53.80, longitude=-1.8633))
    page = client.get("/activities/?near=HX1&radius=1").content.decode()
    assert "Nothing found" in page
    assert re.search(r'href="\?near=HX1&amp;radius=10"[^>]*>1 within 10 miles', page)


def test_nothing_in_any_circle_offers_what_is_further_away(client, hx1):
    make_on("Football in Cornwall", venue=make_venue(latitude=50.26, longitude=-5.05))
    page = client.get("/activities/?near=HX1&age=9&sort=distance").content.decode()
    assert re.search(r'href="\?age=9"[^>]*>1 further away', page)


def test_where_one_change_is_not_enough_one_thing_is_kept(client, hx1):
    make_on("Chess", type="chess", price=2)
    page = client.get("/activities/?type=chess&free=1&q=quidditch").content.decode()
    assert re.findall(r'href="(\?[^"]*)"[^>]*>(\d+ [^<]*without the rest)', page) == [
        ("?type=chess", "1 of these kinds, without the rest")
    ]


def test_step_free_offers_the_unknown_apart(client):
    vocabularies.add_missing()
    feature = AccessFeature.objects.get(slug="step-free")
    yes, unknown, no = make_venue(), make_venue(), make_venue()
    VenueAccess.objects.create(venue=yes, feature=feature, answer=Answer.YES)
    VenueAccess.objects.create(venue=no, feature=feature, answer=Answer.NO)
    make_on("Yes", venue=yes)
    make_on("Unknown", venue=unknown)
    make_on("No", venue=no)
    response = client.get("/activities/?access=step-free")
    assert titles(response) == ["Yes"]
    assert "Of 1 more activity nobody has told us yet" in response.content.decode()
    assert 'href="?access=step-free&amp;ask=1"' in response.content.decode()
    unknown = client.get("/activities/?access=step-free&ask=1")
    assert titles(unknown) == ["Unknown"]
    ways = ["calendar.ics" in answer.content.decode() for answer in (response, unknown)]
    assert ways == [True, False]


def test_card_says_which_child_it_suits(client):
    make_on("Small", age_from=5, age_to=8, days=2)
    make_on("Both", age_from=5, age_to=14)
    response = client.get("/activities/?age=7&age=12")
    assert titles(response) == ["Both", "Small"]
    assert "Suits ages 7 and 12" in response.content.decode()
    assert "Suits age 7</li>" in response.content.decode()


def test_ages_of_a_shared_calendar_have_grown(client):
    make_on("Teens", age_from=13, age_to=15)
    response = client.get("/activities/?age=12&asof=2025-09")
    assert titles(response) == ["Teens"]
    assert "Age 13" in response.content.decode()


def test_page_behind_the_last_leads_back(client):
    make_on("Football")
    page = client.get("/activities/?page=9999&type=football").content.decode()
    assert "This page is empty" in page
    assert 'href="?type=football"' in page


def test_htmx_gets_the_results_and_what_changes_around_them(client):
    make_on("Football")
    response = client.get("/activities/?free=1&near=Narnia", headers={"HX-Request": "true"})
    part = response.content.decode()
    assert titles(response) == ["Football"]
    assert "<html" not in part
    assert '<span class="choice__count" id="n-type-football" data-hx-swap-oob="true">1</span>' in part
    assert re.search(r'id="problem-near" data-hx-swap-oob="true"><svg', part)
    assert re.search(r'id="filters-on" data-hx-swap-oob="true"><span class="browse__on">1 on</span>', part)
    assert '<span class="choice__count" id="n-show" data-hx-swap-oob="true">1</span>' in part
    assert '<div id="kept" hidden data-hx-swap-oob="true"></div>' in part
    assert "HX-Request" in response.headers["Vary"]


def test_pages_for_search_engines_are_the_plain_ones(client):
    make_on("Football")

    def head(address):
        page = client.get(address).content.decode()
        return re.search(r'rel="canonical" href="([^"]+)"', page)[1], "noindex" in page

    assert head("/activities/") == ("http://localhost:8000/activities/", False)
    assert head("/activities/?view=map&type=football") == (
        "http://localhost:8000/activities/?type=football&amp;view=map",
        True,
    )
    assert head("/activities/?type=football") == ("http://localhost:8000/activities/?type=football", False)
    assert head("/activities/?q=foot")[1]


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_as_many_queries_for_one_as_for_three(client, django_assert_num_queries, number):
    for each in range(number):
        make_on(f"Football {each}")
    client.get("/activities/")
    with django_assert_num_queries(3):  # generation, words, cards
        client.get(
            "/activities/?q=football&free=1&age=9&day=mon&day=tue&day=wed&day=thu&day=fri&day=sat&day=sun"
        )


def test_visitor_gets_no_cookie(client):
    make_on("Football")
    assert not client.get("/activities/?age=9").cookies


def ticked(page):
    """Name and value of each box and round that is ticked."""
    return re.findall(r'<input type="(?:checkbox|radio)" name="([^"]*)" value="([^"]*)" checked', page)


def test_form_shows_what_was_chosen(client, hx1):
    page = client.get("/activities/?near=HX1&radius=10&when=week&age=7&age=12&day=sat").content.decode()
    assert ticked(page) == [("age", "7"), ("age", "12"), ("when", "week"), ("day", "sat")]
    assert re.findall(r'<option value="([^"]*)" selected>', page) == ["10"]


def test_any_date_is_chosen_where_no_date_was_asked_for(client):
    assert ticked(client.get("/activities/").content.decode()) == [("when", "")]


def test_button_says_how_many_filters_are_on_and_how_many_are_found(client, hx1):
    make_on("Football", age_from=7, age_to=12)
    make_on("Chess club", type="chess", age_from=5, age_to=14)

    def said(address):
        page = client.get(address).content.decode()
        on = re.search(r'id="filters-on">(?:<span class="browse__on">([^<]*)</span>)?</span>', page)
        return on[1], re.search(r'id="n-show">([^<]*)<', page)[1]

    assert said("/activities/") == (None, "2")
    assert said("/activities/?near=HX1&q=football&sort=title") == (None, "1")
    assert said("/activities/?age=7&age=12&type=chess") == ("3 on", "1")


def test_place_that_was_changed_or_emptied_is_not_the_one_before(client, hx1):
    make_outcode("HX2")
    kept = "near=HX1@53.725,-1.864"
    changed = client.get(f"/activities/?near=HX2&radius=5&{kept}")
    assert changed.headers["Location"] == "/activities/?near=HX2&radius=5"
    assert client.get(f"/activities/?near=&radius=5&{kept}").headers["Location"] == "/activities/?"


def test_hidden_fields_stand_behind_the_boxes(client, hx1):
    """A browser sends fields in their order, and the first place counts."""
    page = client.get("/activities/?near=HX1@53.725,-1.864&view=calendar&month=2027-03").content.decode()
    assert page.index('id="near"') < page.index('id="kept"')
    assert re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page) == [
        ("near", "HX1@53.725,-1.864"),
        ("view", "calendar"),
        ("month", "2027-03"),
    ]


def test_views_keep_the_question(client):
    make_on("Football")
    page = client.get("/activities/?age=9&view=calendar&month=2026-12&sort=title").content.decode()
    links = re.findall(r'<a id="view-(\w+)" href="([^"]*)"[^>]*?( aria-current="true")?>', page)
    assert links == [
        ("list", "?age=9&amp;sort=title", ""),
        ("calendar", "?age=9&amp;view=calendar&amp;month=2026-12&amp;sort=title", ' aria-current="true"'),
        ("map", "?age=9&amp;view=map&amp;sort=title", ""),
    ]


def test_taking_all_off_keeps_the_view(client):
    make_on("Football")
    page = client.get("/activities/?age=9&free=1&view=calendar").content.decode()
    assert re.search(r'href="\?view=calendar"[^>]*>Take off all', page)
