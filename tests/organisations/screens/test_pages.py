"""Wagtail's views of organisations' pages, without what they do not need."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession

from organisations import nightly
from organisations.actions import members
from organisations.models import OrganisersPage, Role
from tests.events import cms
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation
from tests.factories.people import make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    return cms.signed_in(make_staff())


def listing(**asked: str) -> str:
    above = OrganisersPage.objects.get()
    return reverse("wagtailadmin_explore", args=[above.pk], query=asked)


def ping(client: Client, page: object, session: int) -> dict:
    address = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", page.pk, session])
    return client.post(address).json()


def test_opening_a_page_writes_nothing(staff: Client) -> None:
    for page in (make_organisation().page, make_activity()):
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        staff.get(edit)  # the first time, Wagtail keeps whether the person wants to hear of comments
        with CaptureQueriesContext(connection) as queries:
            shown = staff.get(edit).content.decode()
        assert {each["sql"].split()[0] for each in queries} & {"INSERT", "UPDATE", "DELETE"} == set()
        assert (
            reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", page.pk, 0]) in shown
        )


def test_whoever_has_it_open_too_is_named_from_the_first_sign_of_life() -> None:
    club = make_organisation()
    clients = []
    for name in ("Amina", "Ben"):
        person = make_user(first_name=name, last_name="Reed")
        members.join(organisation=club, user=person, role=Role.OWNER, by=None)
        clients.append(cms.signed_in(person))
    first, second = clients
    one = ping(first, club.page, 0)
    assert one["other_sessions"] == []
    two = ping(second, club.page, 0)
    assert [each["user"] for each in two["other_sessions"]] == ["Amina Reed"]
    again = ping(first, club.page, one["session_id"])
    assert again["session_id"] == one["session_id"]
    assert [each["user"] for each in again["other_sessions"]] == ["Ben Reed"]
    assert EditingSession.objects.count() == 2


def test_who_had_a_page_open_is_forgotten_at_night() -> None:
    club, person = make_organisation(), make_user()
    members.join(organisation=club, user=person, role=Role.OWNER, by=None)
    client = cms.signed_in(person)
    ping(client, club.page, 0)
    EditingSession.objects.update(last_seen_at=timezone.now() - datetime.timedelta(hours=2))
    lasting = ping(client, club.page, 0)["session_id"]
    assert nightly.forget_open_editors(dry_run=True) == 1
    assert EditingSession.objects.count() == 2
    assert nightly.forget_open_editors(dry_run=False) == 1
    assert [each.pk for each in EditingSession.objects.all()] == [lasting]


def test_organisations_are_listed_with_their_addresses(staff: Client) -> None:
    pages = [make_organisation(name=name).page for name in ("Bread Club", "Chess Club")]
    answer = staff.get(listing())
    assert {page.pk for page in answer.context["object_list"]} == {page.pk for page in pages}
    shown = answer.content.decode()
    assert [f'href="{page.get_url()}"' in shown for page in pages] == [True, True]


def test_activities_of_one_are_listed_for_who_may_see_them() -> None:
    activity = make_activity()
    above = reverse("wagtailadmin_explore", args=[activity.host.page.pk])
    person = make_user()
    members.join(organisation=activity.host, user=person, role=Role.OWNER, by=None)
    answer = cms.signed_in(person).get(above)
    assert [page.pk for page in answer.context["object_list"]] == [activity.pk]
    assert f'href="{activity.get_url()}"' in answer.content.decode()
    other = make_user()
    members.join(organisation=make_organisation(), user=other, role=Role.OWNER, by=None)
    assert cms.signed_in(other).get(above).status_code == 404


def test_they_can_be_put_in_order(staff: Client) -> None:
    for name in ("Chess Club", "Bread Club"):
        make_organisation(name=name)
    for ordering in ("title", "content_type__model", "live", "latest_revision_created_at"):
        assert staff.get(listing(ordering=ordering)).status_code == 200
    answer = staff.get(listing(ordering="-title"))
    assert [page.title for page in answer.context["object_list"]] == ["Chess Club", "Bread Club"]


def test_searching_below_them_finds_activities_too(staff: Client) -> None:
    activity = make_activity("Bread for beginners")
    answer = staff.get(listing(q="beginners"))
    assert [page.pk for page in answer.context["object_list"]] == [activity.pk]
