"""Every kind of public page says what it is when it is shared: title, words, one address, a picture."""

import datetime
import html
import re
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from pages.actions import tree
from pages.models import InformationPage
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.postcodes import make_outcode
from tests.images.photographs import keep_picture

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


@pytest.fixture
def kinds(settings, tmp_path):
    """An address of every kind of page, and the title it must have."""
    settings.MEDIA_ROOT = tmp_path
    make_outcode("HX1")
    tree.plant().add_child(instance=InformationPage(title="For parents", slug="for-parents"))
    first = timezone.localdate() + datetime.timedelta(days=3)
    club, other = (
        make_organisation("Savile Park Juniors", slug="savile"),
        make_organisation("Woven", slug="woven"),
    )
    woven = make_activity("Street football", host=club, rules=[make_rule(first_date=first)])
    pictured = make_activity("Bread", host=club, rules=[make_rule(first_date=first)], picture=keep_picture())
    other.page.picture = pictured.picture
    other.page.save()
    return {
        "/": "Meet people you wouldn’t have met.",
        "/in/calderdale/": "Things to do in Calderdale",
        "/organisers/": "Who runs activities",
        "/schools/": "Find a school",
        "/organisers/savile/": "Savile Park Juniors",
        "/organisers/woven/": "Woven",
        f"/organisers/savile/{woven.slug}/": "Street football",
        f"/organisers/savile/{pictured.slug}/": "Bread",
        "/activities/": "What’s on",
        "/activities/?type=football&free=1&age=12&near=HX1&radius=5": (
            "Free football for 12-year-olds within 5 miles of HX1"
        ),
        f"/activities/?pick={woven.uuid}&pick={pictured.uuid}": "Our list: 2 activities",
        "/for-parents/": "For parents",
        "/embed/make/": "Put a list on your site",
    }


def head(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = answer.content.decode().partition("</head>")[0]
    found = re.findall(r'<meta\s+(?:name|property)="([\w:]+)"\s+content="([^"]*)"', text)
    named = {name: " ".join(html.unescape(value).split()) for name, value in found}
    title = html.unescape(re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1])
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', text)
    assert len(canonical) == 1, address
    return {**named, "title": " ".join(title.split()), "canonical": html.unescape(canonical[0])}


def test_every_page_says_what_it_is(client, kinds):
    for address, title in kinds.items():
        said = head(client, address)
        assert said["title"] == f"{title} · Mingle", address
        assert said["og:title"] == title, address
        assert said["description"], address
        assert said["og:description"], address
        assert said["og:site_name"] == "Mingle"
        assert said["twitter:card"] == "summary_large_image", address
        assert said["og:image:alt"], address
        assert said["og:url"] == said["canonical"], address
        assert said["canonical"].startswith(f"{SITE}/"), address


def test_every_page_has_one_address_whatever_stands_behind_it(client, kinds):
    for address in kinds:
        joint = "&" if "?" in address else "?"
        assert (
            head(client, f"{address}{joint}utm_source=x")["canonical"] == head(client, address)["canonical"]
        )


def test_every_page_has_a_picture_of_the_size_it_says(client, kinds):
    pictures = {}
    for address in kinds:
        said = head(client, address)
        assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630"), address
        assert said["og:image"].startswith(f"{SITE}/"), address
        answer = client.get(said["og:image"].removeprefix(SITE))
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable", address
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        drawn = Image.open(BytesIO(content))
        assert (drawn.size, f"image/{drawn.format.lower()}") == ((1200, 630), answer["Content-Type"]), address
        pictures.setdefault(content, []).append(address)
    shared = sorted(
        sorted(kinds[address] for address in addresses)
        for addresses in pictures.values()
        if len(addresses) > 1
    )
    assert shared == [
        ["Bread", "Woven"],  # one photograph
        [
            "Find a school",
            "For parents",
            "Meet people you wouldn’t have met.",
            "Put a list on your site",
            "Who runs activities",
        ],
        ["Our list: 2 activities", "What’s on"],
    ]
