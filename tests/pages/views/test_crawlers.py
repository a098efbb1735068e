"""What search engines are told: everything public, nothing else."""

import datetime
import re
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client

from organisations.models import Generation, Organisation, State
from pages.actions import information, tree
from pages.feeds import sitemap
from pages.models import InformationPage
from tests.factories.activities import make_activity, make_draft
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db


def addresses(client: Client, path: str = "/sitemap.xml") -> list[str]:
    return re.findall(r"<loc>http://localhost:8000([^<]*)</loc>", client.get(path).content.decode())


def test_sitemap_has_every_kind_of_public_page(client: Client) -> None:
    information.add_missing(home=tree.plant())
    activity = make_activity()
    host = f"/organisers/{activity.host.slug}/"
    assert addresses(client) == [
        "/",
        "/activities/",
        "/organisers/",
        "/schools/",
        "/in/calderdale/",
        "/about/",
        "/how-we-check-organisers/",
        "/calendar-help/",
        "/for-organisers/",
        host,
        f"{host}{activity.slug}/",
    ]


def test_sitemap_has_nothing_that_is_not_public(client: Client) -> None:
    draft = make_draft()
    make_organisation(public=False)
    for lapse in ({"state": State.SUSPENDED}, {"declaration_until": datetime.date(2020, 1, 1)}):
        Organisation.objects.filter(pk=make_activity().host_id).update(**lapse)
    information.add_missing(home=tree.plant())
    InformationPage.objects.get(slug="about").unpublish()
    Generation.objects.raised()
    below = [one for one in addresses(client) if one.startswith("/organisers/") or one == "/about/"]
    assert below == ["/organisers/", f"/organisers/{draft.host.slug}/"]


def test_every_address_of_the_sitemap_answers(client: Client) -> None:
    information.add_missing(home=tree.plant())
    make_activity()
    assert {path: client.get(path).status_code for path in addresses(client)} == dict.fromkeys(
        addresses(client), 200
    )


def test_too_many_pages_for_one_file_make_several(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = make_activity()
    whole = addresses(client)
    Generation.objects.raised()
    monkeypatch.setattr(sitemap, "MOST", 4)
    assert addresses(client) == ["/sitemap-1.xml", "/sitemap-2.xml"]
    assert addresses(client, "/sitemap-1.xml") + addresses(client, "/sitemap-2.xml") == whole
    assert whole[-1].endswith(f"/{activity.slug}/")
    assert client.get("/sitemap-3.xml").status_code == 404


def test_robots_may_read_pages_and_feeds_but_not_every_filter(client: Client) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").content.decode().splitlines())
    site = "http://localhost:8000"
    for path in (
        "/",
        "/activities/",
        "/activities/calendar.ics?type=football",
        "/organisers/spark/football/",
    ):
        assert robots.can_fetch("*", site + path), path
    for path in ("/cms/", "/accounts/login/", "/organise/", "/demo/"):
        assert not robots.can_fetch("*", site + path), path
    assert robots.site_maps() == [f"{site}/sitemap.xml"]


def may_fetch(rules: str, path: str) -> bool:
    """As Google reads rules: of those that fit, the longest holds."""
    fitting = [
        (len(pattern), rule == "Allow")
        for rule, pattern in re.findall(r"^(Allow|Disallow): (.+)$", rules, re.MULTILINE)
        if re.match(re.escape(pattern).replace(r"\*", ".*"), path)
    ]
    return max(fitting, default=(0, True))[1]


def test_search_engines_may_fetch_the_lists_that_they_may_keep_and_no_others(client: Client) -> None:
    """Those that say nothing of `noindex`: the whole, and that of one type or of one place."""
    make_activity()
    rules = client.get("/robots.txt").content.decode()
    kept = {
        path: b"noindex" not in client.get(path).content
        for path in (
            "/activities/",
            "/activities/?type=football",
            "/activities/?place=calderdale",
            "/activities/?type=football&place=calderdale",
            "/activities/?type=football&type=chess",
            "/activities/?place=calderdale&page=2",
            "/activities/?q=football",
            "/activities/?free=1",
        )
    }
    assert {path: may_fetch(rules, path) for path in kept} == kept
    assert list(kept.values()) == [True, True, True, False, False, False, False, False]
