"""A rule of a draft has no row yet: the form itself says which rule it is."""

import datetime
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Activity
from tests.events import cms
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db

EXTRA = {
    "rules-TOTAL_FORMS": "2",
    "rules-1-id": "",
    "rules-1-uuid": "",
    "rules-1-ORDER": "2",
    "rules-1-DELETE": "",
    "rules-1-first_date": "2027-01-13",
    "rules-1-start": "10:00",
    "rules-1-end": "11:00",
    "rules-1-repeat": "once",
    "rules-1-interval": "1",
    "rules-1-season": "any",
    "rules-1-until": "",
    "rules-1-times": "",
    "rules-1-left_out": "",
    "rules-1-added": "",
    "rules-1-venue": "",
}


@pytest.fixture
def client() -> Client:
    return cms.signed_in(make_staff("staff@example.org"))


def drafted(activity: Activity) -> list[uuid.UUID]:
    """The UUIDs of the latest draft's rules, in order."""
    draft = Activity.objects.get(pk=activity.pk).get_latest_revision_as_object()
    return [rule.uuid for rule in draft.rules.all()]


def test_rule_of_a_draft_is_the_same_through_every_save(client: Client) -> None:
    activity = make_activity()
    public = activity.rules.get().uuid
    cms.edit(client, activity, **EXTRA)
    first = drafted(activity)
    cms.edit(client, activity, title="Another title")
    cms.edit(client, activity, **{"rules-1-start": "10:30"})
    assert first[0] == public
    assert drafted(activity) == first
    cms.publish(client, activity)
    assert [rule.uuid for rule in Activity.objects.get(pk=activity.pk).rules.all()] == first


def test_rule_published_meanwhile_is_not_added_twice(client: Client) -> None:
    """An old page knows the rule by its UUID alone; by now it has a row."""
    activity = make_activity()
    cms.edit(client, activity, **EXTRA)
    second = drafted(activity)[1]
    cms.publish(client, activity)
    cms.edit(client, activity, **{"rules-1-id": "", "rules-1-uuid": str(second)})
    cms.publish(client, activity)
    assert [rule.uuid for rule in Activity.objects.get(pk=activity.pk).rules.all()] == drafted(activity)
    assert drafted(activity).count(second) == 1


def test_rule_of_another_activity_cannot_be_named(client: Client) -> None:
    other = make_activity(rules=[make_rule(first_date=datetime.date(2027, 3, 2))]).rules.get()
    draft = make_draft()
    own = drafted(draft)[0]
    cms.edit(client, draft, **{**EXTRA, "rules-1-uuid": str(other.uuid)})
    cms.edit(client, draft, **{"rules-0-uuid": str(other.uuid)})
    assert drafted(draft)[0] == own
    assert other.uuid not in drafted(draft)


def test_same_line_twice_is_one_rule_and_a_new_one(client: Client) -> None:
    activity = make_activity()
    public = activity.rules.get().uuid
    cms.edit(client, activity, **{**EXTRA, "rules-1-uuid": str(public)})
    assert drafted(activity)[0] == public
    assert len(set(drafted(activity))) == 2


@pytest.mark.parametrize("nonsense", ["no-uuid", "\x00", "9" * 10000])
def test_nonsense_for_a_rule_is_no_server_error(client: Client, nonsense: str) -> None:
    activity = make_activity()
    response = cms.edit(client, activity, **{**EXTRA, "rules-1-uuid": nonsense})
    assert response.status_code == 200


def test_page_that_saves_itself_learns_which_rules_its_lines_are(client: Client) -> None:
    activity = make_activity()
    address = reverse("wagtailadmin_pages:edit", args=[activity.pk])
    data = cms.form(client.get(address).content.decode())
    data.update(EXTRA)
    answer = client.post(address, data, headers={"accept": "application/json"}).json()
    assert answer["field_updates"]["rules-1-uuid"] == str(drafted(activity)[1])


def test_template_for_new_lines_carries_no_uuid(client: Client) -> None:
    """All lines that a page adds come from one template: a UUID in it would be shared by all of them."""
    activity = make_activity()
    html = client.get(reverse("wagtailadmin_pages:edit", args=[activity.pk])).content.decode()
    new = re.search(r"<input[^>]*rules-__prefix__-uuid[^>]*>", html)
    assert new is not None
    assert "value" not in new[0]
