"""What other sites are told when somebody pastes one of our addresses into theirs."""

import datetime
import json
import re

import pytest
from django.utils import timezone

from organisations import page_cache
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.postcodes import make_outcode, make_postcode

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


def make_on(title="", **fields):
    first = timezone.localdate() + datetime.timedelta(days=3)
    return make_activity(title, rules=[make_rule(first_date=first)], **fields)


def asked(client, url, **more):
    return client.get("/oembed", {"url": url, "format": "json", **more})


def said(client, url, **more):
    answer = asked(client, url, **more)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json; charset=utf-8")
    return json.loads(answer.content)


def test_activity_is_a_frame_with_its_card(client):
    activity = make_on(
        "Sunday “street” football", host=make_organisation("Savile Park Juniors", slug="savile")
    )
    found = said(client, f"{SITE}/organisers/savile/{activity.slug}/")
    picture = found.pop("thumbnail_url")
    assert found == {
        "version": "1.0",
        "type": "rich",
        "title": "Sunday “street” football",
        "author_name": "Savile Park Juniors",
        "author_url": f"{SITE}/organisers/savile/",
        "provider_name": "Mingle",
        "provider_url": f"{SITE}/",
        "cache_age": 86400,
        "html": f'<iframe src="{SITE}/embed/?pick={activity.uuid}&amp;count=1" '
        'title="Sunday “street” football" width="600" height="355" loading="lazy" frameborder="0"></iframe>',
        "width": 600,
        "height": 355,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }
    assert re.fullmatch(rf"{SITE}/activities/{activity.uuid}/card\.png\?v=[0-9a-f]{{8}}", picture)


def test_organisation_and_search_are_frames_with_their_lists(client):
    make_on(host=make_organisation("Savile Park Juniors", slug="savile"))
    assert (
        'src="http://localhost:8000/embed/?organiser=savile"'
        in said(client, f"{SITE}/organisers/savile/")["html"]
    )
    found = said(client, f"{SITE}/activities/?free=1&type=football&view=map&page=3")
    assert found["title"] == "Free football"
    assert 'src="http://localhost:8000/embed/?type=football&amp;free=1"' in found["html"]
    assert "/activities/card/football.png" in found["thumbnail_url"]


def test_shared_list_is_as_long_as_it_is(client):
    picks = "&".join(f"pick={make_on().uuid}" for _number in range(3))
    found = said(client, f"{SITE}/activities/?{picks}")
    assert found["title"] == "Our list: 3 activities"
    assert "&amp;count=3" in found["html"]


def test_frame_keeps_within_what_the_other_site_allows(client):
    make_on()
    found = said(client, f"{SITE}/activities/", maxwidth="320", maxheight="200")
    assert (found["width"], found["height"]) == (320, 200)
    assert 'width="320" height="200"' in found["html"]
    found = said(client, f"{SITE}/activities/", maxwidth="wide", maxheight="-1")
    assert (found["width"], found["height"]) == (600, 355)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "http://[",
        "/activities/",
        "https://evil.example/activities/",
        "http://localhost:8001/activities/",
        "http://localhost:8000@evil.example/activities/",
        "javascript://localhost:8000/activities/",
        f"{SITE}/",
        f"{SITE}/cms/",
        f"{SITE}/activities/nothing/",
        f"{SITE}/organisers/nobody/",
        f"{SITE}/organisers/nobody/nothing/",
        f"{SITE}/oembed",
        f"{SITE}/activities/\x00",
    ],
)
def test_what_is_not_ours_to_show_is_not_found(client, url):
    assert asked(client, url).status_code == 404


def test_what_the_public_may_not_see_is_not_found(client):
    activity, host = make_on(), make_organisation(public=False)
    activity.unpublish()
    assert asked(client, f"{SITE}/organisers/{activity.host.slug}/{activity.slug}/").status_code == 404
    assert asked(client, f"{SITE}/organisers/{host.slug}/").status_code == 404


def test_other_formats_are_not_implemented(client):
    assert asked(client, f"{SITE}/activities/", format="xml").status_code == 501
    assert client.get("/oembed", {"url": f"{SITE}/activities/"}).status_code == 200


def test_whole_postcode_is_neither_said_nor_kept(client):
    make_outcode("HX1")
    make_postcode("HX11UJ")
    answer = asked(client, f"{SITE}/activities/?near=HX1+1UJ")
    found = json.loads(answer.content)
    assert "near=HX1@53.72" in found["html"]
    assert found["title"] == "Things to do within 5 miles of HX1"
    assert "1UJ" not in answer.content.decode().upper()
    assert len(page_cache.pages) == 0


def test_pages_say_where_to_ask(client):
    activity = make_on()
    host = f"/organisers/{activity.host.slug}/"
    for path in (host, f"{host}{activity.slug}/", "/activities/?free=1&type=football"):
        page = client.get(path).content.decode()
        link = re.search(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page)[1]
        assert link.startswith(f"{SITE}/oembed?url=http%3A%2F%2Flocalhost%3A8000%2F")
        answer = client.get(link.removeprefix(SITE).replace("&amp;", "&"))
        assert answer.status_code == 200


def test_answer_takes_few_queries_and_again_one(client, django_assert_max_num_queries):
    make_on()
    asked(client, f"{SITE}/activities/?type=football")
    page_cache.pages.clear()
    with django_assert_max_num_queries(3):
        asked(client, f"{SITE}/activities/?type=football")
    with django_assert_max_num_queries(1):
        asked(client, f"{SITE}/activities/?type=football")
