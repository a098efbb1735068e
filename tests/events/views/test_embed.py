"""A list on somebody else's site, and the page that makes its code."""

import datetime
import html
import re

import pytest
from django.utils import timezone

from organisations import page_cache
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.postcodes import make_outcode, make_postcode

pytestmark = pytest.mark.django_db


def make_on(title, days=3, **fields):
    first = timezone.localdate() + datetime.timedelta(days=days)
    return make_activity(title, rules=[make_rule(first_date=first)], **fields)


def titles(response):
    return re.findall(r'card__title"><a [^>]*>([^<]+)<', response.content.decode())


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_list_answers_the_question_as_browsing_does(client):
    make_on("Chess", type="chess")
    make_on("Later football", days=9)
    make_on("Football", days=2, price=2)
    assert titles(client.get("/embed/")) == ["Football", "Chess", "Later football"]
    assert titles(client.get("/embed/?type=football")) == ["Football", "Later football"]
    assert titles(client.get("/embed/?type=football&free=1")) == ["Later football"]


def test_list_has_as_many_as_are_asked_for_and_leads_to_all(client):
    for number in range(7):
        make_on(f"Football {number}")
    assert len(titles(client.get("/embed/"))) == 5
    answer = client.get("/embed/?count=2&type=football")
    assert len(titles(answer)) == 2
    assert "See all 7 on Mingle" in words(answer)
    assert 'href="/activities/?type=football" target="_blank" rel="noopener"' in answer.content.decode()


def test_every_link_of_a_card_leaves_the_frame(client):
    activity = make_on("Football")
    page = client.get("/embed/").content.decode().partition("<main")[2]
    links = re.findall(r"<a [^>]*>", page)
    assert (
        f'<a target="_blank" rel="noopener" href="/organisers/{activity.host.slug}/{activity.slug}/">'
        in links
    )
    assert [link for link in links if 'target="_blank"' not in link or 'rel="noopener"' not in link] == []


def test_only_the_list_may_be_framed_by_others(client):
    make_on("Football")
    for path in ("/embed/", "/embed/?count=3"):
        for _again in range(2):  # made, then from memory
            answer = client.get(path)
            assert "X-Frame-Options" not in answer
            policy = answer["Content-Security-Policy"]
            assert "frame-ancestors *" in policy
            assert "frame-ancestors 'self'" not in policy
            assert not re.search(r"unsafe|https?:", policy)
            assert answer.cookies == {}
    for path in (
        "/",
        "/activities/",
        "/embed/make/",
        "/organisers/",
        "/oembed?url=http://localhost:8000/activities/",
    ):
        answer = client.get(path)
        assert answer["X-Frame-Options"] == "SAMEORIGIN", path
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"], path


def test_list_needs_no_script(client):
    make_on("Football")
    assert "<script" not in client.get("/embed/").content.decode()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("type=quidditch", "We do not know “quidditch”"),
        ("near=Narnia", "That does not look like a postcode"),
        ("organiser=nobody", "We do not know this organiser"),
        ("paper=blue", "We cannot read this colour"),
        ("count=0", "Choose how many to show, from 1 to 20."),
        ("count=21", "Choose how many to show, from 1 to 20."),
        ("count=%F0%9F%8E%88", "Choose how many to show, from 1 to 20."),
        ("paper=%00%ff&ink=;}&accent=url(x)", "We cannot read this colour"),
        ("count=" + "9" * 5000, "Choose how many to show, from 1 to 20."),
    ],
)
def test_nonsense_is_answered_in_words_and_the_list_stands(client, question, said):
    make_on("Football")
    for path in ("/embed/", "/embed/make/"):
        answer = client.get(f"{path}?{question}")
        assert answer.status_code == 200
        assert said in words(answer)
    assert titles(client.get(f"/embed/?{question}")) == ["Football"]


def test_nothing_found_is_said_and_leads_on(client):
    answer = client.get("/embed/?type=chess&q=zzz")
    assert "Nothing is on at the moment. Please look again soon." in words(answer)
    assert "Look on Mingle" in words(answer)


