"""Platform staff say in the CMS who reads concerns."""

import pytest
from django.urls import reverse

from organisations.models import SafeguardingLead
from tests.events.cms import signed_in
from tests.factories.concerns import make_lead
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


def listed() -> list[tuple[str, str | None]]:
    return list(SafeguardingLead.objects.order_by("pk").values_list("user__email", "place__slug"))


def test_staff_put_somebody_on_the_list_and_take_them_off() -> None:
    place = make_place()
    make_user("amina@example.org"), make_user("ben@example.org")
    staff, add = signed_in(make_staff()), reverse("safeguardinglead:add")
    staff.post(add, {"email": "Amina@example.org", "place": place.pk})
    staff.post(add, {"email": "ben@example.org", "place": ""})
    assert listed() == [("amina@example.org", "calderdale"), ("ben@example.org", None)]
    html = staff.get(reverse("safeguardinglead:index")).content.decode()
    remove = reverse("safeguardinglead:remove", args=[SafeguardingLead.objects.get(place=place).pk])
    assert ("amina@example.org" in html, remove in html) == (True, True)
    assert (
        "amina@example.org will read no more concerns of: Calderdale." in staff.get(remove).content.decode()
    )
    staff.post(remove)
    assert listed() == [("ben@example.org", None)]


def test_an_address_that_nobody_signs_in_with_is_said_beside_the_field() -> None:
    answer = signed_in(make_staff()).post(reverse("safeguardinglead:add"), {"email": "no@example.org"})
    assert "Nobody signs in with this address yet." in answer.content.decode()
    assert listed() == []


def test_nobody_else_sees_or_changes_the_list() -> None:
    spark = make_organisation()
    lead = make_lead(spark.place, "lead@example.org")
    row = SafeguardingLead.objects.get()
    for user in (lead, make_officer(spark.place), make_member(spark)):
        client = signed_in(user)
        addresses = [
            reverse("safeguardinglead:index"),
            reverse("safeguardinglead:add"),
            reverse("safeguardinglead:remove", args=[row.pk]),
        ]
        statuses = {client.get(address).status_code for address in addresses}
        statuses |= {client.post(address, {"email": user.email}).status_code for address in addresses[1:]}
        assert statuses <= {302, 403, 404}
    assert listed() == [("lead@example.org", "calderdale")]
