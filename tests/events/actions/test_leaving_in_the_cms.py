"""Wagtail's own views, pressed by a person, end in the one action."""

import pytest

from accounts.models import AuditEntry
from events.actions import refreshing
from events.models import Activity, Listing, Occurrence
from tests.events import cms
from tests.factories.activities import make_draft
from tests.factories.organisations import make_organisation
from tests.factories.people import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.floor]


def test_publish_button_settles_the_page_by_that_person() -> None:
    draft, staff = make_draft(), make_staff()

    response = cms.publish(cms.signed_in(staff), draft, title="Football for all")

    assert "published" in cms.said(response)
    activity = Activity.objects.get(pk=draft.pk)
    assert (activity.live, activity.title) == (True, "Football for all")
    assert Occurrence.objects.filter(activity=activity).once_public().count() == 10
    assert Listing.objects.get(activity=activity).title == "Football for all"
    assert AuditEntry.objects.get(subject=draft.uuid, action="activity.published").by == staff


def test_publish_button_leaves_nothing_behind_when_the_refresh_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = make_draft()
    client = cms.signed_in(make_staff())
    client.raise_request_exception = False
    monkeypatch.setattr(refreshing, "refresh_dates", _fail)

    response = cms.publish(client, draft, title="Never seen")

    assert response.status_code == 500
    activity = Activity.objects.get(pk=draft.pk)
    assert (activity.live, activity.first_published_at, activity.live_revision) == (False, None, None)
    assert activity.title == draft.title
    assert not Occurrence.objects.filter(activity=draft).exists()
    assert not Listing.objects.filter(activity=draft).exists()


def test_publish_button_keeps_what_was_typed_and_says_why_not() -> None:
    draft = make_draft(host=make_organisation("Todmorden Rowers", public=False))

    response = cms.publish(cms.signed_in(make_staff()), draft, title="Rowing at dawn")

    assert response.status_code == 200
    assert "Saved as a draft. Todmorden Rowers cannot publish now" in cms.said(response)
    activity = Activity.objects.get(pk=draft.pk)
    assert (activity.live, activity.get_latest_revision_as_object().title) == (False, "Rowing at dawn")


def _fail(**_: object) -> None:
    raise RuntimeError("the refresh fails on purpose")
