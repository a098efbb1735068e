"""With no wall the same crawl changes what is another's, in every family of views: so it would tell.

Somebody whom every wall lets through (platform staff, in both organisations), while the crawl is told that
one of them alone is theirs.
"""

import dataclasses
from collections.abc import Iterator

import pytest
from django.db import transaction

from accounts.models import User
from organisations.actions import members
from organisations.models import Role
from tests.organisations.wall import addresses, sessions, world
from tests.organisations.wall.crawler import Crawl
from tests.organisations.wall.sessions import Session

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# The views of a family, and a table of which they change rows.
FAMILIES = {
    "pages": (r"^wagtailadmin_pages:(edit|unpublish|delete)$", "wagtailcore_page"),
    "many at once": (r"^wagtail_bulk_action$", "wagtailcore_page"),
    "workflows": (r"^wagtailadmin_workflows:(edit|disable)$", "wagtailcore_workflow"),
    "tasks": (r"^wagtailadmin_workflows:(edit_task|disable_task)$", "wagtailcore_task"),
    "redirects": (r"^wagtailredirects:(edit|delete)$", "wagtailredirects_redirect"),
    "documents": (r"^wagtaildocs:(edit|delete)$", "wagtaildocs_document"),
    "pictures": (r"^wagtailimages:(edit|delete)$", "images_picture"),
    "venues": (r"^venues:edit$", "organisations_venue"),
    "people": (r"^wagtailusers_users:delete$", "accounts_user"),
    "organisations": (r"^organisation:(edit|member|standing)$", "organisations_organisation"),
    "the desk": (r"^desk_(application|review|declaration)$", "organisations_application"),
    "rounds": (r"^desk_(round|twinning|template)$", "schools_programmetemplate"),
    "dates": (r"^organise_(date|activity)$", "events_occurrence"),
    "members": (r"^members?$", "organisations_membership"),
    "declarations": (r"^declaration", "organisations_declaration"),
    "timetables": (r"^import_", "events_timetable"),
    "registers": (r"^register$", "events_register"),
    "registers from a phone": (r"^register_batches$", "events_register"),
    "co-organisers": (r"^organise_together$", "events_coorganiser"),
    "twinnings": (r"^twinning$", "schools_twinning"),
    "limits of twinnings": (r"^twinnings$", "schools_linklimit"),
    "programmes": (r"^twinning_programme$", "schools_programme"),
}
ROWS = 2  # of a kind, of each organisation: one that is changed is enough


@pytest.fixture
def neighbours(camps: world.World, monkeypatch: pytest.MonkeyPatch) -> world.World:
    monkeypatch.setattr(addresses, "MOST_OF_A_KIND", ROWS)
    return dataclasses.replace(camps, camps=camps.camps[:2])


@pytest.fixture
def owner_of_both(camps: world.World, neighbours: world.World) -> Iterator[Session]:
    """Taken back after."""
    session = sessions.owner(camps)
    _mine, theirs = neighbours.camps
    with transaction.atomic():
        User.objects.filter(pk=session.user.pk).update(is_superuser=True)
        members.join(organisation=theirs.organisation, user=session.user, role=Role.OWNER, by=None)
        members.appoint(place=theirs.place, user=session.user, by=None)
        yield session
        transaction.set_rollback(True)


@pytest.mark.parametrize("family", FAMILIES)
def test_without_a_wall_rows_of_the_neighbour_are_changed(
    neighbours: world.World, owner_of_both: Session, family: str, capsys: pytest.CaptureFixture
) -> None:
    views, table = FAMILIES[family]
    report = Crawl(neighbours, owner_of_both, only=views).run()
    with capsys.disabled():
        print(f"\n{family}, without a wall, {report}")
    assert report.faults == []
    assert [line for line in report.changed if line.startswith(f"('{table}',")] != [], report.told()


def test_without_a_wall_a_concern_about_the_neighbour_is_changed(
    neighbours: world.World, capsys: pytest.CaptureFixture
) -> None:
    """A lead of the place belongs to neither organisation: whoever does, reads nothing that is said of it."""
    mine, _theirs = neighbours.camps
    lead = neighbours.leads[mine.place.slug]
    session = Session("lead", lead, frozenset({mine.token, mine.place.slug}))
    report = Crawl(neighbours, session, only=r"^concern:concern$").run()
    with capsys.disabled():
        print(f"\nconcerns, without a wall, {report}")
    assert [line for line in report.changed if line.startswith("('organisations_concern',")] != []
