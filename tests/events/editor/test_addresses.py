"""An activity's address stays from its first publication; staff may change it, and the old one leads on."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Activity
from organisations.actions import members
from organisations.models import Role
from tests.events import cms
from tests.factories.activities import make_activity, make_draft
from tests.factories.organisations import make_organisation
from tests.factories.people import make_staff, make_user

pytestmark = pytest.mark.django_db


def editor_of(activity: Activity) -> Client:
    user = make_user()
    members.join(organisation=activity.host, user=user, role=Role.EDITOR, by=None)
    return cms.signed_in(user)


def slug(activity: Activity) -> str:
    return Activity.objects.get(pk=activity.pk).slug


def test_editor_chooses_the_address_of_a_draft_and_keeps_that_of_a_public_page() -> None:
    draft = make_draft(slug="football")
    editor = editor_of(draft)
    cms.edit(editor, draft, slug="street-football")
    cms.publish(editor, draft)
    assert slug(draft) == "street-football"
    cms.publish(editor, draft, slug="something-else", title="Another title")
    now = Activity.objects.get(pk=draft.pk)
    assert (now.slug, now.title) == ("street-football", "Another title")


def test_old_version_does_not_bring_an_old_address_back() -> None:
    draft = make_draft(slug="football")
    editor = editor_of(draft)
    first = draft.get_latest_revision().pk
    cms.edit(editor, draft, slug="street-football")
    cms.publish(editor, draft)
    cms.edit(editor, draft, revision=first, **{"action__publish": "1"})
    assert slug(draft) == "street-football"


def test_staff_change_an_address_and_the_old_one_leads_to_the_new(
    client: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    activity = make_activity(slug="football")
    before = activity.url
    with django_capture_on_commit_callbacks(execute=True):
        cms.publish(cms.signed_in(make_staff()), activity, slug="street-football")
    after = Activity.objects.get(pk=activity.pk).url
    assert after.endswith("/street-football/")
    assert client.get(after).status_code == 200
    answer = client.get(before)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (301, after)


def test_address_of_a_moved_activity_leads_to_its_new_one(
    client: Client, django_capture_on_commit_callbacks: Callable
) -> None:
    activity = make_activity(slug="football")
    before = activity.url
    with django_capture_on_commit_callbacks(execute=True):
        activity.move(make_organisation("Another club").page, pos="last-child")
    after = Activity.objects.get(pk=activity.pk).url
    assert after != before
    answer = client.get(before)
    assert (answer.status_code, answer.headers.get("Location", "").partition("?")[0]) == (301, after)
