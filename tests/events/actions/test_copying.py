"""`Activity.copy` gives what the CMS's copy gives."""

import datetime

import pytest
from django.utils import timezone

from events.models import Activity, Occurrence
from tests.factories.activities import make_activity, make_rule

pytestmark = pytest.mark.django_db


def test_copy_is_a_draft_without_history_even_if_asked_to_stay_live() -> None:
    activity = make_activity()
    activity.save_revision()

    made = activity.copy(update_attrs={"slug": "again", "title": "Again"}, keep_live=True)

    assert (made.live, made.first_published_at, made.title) == (False, None, "Again")
    assert made.revisions.count() == 1
    assert made.rules.get().uuid != activity.rules.get().uuid
    assert not Occurrence.objects.filter(activity=made).exists()


def test_copy_takes_the_latest_draft_and_no_dates_to_go_live_or_expire() -> None:
    activity = make_activity("Public words")
    activity.title = "Draft words"
    activity.go_live_at = activity.expire_at = timezone.now() + datetime.timedelta(days=9)
    activity.save_revision()

    made = activity.copy(update_attrs={"slug": "again"})

    assert (made.title, made.go_live_at, made.expire_at) == ("Draft words", None, None)


def test_copied_rules_that_continue_another_continue_the_copied_one() -> None:
    first = make_rule(times=2)
    second = make_rule(times=3, continues=first.uuid)
    activity = make_activity(rules=[first, second])

    made = activity.copy(update_attrs={"slug": "again"})

    earlier, later = made.rules.all()
    assert later.continues == earlier.uuid
    assert earlier.uuid != first.uuid


def test_publishing_the_copys_revision_keeps_its_own_rules() -> None:
    activity = make_activity()
    made = activity.copy(update_attrs={"slug": "again"})
    rule = made.rules.get().uuid

    made.get_latest_revision().publish()

    assert Activity.objects.get(pk=made.pk).rules.get().uuid == rule
    assert set(Occurrence.objects.filter(activity=made).values_list("rule", flat=True)) == {rule}
