"""A group's form: what it offers is read once, what it has is shown, and what is sent is what it then has."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.test.utils.form_data import querydict_from_html

from tests.events import cms
from tests.factories.organisations import make_organisation
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db

ON_PICTURES = "image_permissions"
ON_PAGES = "page_permissions"


@pytest.fixture
def staff() -> Client:
    make_organisation()
    return cms.signed_in(make_staff())


def rights(*names: str) -> list[Permission]:
    return list(Permission.objects.filter(codename__in=names).order_by("codename"))


def give(group: Group, where: Page | Collection, *names: str) -> None:
    for right in rights(*names):
        if isinstance(where, Page):
            GroupPagePermission.objects.create(group=group, page=where, permission=right)
        else:
            GroupCollectionPermission.objects.create(group=group, collection=where, permission=right)


def has(group: Group) -> set[tuple[str, str]]:
    """Where, and what."""
    pages = group.page_permissions.values_list("page__title", "permission__codename")
    return {*pages, *group.collection_permissions.values_list("collection__name", "permission__codename")}


def address(group: Group) -> str:
    return reverse("wagtailusers_groups:edit", args=[group.pk])


def sent(client: Client, group: Group) -> QueryDict:
    """What the form shows."""
    return form(client, address(group))


def send(client: Client, path: str, typed: QueryDict) -> int:
    """Each value of what is ticked more than once; gives the answer's status."""
    return client.post(path, dict(typed.lists())).status_code


def form(client: Client, path: str) -> QueryDict:
    return querydict_from_html(client.get(path).content.decode(), form_id="w-editor-form").copy()


def collections() -> tuple[Collection, Collection]:
    root = Collection.get_first_root_node()
    return root, root.add_child(name="Pictures of the town")


def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(staff: Client) -> None:
    group, (root, town) = Group.objects.create(name="Editors of news"), collections()
    give(group, root, "add_image", "add_document", "change_document")
    give(group, town, "choose_image", "add_collection")
    give(group, Page.objects.get(depth=2), "add_page", "publish_page")
    before = has(group)
    assert len(before) == 7
    assert send(staff, address(group), sent(staff, group)) == 302
    assert has(group) == before


def test_what_is_ticked_is_given_and_what_is_not_is_taken(staff: Client) -> None:
    group, (root, town) = Group.objects.create(name="Editors of news"), collections()
    give(group, root, "add_image", "choose_image")
    give(group, Page.objects.get(depth=2), "add_page")
    typed = sent(staff, group)
    typed.setlist(f"{ON_PICTURES}-0-permissions", [str(right.pk) for right in rights("change_image")])
    typed[f"{ON_PICTURES}-0-collection"] = str(town.pk)
    typed.setlist(f"{ON_PAGES}-0-permissions", ["change_page", "lock_page"])
    assert send(staff, address(group), typed) == 302
    home = Page.objects.get(depth=2).title
    assert has(group) == {(town.name, "change_image"), (home, "change_page"), (home, "lock_page")}


def test_what_it_does_not_offer_is_refused(staff: Client) -> None:
    """Neither an organisation's collection nor a right of another kind."""
    group, (root, _town) = Group.objects.create(name="Editors of news"), collections()
    give(group, root, "add_image")
    own = Collection.objects.exclude(pk__in=[root.pk, _town.pk])[0]
    for name, value in (("collection", own.pk), ("permissions", rights("add_document")[0].pk)):
        typed = sent(staff, group)
        typed[f"{ON_PICTURES}-0-{name}"] = str(value)
        assert send(staff, address(group), typed) == 200
    assert has(group) == {(root.name, "add_image")}


def test_a_new_group_gets_its_rights(staff: Client) -> None:
    root, _town = collections()
    new = reverse("wagtailusers_groups:add")
    typed = form(staff, new)
    typed["name"] = "Editors of news"
    typed[f"{ON_PICTURES}-TOTAL_FORMS"] = "1"
    typed[f"{ON_PICTURES}-0-collection"] = str(root.pk)
    typed[f"{ON_PICTURES}-0-permissions"] = str(rights("add_image")[0].pk)
    assert send(staff, new, typed) == 302
    assert has(Group.objects.get(name="Editors of news")) == {(root.name, "add_image")}


def test_more_rows_cost_no_more_queries(staff: Client) -> None:
    counts = []
    for many in (1, 3):
        group = Group.objects.create(name=f"Editors of {many}")
        for page in Page.objects.order_by("path")[:many]:
            give(group, page, "add_page", "change_page")
        for number in range(many):
            where = Collection.get_first_root_node().add_child(name=f"Pictures {many} {number}")
            give(group, where, "add_image", "add_document", "add_collection")
        staff.get(address(group))
        with CaptureQueriesContext(connection) as queries:
            page = staff.get(address(group)).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert [each.get_admin_display_title() in page for each in Page.objects.order_by("path")[:3]] == [
        True
    ] * 3
