"""Platform staff's forms among many organisations: none lists their groups and collections, none grows."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, PageViewRestriction

from images.models import Picture
from organisations import provisioned
from organisations.actions import leads, members
from organisations.models import Role
from tests.bench import many_organisations, staff_pages
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.organisations import collection_of, make_organisation, make_place
from tests.factories.people import make_officer, make_staff, make_user
from tests.images import examples

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    return signed_in(make_staff())


def costs() -> dict[str, int]:
    """Queries of each page, the second time that it is opened."""
    found = {}
    for name, client, path in staff_pages.pages():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
            found[name] = len(queries)
    return found


def too_many(counts: dict[str, int]) -> set[str]:
    return {name for name, count in counts.items() if count > staff_pages.MOST_QUERIES}


def test_no_page_asks_more_queries_among_more_organisations() -> None:
    many_organisations.fill(60)
    before = costs()
    many_organisations.fill(120)
    after = costs()
    assert after == before
    assert too_many(after) == set()


def test_a_query_more_is_noticed(settings: object) -> None:
    """Control: without what comes with the person, the pages that are at the limit go over it."""
    many_organisations.fill(25)
    settings.AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
    assert too_many(costs()) == {
        "group",
        "owner's first page",
        "page explorer",
        "page of an organisation",
        "picture",
        "staff's first page",
    }


def test_only_groups_that_staff_made_are_listed(staff: Client) -> None:
    place = make_place()
    club, person = make_organisation(place=place), make_user()
    members.join(organisation=club, user=person, role=Role.OWNER, by=None)
    make_officer(place)
    leads.group()
    editors = Group.objects.create(name="Editors of news")
    namesake = Group.objects.create(name="organisation of the summer fair")
    ours = {editors, namesake, *Group.objects.filter(name__in=["Moderators", "Editors"])}
    person_form = staff.get(reverse("wagtailusers_users:edit", args=[person.pk])).context["form"]
    assert set(person_form.fields["groups"].queryset) == ours
    assert set(staff.get(reverse("wagtailusers_groups:index")).context["object_list"]) == ours
    for group in provisioned.our_groups():
        for name in ("edit", "delete"):
            assert staff.get(reverse(f"wagtailusers_groups:{name}", args=[group.pk])).status_code == 404
    dialog = staff.get(
        reverse("wagtailadmin_pages:set_privacy", args=[club.page.get_parent().get_parent().pk])
    )
    assert set(dialog.context["form"].fields["groups"].queryset) == ours


def test_what_our_own_views_answer_cannot_be_made_private(staff: Client) -> None:
    """Wagtail's dialog would say that it is, and everybody would go on seeing it."""
    activity = make_activity()
    club = activity.host.page
    for page in (activity, club, club.get_parent()):
        dialog = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
        editor = staff.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
        assert "Page visibility" in editor
        assert 'data-a11y-dialog-show="set-privacy"' not in editor
        sent = {"restriction_type": "password", "password": "sesame"}
        for answer in (staff.get(dialog), staff.post(dialog, sent)):
            assert answer.status_code == 302
    assert not PageViewRestriction.objects.exists()
    home = club.get_parent().get_parent()
    editor = staff.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).text
    assert 'data-a11y-dialog-show="set-privacy"' in editor


def test_what_was_said_to_be_private_and_was_not_is_so_no_more() -> None:
    activity = make_activity()
    club = activity.host.page
    home = club.get_parent().get_parent()
    for page in (activity, club, club.get_parent(), home):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    import_module("events.migrations.0021_no_activity_is_private").open_what_was_open(apps, None)
    assert [each.page_id for each in PageViewRestriction.objects.all()] == [home.pk]


def test_saving_a_person_keeps_what_their_role_brought(staff: Client) -> None:
    club, person = make_organisation(), make_user(first_name="Sam", last_name="Okoro")
    members.join(organisation=club, user=person, role=Role.OWNER, by=None)
    editors = Group.objects.create(name="Editors of news")
    sent = {"email": person.email, "first_name": "Sam", "last_name": "Okoro", "is_active": "on"}
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    assert staff.post(address, {**sent, "groups": [editors.pk]}).status_code == 302
    assert set(person.groups.all()) == {editors, members.provision(club)}
    assert staff.post(address, sent).status_code == 302
    assert set(person.groups.all()) == {members.provision(club)}
    refused = staff.post(address, {**sent, "groups": [members.provision(make_organisation()).pk]})
    assert refused.context["form"].errors["groups"]
    assert set(person.groups.all()) == {members.provision(club)}


def test_collections_of_organisations_are_in_no_list_but_their_pictures_are(
    staff: Client, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    own = collection_of(make_organisation())
    root = Collection.get_first_root_node()
    shared = root.add_child(name="Pictures of the town")
    file = SimpleUploadedFile("a.jpg", examples.jpeg_with_position(), "image/jpeg")
    picture = Picture.objects.create(title="Bread", file=file, collection=own)
    listed = staff.get(reverse("wagtailimages:index"))
    assert list(listed.context["images"]) == [picture]
    assert own.name not in listed.content.decode()
    assert own.name not in staff.get(reverse("wagtailadmin_collections:index")).content.decode()
    assert staff.get(reverse("wagtailadmin_collections:edit", args=[own.pk])).status_code == 404
    new = staff.get(reverse("wagtailimages:add")).context["form"]
    assert set(new.fields["collection"].queryset) == {root, shared}
    address = reverse("wagtailimages:edit", args=[picture.pk])
    assert set(staff.get(address).context["form"].fields["collection"].queryset) == {root, shared, own}
    sent = {"title": "Bread rolls", "collection": own.pk, "people_consent": "no-people"}
    assert staff.post(address, sent).status_code == 302
    picture.refresh_from_db()
    assert (picture.title, picture.collection) == ("Bread rolls", own)


def test_officers_and_owners_keep_their_collections() -> None:
    place = make_place()
    club = make_organisation(place=place)
    owner = make_user()
    members.join(organisation=club, user=owner, role=Role.OWNER, by=None)
    officer = make_officer(place)
    members.appoint(place=place, user=officer, by=None)
    for person in (owner, officer):
        page = signed_in(person).get(reverse("wagtailimages_chooser:choose"))
        assert page.status_code == 200
        assert page.context["creation_form"].collections.get() == collection_of(club)
