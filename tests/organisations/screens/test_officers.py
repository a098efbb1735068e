"""Platform staff say in the CMS who answers for a place, and end it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import AuditEntry
from organisations.actions import members
from organisations.models import Officer
from tests.events.cms import signed_in
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


def listed() -> list[tuple[str, str]]:
    return list(Officer.objects.order_by("pk").values_list("user__email", "place__slug"))


def test_staff_appoint_an_officer_and_end_their_office_at_once() -> None:
    place, other = make_place(), make_place("kirklees")
    amina = make_user("amina@example.org")
    admin = make_staff()
    staff, add = signed_in(admin), reverse("officer:add")
    for each in (place, other):
        staff.post(add, {"email": "Amina@example.org", "place": each.pk})
    assert listed() == [("amina@example.org", "calderdale"), ("amina@example.org", "kirklees")]
    theirs = signed_in(amina)
    assert theirs.get(reverse("desk")).status_code == 200

    row = Officer.objects.get(place=place)
    remove = reverse("officer:remove", args=[row.pk])
    assert remove in staff.get(reverse("officer:index")).content.decode()
    assert "amina@example.org will no longer answer for Calderdale" in staff.get(remove).content.decode()
    assert listed() != [("amina@example.org", "kirklees")]
    staff.post(remove)
    assert listed() == [("amina@example.org", "kirklees")]
    assert "login" in theirs.get(reverse("desk"))["Location"]
    assert list(amina.groups.values_list("name", flat=True)) == [f"officers {other.uuid}"]
    done = AuditEntry.objects.filter(subject=place.uuid, action__startswith="officer.").order_by("pk")
    person = {"person": str(amina.uuid)}
    assert list(done.values_list("action", "by", "details")) == [
        ("officer.appointed", admin.pk, person),
        ("officer.dismissed", admin.pk, person),
    ]
    assert staff.post(remove).status_code == 404
    assert done.count() == 2


def test_nobody_else_sees_or_changes_the_list() -> None:
    spark = make_organisation()
    officer = make_officer(spark.place)
    row = Officer.objects.get()
    addresses = [
        reverse("officer:index"),
        reverse("officer:add"),
        reverse("officer:remove", args=[row.pk]),
    ]
    for user in (officer, make_member(spark)):
        client = signed_in(user)
        assert {client.get(address).status_code for address in addresses} <= {302, 403, 404}
        said = {"email": user.email, "place": spark.place.pk}
        assert {client.post(address, said).status_code for address in addresses[1:]} <= {302, 403, 404}
        with pytest.raises(PermissionDenied):
            members.dismiss(officer=row, by=user)
    assert listed() == [(officer.email, "calderdale")]


def test_an_address_that_nobody_signs_in_with_is_said_beside_the_field() -> None:
    said = {"email": "no@example.org", "place": make_place().pk}
    answer = signed_in(make_staff()).post(reverse("officer:add"), said)
    assert "Nobody signs in with this address yet." in answer.content.decode()
    assert listed() == []
