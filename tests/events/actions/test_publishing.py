"""Every way in and out ends in one action, in one transaction."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from accounts.models import AuditEntry, User
from events.actions import publishing, refreshing
from events.models import Activity, Listing, Occurrence, State
from organisations.models import Generation, Role, Scope
from organisations.refusals import MayNotPublish
from places.clock import LONDON
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


def audited(activity: Activity) -> list[str]:
    rows = AuditEntry.objects.filter(subject=activity.uuid).order_by("id")
    return list(rows.values_list("action", flat=True))


def dates_of(activity: Activity) -> list[tuple[str, str]]:
    rows = Occurrence.objects.filter(activity=activity)
    return [(str(timezone.localtime(row.starts_at))[:16], row.state) for row in rows]


def fail(**_: object) -> None:
    raise RuntimeError("the refresh fails on purpose")


def test_publish_makes_dates_listing_and_generations() -> None:
    draft, staff = make_draft(), make_staff()
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


def test_a_draft_has_no_dates_and_no_listing() -> None:
    host = make_organisation()
    before = Generation.objects.current()

    draft = make_draft(host=host)

    assert not Occurrence.objects.filter(activity=draft).exists()
    assert not Listing.objects.filter(activity=draft).exists()
    assert not Generation.objects.filter(scope=Scope.ACTIVITY).exists()
    assert Generation.objects.current() == before


def test_revision_publish_leaves_nothing_behind_when_the_refresh_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = make_draft()
    before = Generation.objects.current()
    monkeypatch.setattr(refreshing, "refresh_dates", fail)

    with pytest.raises(RuntimeError):
        draft.get_latest_revision().publish()

    activity = Activity.objects.get(pk=draft.pk)
    assert (activity.live, activity.first_published_at, activity.live_revision) == (False, None, None)
    assert audited(activity) == []
    assert Generation.objects.current() == before


def test_unpublish_leaves_nothing_behind_when_settling_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    activity = make_activity()
    monkeypatch.setattr(publishing.listing, "write", lambda *_, **__: fail())

    with pytest.raises(RuntimeError):
        activity.unpublish()

    assert Activity.objects.get(pk=activity.pk).live
    assert Listing.objects.get(activity=activity).public


def test_unpublish_takes_the_listing_away_and_keeps_the_dates() -> None:
    activity = make_activity()
    owner = make_member(activity.host)
    before = Generation.objects.current()

    publishing.unpublish(activity=activity, by=owner)

    assert not Activity.objects.get(pk=activity.pk).live
    assert not Listing.objects.get(activity=activity).public
    assert Occurrence.objects.filter(activity=activity).once_public().count() == 10
    assert Generation.objects.current() == before + 1
    assert audited(activity) == ["activity.published", "activity.unpublished"]
    assert AuditEntry.objects.get(action="activity.unpublished").by == owner


def test_a_page_unpublished_by_its_base_class_ends_in_the_same_action() -> None:
    activity = make_activity()

    Page.objects.get(pk=activity.pk).unpublish()

    assert not Listing.objects.get(activity=activity).public
    assert audited(activity)[-1] == "activity.unpublished"


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR])
def test_owners_and_editors_may_publish(role: Role) -> None:
    draft = make_draft()

    publishing.publish(activity=draft, by=make_member(draft.host, role))

    assert Activity.objects.get(pk=draft.pk).live


def test_an_officer_of_the_place_may_publish() -> None:
    draft = make_draft()

    publishing.publish(activity=draft, by=make_officer(draft.host.place))

    assert Activity.objects.get(pk=draft.pk).live


def test_recorders_and_strangers_may_not_publish() -> None:
    draft = make_draft()
    for stranger in (make_user(), make_member(draft.host, Role.RECORDER), make_member(make_organisation())):
        with pytest.raises(MayNotPublish, match="You cannot publish for"):
            publishing.publish(activity=draft, by=stranger)
        with pytest.raises(MayNotPublish, match="You cannot publish for"):
            publishing.unpublish(activity=draft, by=stranger)
    assert not Activity.objects.get(pk=draft.pk).live


@pytest.mark.parametrize(
    "facts",
    [
        {"public": False},
        {"state": "suspended"},
        {"state": "closed"},
        {"declaration_until": datetime.date(2026, 11, 22)},
    ],
)
def test_an_organisation_that_is_not_public_may_not_publish(facts: dict) -> None:
    draft = make_draft(host=make_organisation("Rowers", **facts))

    with pytest.raises(MayNotPublish, match="Rowers cannot publish now"):
        draft.get_latest_revision().publish()

    assert not Activity.objects.get(pk=draft.pk).live


def test_a_declaration_holds_on_its_last_day() -> None:
    draft = make_draft(host=make_organisation(declaration_until=datetime.date(2026, 11, 23)))

    draft.get_latest_revision().publish()

    assert Listing.objects.get(activity=draft).public


def test_a_time_that_the_clock_change_removes_may_not_go_live() -> None:
    rule = make_rule(
        first_date=datetime.date(2027, 3, 28), start=datetime.time(1, 30), end=datetime.time(4), times=1
    )
    draft = make_draft(rules=[rule])

    with pytest.raises(MayNotPublish, match="the clocks go forward"):
        draft.get_latest_revision().publish()

    assert not Activity.objects.get(pk=draft.pk).live


def test_scheduled_for_later_is_not_public(clock) -> None:
    draft = make_draft()
    draft.go_live_at = timezone.now() + datetime.timedelta(days=2)

    draft.save_revision().publish()

    assert not Activity.objects.get(pk=draft.pk).live
    assert not Occurrence.objects.filter(activity=draft).exists()
    assert not Listing.objects.filter(activity=draft).exists()
    assert audited(draft) == ["activity.scheduled"]

    clock(timezone.now() + datetime.timedelta(days=2, minutes=1))
    call_command("publish_scheduled", verbosity=0, stdout=_Silent())

    assert Listing.objects.get(activity=draft).public
    assert Occurrence.objects.filter(activity=draft).once_public().count() == 10
    assert audited(draft) == ["activity.scheduled", "activity.published"]


def test_a_page_is_born_a_draft_whatever_made_it() -> None:
    host = make_organisation()
    model = make_draft(host=host)

    made = Activity(
        title="Live at once",
        slug="live",
        summary="x",
        type=model.type,
        venue=model.venue,
        host=host,
        live=True,
    )
    host.page.add_child(instance=made)

    assert not Activity.objects.get(pk=made.pk).live


def test_changing_the_time_moves_coming_dates_under_the_same_uuids() -> None:
    activity = make_activity()
    before = dict(Occurrence.objects.filter(activity=activity).values_list("uuid", "starts_at"))

    rule = activity.rules.get()
    rule.start, rule.end = datetime.time(17), datetime.time(18, 30)
    activity.rules.add(rule)
    activity.save_revision().publish()

    after = dict(Occurrence.objects.filter(activity=activity).values_list("uuid", "starts_at"))
    assert after.keys() == before.keys()
    assert {after[uuid] - before[uuid] for uuid in before} == {datetime.timedelta(minutes=30)}


def test_a_shorter_schedule_leaves_tombstones_and_a_revert_brings_the_same_dates_back() -> None:
    activity = make_activity(rules=[make_rule(times=3)])
    first_version = activity.live_revision
    uuids = list(Occurrence.objects.filter(activity=activity).values_list("uuid", flat=True))
    activity.rules.add(_changed(activity, times=2))
    activity.save_revision().publish()
    assert [state for _, state in dates_of(activity)] == ["scheduled", "scheduled", "cancelled"]
    assert Occurrence.objects.filter(activity=activity, withdrawn=True).count() == 1

    first_version.publish()

    assert [state for _, state in dates_of(activity)] == ["scheduled", "scheduled", "scheduled"]
    assert list(Occurrence.objects.filter(activity=activity).values_list("uuid", flat=True)) == uuids
    assert not Occurrence.objects.filter(activity=activity, withdrawn=True).exists()


def test_a_rule_taken_away_and_brought_back_by_a_revert_has_its_dates_again() -> None:
    activity = make_activity(
        rules=[make_rule(times=2), make_rule(first_date=datetime.date(2027, 1, 14), times=2)]
    )
    with_both = activity.live_revision
    before = set(Occurrence.objects.filter(activity=activity).values_list("uuid", "rule"))
    activity.rules.remove(activity.rules.all()[1])
    activity.save_revision().publish()
    assert Occurrence.objects.filter(activity=activity, withdrawn=True).count() == 2

    with_both.publish()

    assert set(Occurrence.objects.filter(activity=activity).values_list("uuid", "rule")) == before
    assert not Occurrence.objects.filter(activity=activity, withdrawn=True).exists()
    assert Activity.objects.get(pk=activity.pk).rules.count() == 2


def test_a_rule_keeps_its_row_while_revisions_come_and_go() -> None:
    activity = make_activity()
    rule = activity.rules.get()
    activity.rules.add(make_rule(first_date=datetime.date(2027, 1, 14), times=1))
    activity.save_revision().publish()
    rows = set(activity.rules.model.objects.filter(activity=activity).values_list("pk", "uuid"))

    again = Activity.objects.get(pk=activity.pk).get_latest_revision_as_object()

    assert {(row.pk, row.uuid) for row in again.rules.all()} == rows
    assert (rule.pk, rule.uuid) in rows


def test_coming_dates_follow_the_venue_and_those_placed_by_hand_do_not() -> None:
    activity = make_activity(rules=[make_rule(times=2)])
    first, second = Occurrence.objects.filter(activity=activity)
    here, there = first.venue, make_venue(activity.host)
    Occurrence.objects.filter(pk=first.pk).update(
        state=State.MOVED, placed_by_hand=True, moved_from=first.starts_at
    )

    activity.venue = there
    activity.save_revision().publish()

    assert list(Occurrence.objects.filter(activity=activity).values_list("venue", flat=True)) == [
        here.pk,
        there.pk,
    ]


def test_a_rule_with_a_venue_of_its_own_meets_there() -> None:
    host = make_organisation()
    pool = make_venue(host)
    activity = make_activity(host=host, rules=[make_rule(times=1, venue=pool)])

    assert Occurrence.objects.get(activity=activity).venue == pool


def test_past_dates_are_never_touched(clock) -> None:
    activity = make_activity(rules=[make_rule(times=3)])
    clock(datetime.datetime(2027, 1, 20, 12, tzinfo=datetime.UTC))
    before = list(Occurrence.objects.filter(activity=activity).values())[:2]

    activity.rules.add(_changed(activity, start=datetime.time(10), end=datetime.time(11)))
    activity.save_revision().publish()

    rows = list(Occurrence.objects.filter(activity=activity).values())
    assert rows[:2] == before
    assert timezone.localtime(rows[2]["starts_at"]).hour == 10


def test_settling_again_changes_nothing_but_the_generation() -> None:
    activity = make_activity()
    rows = list(Occurrence.objects.filter(activity=activity).values())

    settled = publishing.settle(activity=activity, by=None)

    assert (settled.public, bool(settled.changes)) == (True, False)
    assert settled.generation == Generation.objects.current()
    assert list(Occurrence.objects.filter(activity=activity).values()) == rows


def test_publishing_sixty_dates_takes_as_many_queries_as_three(django_assert_max_num_queries) -> None:
    """No query a date: the second's limit of the benchmark is kept by construction."""
    staff = make_staff()
    few, many = make_draft(rules=[make_rule(times=3)]), make_draft(rules=[make_rule(times=60)])
    counted = _queries(few, staff)

    with django_assert_max_num_queries(counted):
        publishing.publish(activity=many, by=staff)

    assert Occurrence.objects.filter(activity=many).count() == 60


def _queries(draft: Activity, by: User) -> int:
    with CaptureQueriesContext(connection) as captured:
        publishing.publish(activity=draft, by=by)
    return len(captured)


def _changed(activity: Activity, **fields: object):
    rule = activity.rules.get()
    for name, value in fields.items():
        setattr(rule, name, value)
    return rule


class _Silent:
    def write(self, *_: object) -> None:
        """Nothing is printed in tests."""
