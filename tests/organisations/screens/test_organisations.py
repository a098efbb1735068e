"""Organisations in the CMS: staff register them, officers change the names of their own place's."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from organisations.actions import members
from organisations.models import Organisation
from tests.events.cms import signed_in
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_staff, make_user
from tests.factories.registers import make_school
from tests.looking import send

pytestmark = pytest.mark.django_db

NEW = {"name": "The Lantern Club", "kind": "club", "slug": "lantern-club", "urn": ""}


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation("Savile Park Juniors", slug="savile-park")


@pytest.fixture
def staff(organisation: Organisation) -> Client:
    return signed_in(make_staff())


@pytest.fixture
def officer(organisation: Organisation) -> Client:
    user = make_user()
    members.appoint(place=organisation.place, user=user, by=None)
    return signed_in(user)


def address(view: str, *args: object) -> str:
    return reverse(f"organisation:{view}", args=args)


def test_staff_register_an_organisation_with_its_page(staff: Client) -> None:
    assert 'name="place"' in staff.get(address("add")).content.decode()
    staff.post(address("add"), {**NEW, "place": make_place().pk})
    made = Organisation.objects.get(slug="lantern-club")
    assert (made.name, made.state, made.page.slug) == ("The Lantern Club", "draft", "lantern-club")
    assert AuditEntry.objects.get(subject=made.uuid).action == "organisation.registered"


def test_a_school_is_registered_under_a_number_that_the_register_has(staff: Client) -> None:
    make_school(900_001)
    school = {**NEW, "kind": "school", "place": make_place().pk}
    refused = staff.post(address("add"), {**school, "urn": "900002"}).content.decode()
    assert "No school has this number." in refused
    staff.post(address("add"), {**school, "urn": "900001"})
    assert Organisation.objects.get(slug="lantern-club").urn == 900_001


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


def test_officers_and_owners_do_not_register_others(organisation: Organisation, officer: Client) -> None:
    owner = signed_in(make_member(organisation))
    for client in (officer, owner):
        assert client.post(address("add"), {**NEW, "place": make_place().pk}).status_code == 404
    assert Organisation.objects.count() == 1


def test_officers_see_and_open_those_of_their_place_alone(
    organisation: Organisation, officer: Client
) -> None:
    other = make_organisation("Dewsbury Rowers", place=make_place("kirklees"))
    for view in ("index", "index_results"):
        html = officer.get(address(view)).content.decode()
        assert ("Savile Park Juniors" in html, "Dewsbury Rowers" in html) == (True, False)
    for view in ("edit", "members", "standing"):
        assert officer.get(address(view, organisation.pk)).status_code == 200
        assert officer.get(address(view, other.pk)).status_code == 404
        assert officer.post(address(view, other.pk), {"name": "Mine", "thread": "sky"}).status_code == 404
    assert Organisation.objects.get(pk=other.pk).name == "Dewsbury Rowers"


def test_owners_find_no_list_of_organisations(organisation: Organisation) -> None:
    owner = signed_in(make_member(organisation))
    for view, *args in (
        ("index",),
        ("edit", organisation.pk),
        ("members", organisation.pk),
        ("standing", organisation.pk),
    ):
        assert owner.get(address(view, *args)).status_code == 404


def test_a_new_name_is_given_through_the_action_and_its_address_stays(
    organisation: Organisation, officer: Client
) -> None:
    send(officer, address("edit", organisation.pk), {"name": "Halifax Juniors", "thread": "sky"})
    organisation.refresh_from_db()
    assert (organisation.name, organisation.thread, organisation.slug) == (
        "Halifax Juniors",
        "sky",
        "savile-park",
    )
    row = AuditEntry.objects.get(action="organisation.renamed")
    assert row.details == {"from": "Savile Park Juniors", "to": "Halifax Juniors"}
    html = send(officer, address("edit", organisation.pk), {"name": "", "thread": "sky"}).content.decode()
    assert "This field is required." in html


def test_second_officer_sees_the_new_name_before_another_is_given(
    organisation: Organisation, officer: Client, staff: Client
) -> None:
    edit = address("edit", organisation.pk)
    opened = staff.get(edit).context["form"]["seen"].value()
    send(officer, edit, {"name": "Halifax Juniors", "thread": "sky"})
    typed = {"name": "Calder Juniors", "thread": "sky"}

    late = staff.post(edit, {"seen": opened, **typed})

    html = late.content.decode()
    assert "Somebody has saved this since you opened it. It now says: Name: Halifax Juniors." in html
    assert 'value="Calder Juniors"' in html
    organisation.refresh_from_db()
    assert organisation.name == "Halifax Juniors"
    staff.post(edit, {"seen": late.context["form"]["seen"].value(), **typed})
    organisation.refresh_from_db()
    assert organisation.name == "Calder Juniors"


def test_a_school_is_given_its_number_and_a_club_is_not_asked(
    organisation: Organisation, officer: Client
) -> None:
    make_school(900_001)
    asked = officer.get(address("edit", organisation.pk)).context["form"]
    assert "urn" not in asked.fields
    school = make_organisation("Heron Bank", kind="school", place=organisation.place)
    said = {"name": "Heron Bank", "thread": "sky", "urn": "900009"}
    refused = send(officer, address("edit", school.pk), said)
    assert "No school has this number." in refused.content.decode()
    send(officer, address("edit", school.pk), {**said, "urn": "900001"})
    school.refresh_from_db()
    assert school.urn == 900_001


def test_what_wagtail_would_add_is_not_there(organisation: Organisation, staff: Client) -> None:
    for view in ("delete", "history", "usage", "copy", "inspect"):
        assert staff.post(f"/cms/organisation/{view}/{organisation.pk}/").status_code == 404
    assert Organisation.objects.get() == organisation


def test_access_features_are_a_list_for_staff_alone(staff: Client, officer: Client) -> None:
    facts = {"name": "Warm room", "slug": "warm-room", "position": "99", "question": ""}
    officer.post(reverse("accessfeature:add"), facts)
    assert "Warm room" not in staff.get(reverse("accessfeature:index")).content.decode()
    staff.post(reverse("accessfeature:add"), facts)
    assert "Warm room" in staff.get(reverse("accessfeature:index")).content.decode()
