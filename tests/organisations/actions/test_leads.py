"""Who is on the list: platform staff alone say so."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry
from organisations.actions import concerns, leads
from organisations.models import Concern, SafeguardingLead
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


def test_only_platform_staff_change_the_list() -> None:
    place, user = make_place(), make_user()
    for person in (make_officer(place), make_user(), make_lead(place)):
        with pytest.raises(PermissionDenied):
            leads.appoint(place=place, user=user, by=person)
    staff = make_staff()
    lead = leads.appoint(place=place, user=user, by=staff)
    with pytest.raises(PermissionDenied):
        leads.dismiss(lead=lead, by=make_officer(place))
    leads.appoint(place=place, user=user, by=staff)
    entries = AuditEntry.objects.filter(subject=user.uuid, by=staff)
    assert [(row.action, row.details) for row in entries] == [
        ("safeguarding_lead.appointed", {"place": str(place.uuid)})
    ]


def test_a_dismissed_lead_is_signed_out_and_what_they_had_taken_is_free() -> None:
    spark = make_organisation()
    user, other = make_lead(spark.place), make_lead(spark.place)
    concern = make_concern(about=spark)
    concerns.take(concern=concern, by=user)
    Concern.objects.update(told_at=timezone.now())
    client = Client()
    client.force_login(user)
    leads.dismiss(lead=SafeguardingLead.objects.get(user=user), by=make_staff())
    concern.refresh_from_db()
    assert (concern.state, concern.handler, concern.told_at) == ("new", None, None)
    assert client.get("/cms/").status_code == 302
    assert user.groups.count() == 0
    assert other.groups.count() == 1


def test_whoever_leads_two_places_stays_for_the_other() -> None:
    user = make_lead(make_place())
    leads.appoint(place=None, user=user, by=None)
    leads.dismiss(lead=SafeguardingLead.objects.get(place=None), by=None)
    assert (user.safeguarding_tasks.count(), user.groups.count()) == (1, 1)


def test_a_new_lead_hears_of_what_nobody_has_taken_on() -> None:
    spark = make_organisation()
    old = make_lead(spark.place)
    waiting, taken = make_concern(about=spark), make_concern(about=spark)
    concerns.take(concern=taken, by=old)
    Concern.objects.update(told_at=timezone.now())
    make_lead(spark.place)
    assert list(Concern.objects.untold()) == [waiting]
