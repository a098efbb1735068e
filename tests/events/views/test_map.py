"""The map's view of what is on, and what its script asks for."""

import dataclasses
import json
import re
from urllib.parse import quote

import numpy as np
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.actions import occurrences
from events.map.grouping import MOST
from events.models import Activity, Occurrence
from events.search import spots
from places import outcodes
from tests.events.views.test_browse import make_on, titles
from tests.events.views.test_browse_nonsense import ODD, VALUES
from tests.factories.organisations import make_venue
from tests.factories.people import make_staff
from tests.factories.postcodes import make_outcode

pytestmark = pytest.mark.django_db

BOX = "box=53.6,-2.2,53.9,-1.6"
HEBDEN = {"town": "Hebden Bridge", "latitude": 53.742, "longitude": -2.013}


def read(client, question=BOX + "&zoom=11"):
    response = client.get(f"/activities/map.json?{question}")
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def test_one_activity_is_a_marker_with_its_short_card(client):
    make_on("Sew and tell", days=1, venue=make_venue(name="Square Chapel"))
    (marker,) = read(client)["markers"]
    assert marker == {
        "at": [53.7236, -1.8631],
        "count": 1,
        "name": "Sew and tell, Tomorrow, 4:30–6 pm",
        "symbol": "football",
        "place": "Square Chapel, Halifax",
        "items": [
            {
                "uuid": str(Activity.objects.get().uuid),
                "title": "Sew and tell",
                "when": "Tomorrow, 4:30–6 pm",
                "price": "Free",
                "href": marker["items"][0]["href"],
            }
        ],
    }
    assert client.get(marker["items"][0]["href"]).status_code == 200


def test_notice_of_the_date_is_on_the_short_card_and_that_of_another_is_not(client):
    make_on("Sew and tell", days=1)
    first, second = Occurrence.objects.order_by("starts_at")[:2]
    by = make_staff()
    occurrences.put_notice(occurrence=second, notice="Bring a towel.", by=by)
    assert "notice" not in read(client)["markers"][0]["items"][0]
    occurrences.put_notice(occurrence=first, notice="The lift is out of order.", by=by)
    assert read(client)["markers"][0]["items"][0]["notice"] == "The lift is out of order."


def test_those_at_one_venue_are_listed_by_their_dates(client):
    venue = make_venue(name="Square Chapel")
    make_on("Later", days=5, venue=venue)
    make_on("Sooner", days=2, venue=venue)
    (marker,) = read(client)["markers"]
    assert (marker["name"], marker["count"]) == ("2 activities at Square Chapel", 2)
    assert [item["title"] for item in marker["items"]] == ["Sooner", "Later"]


def test_more_than_twenty_at_one_venue_are_counted(client):
    venue = make_venue()
    for number in range(21):
        make_on(f"Football {number}", venue=venue)
    (marker,) = read(client)["markers"]
    assert (marker["count"], len(marker["items"])) == (21, 20)
    assert marker["more"] == "And 1 more here: find it in the list."


def test_neighbours_are_one_group_until_one_looks_closer(client):
    make_on("Football", venue=make_venue(latitude=53.7236, longitude=-1.8631))
    make_on("Choir", venue=make_venue(latitude=53.7250, longitude=-1.8650))
    (group,) = read(client)["markers"]
    assert (group["count"], group["name"]) == (2, "2 activities near Halifax")
    assert group["box"] == [53.7236, -1.865, 53.725, -1.8631]
    assert "items" not in group
    closer = read(client, BOX + "&zoom=17")["markers"]
    assert [marker["items"][0]["title"] for marker in closer] == ["Choir", "Football"]


def test_only_what_was_asked_and_lies_on_this_piece_is_drawn(client):
    make_on("Football")
    make_on("Tennis", type="tennis")
    make_on("Far football", venue=make_venue(latitude=51.5, longitude=-0.1))
    answer = read(client, f"type=football&{BOX}&zoom=12")
    assert [marker["name"].split(",")[0] for marker in answer["markers"]] == ["Football"]
    assert answer["words"] == "1 of 2 activities on this map"
    assert read(client, "type=tennis")["words"] == "1 activity on this map"


def test_search_here_asks_the_same_around_the_middle(client):
    make_outcode("HX1")
    here = read(client, "q=football&sort=title&page=3&box=53.7,-1.9,53.75,-1.8&zoom=13")["here"]
    assert here == "?q=football&near=HX1@53.725,-1.848&radius=3&view=map&sort=title"
    assert client.get(f"/activities/{here}").status_code == 200


def test_where_no_address_can_say_it_nothing_is_offered(client):
    outcodes.forget()
    assert read(client)["here"] == ""
    make_outcode("HX1")
    assert read(client, "box=10,10,11,11")["here"] == ""


def test_whole_postcode_leads_to_an_address_that_says_less(client):
    make_outcode("HX1", complete=False)
    response = client.get(f"/activities/map.json?near=HX1+1UJ&{BOX}&zoom=12")
    assert response.status_code == 302
    assert response.headers["Location"] == f"/activities/map.json?near=HX1&radius=5&{BOX}&zoom=12"


@pytest.mark.parametrize("question", ["box=1,2,3", "box=<script>", "zoom=near", "box="])
def test_box_that_is_none_gets_words(client, question):
    response = client.get(f"/activities/map.json?{question}")
    assert response.status_code == 400
    assert list(response.json()) == ["problem"]


