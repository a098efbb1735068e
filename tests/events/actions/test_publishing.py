"""Every way in and out ends in one action, in one transaction."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import publishing
from events.models import Activity, Listing, Occurrence
from events.recurrence.rules import LONDON
from organisations.models import Generation, Scope
from tests.factories.activities import make_draft
from tests.factories.people import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.floor]


def audited(activity: Activity) -> list[str]:
    rows = AuditEntry.objects.filter(subject=activity.uuid).order_by("id")
    return list(rows.values_list("action", flat=True))


def test_publish_makes_dates_listing_and_generations() -> None:
    draft = make_draft()
    staff = make_staff()
    before = Generation.objects.current()

    publishing.publish(activity=draft, by=staff)

    activity = Activity.objects.get(pk=draft.pk)
    occurrences = Occurrence.objects.filter(activity=activity)
    assert activity.live
    assert occurrences.count() == 10
    assert occurrences.filter(public_since=timezone.now()).count() == 10
    first = occurrences.first()
    assert timezone.localtime(first.starts_at) == datetime.datetime(2027, 1, 12, 16, 30, tzinfo=LONDON)
    assert first.venue == activity.venue
    assert Listing.objects.get(activity=activity).public
    assert Generation.objects.current() == before + 1
    assert Generation.objects.get(scope=Scope.ACTIVITY, subject=activity.uuid).number == 1
    assert Generation.objects.get(scope=Scope.ORGANISATION, subject=activity.host.uuid).number == 1
    entry = AuditEntry.objects.get(subject=activity.uuid, action="activity.published")
    assert entry.by == staff
    assert entry.organisation == activity.host.uuid
    assert entry.details["dates_created"] == 10
