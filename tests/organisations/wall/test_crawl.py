"""Nobody in the CMS sees or changes what is another organisation's: every address is tried, by every role."""

import pytest

from accounts import in_hand
from organisations.models import Organisation, Venue
from organisations.wall.middleware import Wall
from tests.organisations.wall import addresses, sessions, world
from tests.organisations.wall.crawler import Crawl
from tests.organisations.wall.rows import models

# What Wagtail shows to everybody, where nobody is in the way.
KNOWN_TO_LEAK = "choose_page|move_confirm|type_use|reports|workflow_preview|wagtailadmin_workflows:task"
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_every_model_has_marked_rows_or_a_reason(camps: world.World):
    missing = {}
    for model in models():
        label, table = model._meta.label, model._meta.db_table
        without = [camp.token for camp in camps.camps if not camp.keys(table)]
        if without and label not in world.NOBODYS:
            missing[label] = without
    assert missing == {}, (
        "These models have no marked rows for the crawler. Make some in tests/organisations/wall/world.py "
        f"(MAKE), or say in NOBODYS why they are nobody's: {missing}"
    )
    assert set(world.NOBODYS) <= {model._meta.label for model in models()}


def test_every_id_in_an_address_is_somebodys():
    assert addresses.unknown() == [], (
        "Say in TABLES or VIEWS of tests/organisations/wall/addresses.py of what."
    )


@pytest.mark.parametrize("at", range(8))
def test_nobody_sees_or_changes_what_is_another_organisations(camps: world.World, at: int, capsys):
    session = sessions.everybody(camps)[at]
    report = Crawl(camps, session).run()
    with capsys.disabled():
        print(f"\n{report}")
    assert report.leaks == []
    assert report.changed == []
    assert report.faults == []
    assert session.reaches <= set(report.own), "something of one's own cannot be reached"


def test_each_session_is_crawled(camps: world.World):
    assert len(sessions.everybody(camps)) == 8


def test_without_the_wall_the_same_crawl_finds_leaks(camps: world.World, monkeypatch, capsys):
    """Both walls are down; what Wagtail closes by itself and what our views ask remain."""
    monkeypatch.setattr(Wall, "process_view", lambda *_: None)
    monkeypatch.setattr(in_hand, "theirs", lambda rows: rows)
    report = Crawl(camps, sessions.owner(camps), writes=False, only=KNOWN_TO_LEAK).run()
    with capsys.disabled():
        print(f"\nwithout the wall, {report}")
    assert len(report.leaking) > 10


def test_changed_row_of_another_is_seen(camps: world.World):
    """The comparison itself: a row of another that changes, goes or comes to be pointed at is found."""
    crawl = Crawl(camps, sessions.owner(camps), writes=False)
    a, b, c, _d = camps.camps

    def steal() -> None:
        Organisation.objects.filter(pk=b.organisation.pk).update(name="Ours now")
        Venue.objects.filter(organisation=a.organisation).update(organisation=c.organisation)

    assert [line.partition(")")[0] for line in crawl.compare(steal)] == [
        f"('organisations_organisation', '{b.organisation.pk}'",
        f"('organisations_venue', '{a.keys('organisations_venue')[0]}'",
    ]