@given(
    st.lists(st.tuples(st.sampled_from(["box", "zoom", "near", "view", "q", "pick"]), VALUES), max_size=5),
    st.sampled_from(ODD),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nonsense_is_never_an_error(pairs, odd):
    query = "&".join([*(f"{name}={value}" for name, value in pairs), f"box={quote(odd)}"])
    assert Client().get("/activities/map.json", QUERY_STRING=query).status_code in (200, 302, 400)
    assert Client().get("/activities/", QUERY_STRING=f"{query}&view=map").status_code in (200, 302)


@pytest.mark.parametrize("number", [1, 3])
def test_markers_take_as_many_queries_for_one_as_for_three(client, django_assert_num_queries, number):
    make_outcode("HX1")
    for each in range(number):
        make_on(f"Football {each}", venue=make_venue(latitude=53.7 + each / 50))
    client.get("/activities/")
    with django_assert_num_queries(4):  # generation, words, outcodes, facts
        assert len(read(client, f"q=football&{BOX}&zoom=14")["markers"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_as_many_queries_for_one_as_for_three(client, django_assert_num_queries, number):
    for each in range(number):
        make_on(f"Football {each}", venue=make_venue(latitude=53.7 + each / 50))
    client.get("/activities/")
    with django_assert_num_queries(3):  # generation, cards, facts
        client.get("/activities/?view=map&free=1")


def test_never_more_than_three_hundred_markers(client, monkeypatch):
    make_on("Football")

    def everywhere(query, snapshot, now):
        """One activity, as if it were two thousand all over the country."""
        one = spots(query, snapshot, now)
        latitudes, longitudes = np.random.default_rng(7).uniform((50, -5), (58, 1), (2_000, 2)).T
        repeated = {
            name: np.repeat(getattr(one, name), 2_000) for name in ("slots", "venues", "starts", "ends")
        }
        return dataclasses.replace(one, latitudes=latitudes, longitudes=longitudes, **repeated)

    monkeypatch.setattr("events.views.map.spots", everywhere)
    answer = read(client, "zoom=17")
    assert 200 < len(answer["markers"]) <= MOST
    assert sum(marker["count"] for marker in answer["markers"]) == 2_000


def test_answer_is_kept_and_goes_with_the_next_change(client):
    make_on("Football")
    address = f"/activities/map.json?{BOX}&zoom=11"
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    make_on("Choir", venue=make_venue(**HEBDEN))
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200
    assert [marker["count"] for marker in read(client)["markers"]] == [1, 1]


def test_map_stands_before_the_list_of_the_same(client):
    make_on("Football", days=2)
    make_on("Choir", days=4, venue=make_venue(**HEBDEN))
    response = client.get("/activities/?view=map&free=1")
    page = response.content.decode()
    assert titles(response) == ["Football", "Choir"]
    assert page.index("<mingle-map") < page.index('class="cards"')
    assert 'data-points="/activities/map.json?free=1"' in page
    assert re.search(r'data-box="53.7236,-2.0130,53.7420,-1.8631"', page)
    assert "leaflet-1.9.4" in page
    assert "needs JavaScript" in page


def test_other_views_load_nothing_of_the_map(client):
    make_on("Football")
    for view in ("list", "calendar"):
        page = client.get(f"/activities/?view={view}").content.decode()
        assert ("leaflet" in page, "mingle-map" in page) == (False, False)


def test_still_picture_leads_to_the_one_and_to_what_is_around_several(client):
    make_outcode("HX1")
    make_on("Choir", venue=make_venue(**HEBDEN))
    for title in ("Football", "Tennis"):
        make_on(title, venue=make_venue(latitude=53.7236, longitude=-1.8631))
    page = client.get("/activities/?view=map").content.decode()
    links = dict(re.findall(r'<a href="([^"]+)" aria-label="([^"]+)" transform', page))
    several = next(href for href, name in links.items() if name.startswith("2 "))
    assert several == "?near=HX1@53.725,-1.864&amp;radius=0.5&amp;view=map"
    assert titles(client.get("/activities/" + several.replace("&amp;", "&"))) == ["Football", "Tennis"]
    one = next(href for href, name in links.items() if name.startswith("Choir"))
    assert client.get(one).status_code == 200


def test_map_without_anything_found_shows_the_place(client):
    make_outcode("HX1")
    page = client.get("/activities/?q=quidditch&view=map").content.decode()
    assert "Nothing found" in page
    assert re.search(r'data-box="-?\d+\.\d{4},-?\d', page)
    near = client.get("/activities/?near=HX1@53.725,-1.864&radius=2&view=map").content.decode()
    assert 'data-centre="53.725,-1.864,2"' in near
    assert "Nothing found" in near


def test_htmx_swaps_the_map_with_the_results(client):
    make_on("Football")
    part = client.get("/activities/?view=map", headers={"HX-Request": "true"}).content.decode()
    assert "<mingle-map" in part
    assert "<html" not in part


def test_ground_is_a_picture_that_is_kept(client):
    response = client.get("/activities/ground.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    again = client.get("/activities/ground.svg", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_no_other_host_is_named_without_tiles(client):
    make_on("Football")
    response = client.get("/activities/?view=map")
    assert "data-tiles" not in response.content.decode()
    assert "img-src 'self' data:;" in response.headers["Content-Security-Policy"]


def test_tiles_come_from_the_one_host_that_is_set(settings, client):
    settings.TILES = "https://{s}.tiles.example/{z}/{x}/{y}.png"
    settings.TILES_CREDIT = "© Mappers https://mappers.example/"
    make_on("Football")
    response = Client().get("/activities/?view=map")
    page = response.content.decode()
    assert 'data-tiles="https://{s}.tiles.example/{z}/{x}/{y}.png"' in page
    assert '<a href="https://mappers.example/"' in page
    assert "img-src 'self' https://*.tiles.example data:;" in response.headers["Content-Security-Policy"]
