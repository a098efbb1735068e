"""The list of organisations in the CMS, for platform staff."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from organisations.models import Organisation
from tests.events.cms import signed_in
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_staff

pytestmark = pytest.mark.django_db

NEW = {"name": "The Lantern Club", "kind": "club", "slug": "lantern-club", "urn": ""}


@pytest.fixture
def staff() -> Client:
    make_organisation("Savile Park Juniors", slug="savile-park")
    return signed_in(make_staff())


def address(view: str, *args: object) -> str:
    return reverse(Organisation.snippet_viewset.get_url_name(view), args=args)


def test_staff_register_an_organisation_with_its_page(staff: Client) -> None:
    assert 'name="place"' in staff.get(address("add")).content.decode()
    staff.post(address("add"), {**NEW, "place": make_place().pk})
    made = Organisation.objects.get(slug="lantern-club")
    assert (made.name, made.state, made.page.slug) == ("The Lantern Club", "draft", "lantern-club")
    assert AuditEntry.objects.get(subject=made.uuid).action == "organisation.registered"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": ""}, "This field is required."),
        ({"slug": "savile-park"}, "Another page has this address."),
        ({"slug": "a b"}, "Enter a valid"),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_kept(staff: Client, changes: dict, words: str) -> None:
    html = staff.post(address("add"), {**NEW, "place": make_place().pk, **changes}).content.decode()
    assert words in html
    assert "The Lantern Club" in html
    assert Organisation.objects.count() == 1


def test_organisations_are_neither_deleted_nor_copied_there(staff: Client) -> None:
    organisation = Organisation.objects.get()
    assert staff.post(address("delete", organisation.pk)).status_code == 302
    assert Organisation.objects.get() == organisation


def test_owners_do_not_register_others(staff: Client) -> None:
    owner = signed_in(make_member(Organisation.objects.get()))
    owner.post(address("add"), {**NEW, "place": make_place().pk})
    assert Organisation.objects.count() == 1