def test_whole_postcode_leads_to_an_address_that_says_less(client):
    make_outcode("HX1")
    make_postcode("HX11UJ")
    for path in ("/embed/", "/embed/make/"):
        answer = client.get(f"{path}?near=hx1+1uj&count=3&paper=fff&q=")
        assert answer.status_code == 302
        to = answer.headers["Location"]
        assert re.match(rf"{path}\?near=HX1@53\.72\d,-1\.86\d&radius=5&count=3&paper=ffffff$", to), to
    answer = client.get("/embed/make/?near=HX1&near=HX1@53.725,-1.864")
    assert "near=HX1@53.725,-1.864" in html.unescape(html.unescape(answer.content.decode()))


def test_colours_stand_in_a_stylesheet_of_ours(client):
    page = client.get("/embed/?paper=0b3d2e&accent=%23FFD54A").content.decode()
    path = html.unescape(re.search(r'href="(/embed/colours\.css[^"]+)"', page)[1])
    assert path == "/embed/colours.css?paper=0b3d2e&accent=ffd54a&v=1"
    assert "style=" not in page
    answer = client.get(path)
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    said = dict(re.findall(r"([\w-]+): ([^;]+);", answer.content.decode()))
    assert (said["color-scheme"], said["--paper"], said["--when"]) == ("dark", "#0b3d2e", "#ffd54a")
    assert said["--ink"] == "#ffffff"  # ours could not be read on it
    assert "colours.css" not in client.get("/embed/").content.decode()


def test_colours_that_cannot_be_read_on_each_other_become_black_or_white(client):
    sheet = client.get("/embed/colours.css?paper=ffffff&ink=eeeeee&accent=ffff00").content.decode()
    said = dict(re.findall(r"([\w-]+): ([^;]+);", sheet))
    assert (said["--ink"], said["--when"], said["--on-button"]) == ("#000000", "#000000", "#ffffff")


def test_stylesheet_takes_no_words_of_others(client):
    sheet = client.get("/embed/colours.css", {"paper": "red;}body{display:none", "ink": "url(//x)"}).content
    assert sheet == client.get("/embed/colours.css").content


def test_list_takes_three_queries_and_again_one(client, django_assert_num_queries):
    make_on("Football")
    client.get("/embed/?type=football")
    page_cache.pages.clear()
    with django_assert_num_queries(2):  # generation, cards
        client.get("/embed/?type=football")
    with django_assert_num_queries(1):
        client.get("/embed/?type=football")


def test_made_code_is_the_list_that_is_shown(client):
    host = make_organisation("Savile Park Juniors", slug="savile")
    make_on("Chess & “draughts”", type="chess", host=host)
    make_on("Football", host=host)
    answer = client.get("/embed/make/?organiser=savile&type=chess&count=3&paper=fff&age=9")
    page = answer.content.decode()
    code = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])
    shown = re.search(r'<iframe class="embed-make__frame"\s+src="([^"]+)"', page)[1]
    assert code == (
        f'<iframe src="http://localhost:8000{shown}" title="Chess for 9-year-olds with Savile Park Juniors" '
        'width="100%" height="355" loading="lazy" frameborder="0"></iframe>'
    )
    assert titles(client.get(html.unescape(shown))) == ["Chess &amp; “draughts”"]
    assert '<input type="hidden" name="organiser" value="savile">' in page
    assert '<input type="hidden" name="age" value="9">' in page
    assert '<input type="hidden" name="type"' not in page


def test_made_code_survives_a_title_with_marks(client):
    page = client.get("/embed/make/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    code = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])
    assert "<script>" not in code


def test_browsing_leads_to_the_code_for_the_same_list(client):
    make_on("Football")
    page = client.get("/activities/?type=football&free=1").content.decode()
    assert 'href="/embed/make/?type=football&amp;free=1"' in page
    assert 'href="/embed/make/"' in client.get("/activities/").content.decode()
