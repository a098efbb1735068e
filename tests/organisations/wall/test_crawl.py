"""Nobody in the CMS sees or changes what is another organisation's: every address is tried, by every role."""

import datetime
import logging
import os
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import override_settings
from django.utils import timezone

from accounts import in_hand
from events import index
from mingle import urls
from organisations.models import Organisation, Venue
from organisations.wall.middleware import Wall
from tests.organisations.wall import crawler, world
from tests.organisations.wall.crawler import Crawl, Session

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
# What Wagtail shows to everybody, where nobody is in the way.
KNOWN_TO_LEAK = "choose_page|move_confirm|type_use|reports|workflow_preview|wagtailadmin_workflows:task"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Most answers are this one: our page with its menus says the same, ten times as slowly."""
    return HttpResponseNotFound(b"Nothing here.")


@pytest.fixture(scope="module")
def camps(committed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.World]:
    """Built once; each crawl takes back what it did."""
    patch = pytest.MonkeyPatch()
    patch.setattr(timezone, "now", lambda: NOW)
    patch.setattr(urls, "handler404", not_there, raising=False)
    logging.disable(logging.ERROR)
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    ):
        yield world.build()
    logging.disable(logging.NOTSET)
    patch.undo()
    index.forget()


def test_every_model_has_marked_rows_or_a_reason(camps: world.World):
    missing = {}
    for model in world.models():
        label, table = model._meta.label, model._meta.db_table
        without = [camp.token for camp in camps.camps if not camp.keys(table)]
        if without and label not in world.NOBODYS:
            missing[label] = without
    assert missing == {}, (
        "These models have no marked rows for the crawler. Make some in tests/organisations/wall/world.py "
        f"(MAKE), or say in NOBODYS why they are nobody's: {missing}"
    )
    assert set(world.NOBODYS) <= {model._meta.label for model in world.models()}


@pytest.mark.skipif("MINGLE_CRAWL" not in os.environ, reason="The whole crawl takes long: make crawl")
@pytest.mark.parametrize("at", range(7))
def test_nobody_sees_or_changes_what_is_another_organisations(camps: world.World, at: int, capsys):
    session = crawler.sessions(camps)[at]
    report = Crawl(camps, session).run()
    with capsys.disabled():
        print(f"\n{report}")
    assert report.leaks == []
    assert report.changed == []
    assert report.faults == []
    assert session.reaches <= set(report.own), "something of one's own cannot be reached"


def test_each_session_is_crawled(camps: world.World):
    assert len(crawler.sessions(camps)) == 7


def owner(camps: world.World) -> Session:
    return next(each for each in crawler.sessions(camps) if each.name == "owner")


def test_without_the_wall_the_same_crawl_finds_leaks(camps: world.World, monkeypatch, capsys):
    """Both walls are down; what Wagtail closes by itself and what our views ask remain."""
    monkeypatch.setattr(Wall, "process_view", lambda *_: None)
    monkeypatch.setattr(in_hand, "theirs", lambda rows: rows)
    report = Crawl(camps, owner(camps), writes=False, only=KNOWN_TO_LEAK).run()
    with capsys.disabled():
        print(f"\nwithout the wall, {report}")
    assert len(report.leaking) > 10


def test_changed_row_of_another_is_seen(camps: world.World):
    """The comparison itself: a row of another that changes, goes or comes to be pointed at is found."""
    crawl = Crawl(camps, owner(camps), writes=False)
    a, b, c, _d = camps.camps

    def steal() -> None:
        Organisation.objects.filter(pk=b.organisation.pk).update(name="Ours now")
        Venue.objects.filter(organisation=a.organisation).update(organisation=c.organisation)

    assert [line.partition(")")[0] for line in crawl.compare(steal)] == [
        f"('organisations_organisation', '{b.organisation.pk}'",
        f"('organisations_venue', '{a.keys('organisations_venue')[0]}'",
    ]
