"""What happens at its time, each page by itself."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from accounts.models import AuditEntry
from events.actions import refreshing, scheduled
from events.models import Activity, Listing
from events.tick import STEPS
from organisations.models import Organisation, State
from pages.models import HomePage
from tests.factories.activities import make_activity, make_draft

pytestmark = pytest.mark.django_db

SOON = datetime.timedelta(hours=1)


def planned(title: str = "", **fields: object) -> Activity:
    draft = make_draft(title, **fields)
    draft.go_live_at = timezone.now() + SOON
    draft.save_revision().publish()
    return draft


@pytest.fixture
def later(clock) -> datetime.datetime:
    """Two hours from now, once `clock` is set to it."""
    return timezone.now() + 2 * SOON


def fresh(page: Activity) -> Activity:
    return Activity.objects.get(pk=page.pk)


def last_audit(activity: Activity) -> AuditEntry:
    return AuditEntry.objects.filter(subject=activity.uuid).order_by("-id").first()


def test_what_is_due_goes_live_by_nobody(clock, later: datetime.datetime) -> None:
    draft = planned()
    assert scheduled.publish_due(timezone.now()) == 0
    clock(later)

    assert scheduled.publish_due(later) == 1

    assert Listing.objects.get(activity=draft).public
    assert (last_audit(draft).action, last_audit(draft).by) == ("activity.published", None)
    assert scheduled.publish_due(later) == 0


def test_it_is_decided_again_and_one_whose_host_has_lapsed_stays_a_draft(clock, later) -> None:
    draft = planned()
    Organisation.objects.filter(pk=draft.host.pk).update(declaration_until=datetime.date(2026, 11, 1))
    clock(later)

    assert scheduled.publish_due(later) == 0

    assert not fresh(draft).live
    assert fresh(draft).scheduled_revision is None
    assert last_audit(draft).action == "activity.refused"
    assert "cannot publish now" in last_audit(draft).reason
    assert not Listing.objects.filter(activity=draft).exists()


def test_one_that_fails_never_stops_the_others_and_is_tried_again(
    clock, later, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = planned("Bad"), planned("Good")
    clock(later)
    real = refreshing.refresh_dates

    def fail_for_bad(*, activity: Activity, now: datetime.datetime):
        if activity.pk == bad.pk:
            raise RuntimeError("on purpose")
        return real(activity=activity, now=now)

    with monkeypatch.context() as patched:
        patched.setattr(refreshing, "refresh_dates", fail_for_bad)
        assert scheduled.publish_due(later) == 1
    assert [fresh(bad).live, fresh(good).live] == [False, True]
    assert "to publish: failed" in caplog.text

    assert scheduled.publish_due(later) == 1
    assert fresh(bad).live


def test_a_new_version_of_a_public_page_waits_for_its_time(clock, later) -> None:
    activity = make_activity("Old words")
    activity.title = "New words"
    activity.go_live_at = timezone.now() + SOON
    activity.save_revision().publish()
    assert fresh(activity).title == "Old words"
    clock(later)

    scheduled.publish_due(later)

    assert fresh(activity).title == "New words"
    assert Listing.objects.get(activity=activity).title == "New words"


def test_what_expires_leaves_by_the_same_action(clock, later) -> None:
    activity = make_activity(expire_at=timezone.now() + SOON)
    clock(later)

    assert scheduled.publish_due(later) == 1

    assert (fresh(activity).live, fresh(activity).expired) == (False, True)
    assert not Listing.objects.get(activity=activity).public
    assert last_audit(activity).action == "activity.expired"
    assert scheduled.publish_due(later) == 0


def test_an_expiry_that_fails_leaves_the_page_live(clock, later, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = make_activity(expire_at=timezone.now() + SOON)
    clock(later)
    monkeypatch.setattr("events.actions.publishing.listing.write", _fail)

    assert scheduled.publish_due(later) == 0
    assert fresh(activity).live


def test_plain_pages_are_published_and_expire_too(clock, later) -> None:
    make_draft()
    home = HomePage.objects.get()
    page = Page(title="News", slug="news", live=False)
    home.add_child(instance=page)
    page.go_live_at = timezone.now() + SOON
    page.expire_at = timezone.now() + 3 * SOON
    page.save_revision().publish()
    clock(later)
    assert scheduled.publish_due(later) == 1
    assert Page.objects.get(pk=page.pk).live
    clock(later + 2 * SOON)

    assert scheduled.publish_due(later + 2 * SOON) == 1
    assert not Page.objects.get(pk=page.pk).live


def test_wagtails_own_command_and_tick_end_there_too(clock, later, capsys: pytest.CaptureFixture) -> None:
    one = planned()
    clock(later)

    call_command("publish_scheduled")

    assert capsys.readouterr().out == "1 pages\n"
    assert Listing.objects.get(activity=one).public
    assert [step.__name__ for step in STEPS] == [
        "publish_due",
        "render_queued",
        "make_drafts",
        "close_answers",
    ]
    assert STEPS[0](dry_run=False) == 0


def test_a_suspended_host_says_no_at_the_time_itself(clock, later) -> None:
    draft = planned()
    Organisation.objects.filter(pk=draft.host.pk).update(state=State.SUSPENDED)
    clock(later)

    call_command("publish_scheduled", stdout=_Nowhere())

    assert not fresh(draft).live


def _fail(*_: object, **__: object) -> None:
    raise RuntimeError("on purpose")


class _Nowhere:
    def write(self, text: str) -> None:
        """Tests print nothing."""
