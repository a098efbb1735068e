"""Two people at the same moment, on real connections."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from wagtail.models import Page, Revision

import looks
from accounts.models import AuditEntry, User
from events import seen
from events.actions import (
    changing,
    occurrences,
    publishing,
    putting_back,
    refreshing,
    schedule,
    spans,
    vouching,
)
from events.models import Activity, Listing, Occurrence, State
from organisations.actions import verification
from organisations.models import Generation, Organisation
from organisations.models import State as OrganisationState
from organisations.refusals import MayNotPublish
from places.clock import LONDON
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db(transaction=True)


def first_of(activity: Activity) -> Occurrence:
    return Occurrence.objects.filter(activity=activity).first()


def test_two_people_cancel_the_same_date_and_one_is_told(together) -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)

    results = together(
        *[lambda: occurrences.cancel(occurrence=row, reason="Snow", by=by).changed for _ in range(4)]
    )

    assert sorted(results) == [False, False, False, True]
    assert AuditEntry.objects.filter(subject=row.uuid).count() == 1


def test_without_the_hold_both_would_believe_they_were_first(together, nobody_holds, all_look_before) -> None:
    """The negative control: both look before either has cancelled it."""
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)
    nobody_holds(Activity, Organisation)
    all_look_before(changing, "cancel")

    results = together(
        *[lambda: occurrences.cancel(occurrence=row, reason="Snow", by=by).changed for _ in range(2)]
    )

    assert results == [True, True]
    assert AuditEntry.objects.filter(subject=row.uuid).count() == 2


def move(row: Occurrence, hour: int, by: User) -> Callable[[], datetime.datetime]:
    def go() -> datetime.datetime:
        starts_at = datetime.datetime(2027, 1, 14, hour, tzinfo=LONDON)
        ends_at = starts_at + datetime.timedelta(hours=1)
        return occurrences.move(
            occurrence=row, starts_at=starts_at, ends_at=ends_at, by=by
        ).occurrence.starts_at

    return go


def test_two_people_move_the_same_date_and_the_second_is_told(together) -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)

    results = together(move(row, 15, by), move(row, 17, by))

    refused = [result for result in results if isinstance(result, ValidationError)]
    row.refresh_from_db()
    assert len(refused) == 1
    assert "Somebody else has just changed this date" in refused[0].messages[0]
    assert row.starts_at in results
    assert AuditEntry.objects.filter(subject=row.uuid).count() == 1


def test_without_the_hold_the_second_would_move_it_away_unseen(
    together, nobody_holds, all_look_before
) -> None:
    """The negative control: both look before either has moved it."""
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)
    nobody_holds(Activity, Organisation)
    all_look_before(changing, "place")

    results = together(move(row, 15, by), move(row, 17, by))

    assert [result.hour for result in results] == [15, 17]
    assert AuditEntry.objects.filter(subject=row.uuid).count() == 2


def over_all(activity: Activity) -> spans.Span:
    """Of a person who sees the dates as they are now."""
    return spans.Span(datetime.date(2027, 1, 1), datetime.date(2027, 12, 31), seen.of_coming(activity))


def move_all(activity: Activity, span: spans.Span, hour: int, by: User) -> Callable[[], int]:
    def go() -> int:
        times = (datetime.time(hour), datetime.time(hour + 1))
        return len(spans.move(activity=activity, span=span, times=times, by=by).changed)

    return go


def test_two_people_move_the_same_dates_and_the_second_is_told(together) -> None:
    activity = make_activity(rules=[make_rule(times=3)])
    by, span = make_member(activity.host), over_all(activity)

    results = together(move_all(activity, span, 15, by), move_all(activity, span, 17, by))

    (refused,) = [result for result in results if isinstance(result, ValidationError)]
    assert "have changed since you opened this page" in refused.message_dict["seen"][0]
    assert results.count(3) == 1
    assert AuditEntry.objects.filter(action="activity.dates_changed").count() == 1


def test_without_the_hold_the_second_would_move_all_of_them_unseen(
    together, nobody_holds, all_look_before
) -> None:
    """The negative control: both look before either has moved one."""
    activity = make_activity(rules=[make_rule(times=3)])
    by, span = make_member(activity.host), over_all(activity)
    nobody_holds(Activity, Organisation)
    all_look_before(changing, "place")

    assert together(move_all(activity, span, 15, by), move_all(activity, span, 17, by)) == [3, 3]
    assert AuditEntry.objects.filter(action="activity.dates_changed").count() == 2


def cancelled_all(activity: Activity, by: User) -> Callable[[], int]:
    """Puts back what was cancelled: how many dates."""
    change = spans.cancel(activity=activity, span=over_all(activity), reason="Snow", by=by).change
    return lambda: len(putting_back.undo(activity=activity, change=change, by=by))


def states(activity: Activity) -> list[str]:
    return list(Occurrence.objects.filter(activity=activity).order_by("pk").values_list("state", flat=True))


def test_dates_are_put_back_or_changed_by_another_and_the_second_is_told(together) -> None:
    activity = make_activity(rules=[make_rule(times=3)])
    by = make_member(activity.host)
    undo, row = cancelled_all(activity, by), first_of(activity)

    results = together(undo, lambda: occurrences.cancel(occurrence=row, reason="Ill", by=by).changed)

    (refused,) = [result for result in results if isinstance(result, ValidationError)]
    if results[1] is True:
        assert "Nothing was put back, because these dates have changed since" in refused.messages[0]
        assert states(activity) == ["cancelled"] * 3
    else:
        assert "Somebody else has just changed this date" in refused.messages[0]
        assert (results[0], states(activity)) == (3, ["scheduled"] * 3)


def test_without_the_hold_putting_back_would_undo_unseen_what_another_did(nobody_holds, meanwhile) -> None:
    """The negative control: another says why anew when it is known already that nobody has changed a date."""
    activity = make_activity(rules=[make_rule(times=3)])
    by = make_member(activity.host)
    undo, row = cancelled_all(activity, by), first_of(activity)
    nobody_holds(Activity, Organisation)
    results = meanwhile(
        putting_back, "_put_back", lambda: occurrences.cancel(occurrence=row, reason="Ill", by=by).changed
    )

    assert undo() == 3
    assert results == [True]
    assert states(activity) == ["scheduled"] * 3


def test_two_presses_at_once_put_dates_back_once(together) -> None:
    activity = make_activity(rules=[make_rule(times=3)])
    undo = cancelled_all(activity, make_member(activity.host))

    results = together(undo, undo)

    (refused,) = [result for result in results if isinstance(result, ValidationError)]
    assert "Nothing was put back" in refused.messages[0]
    assert results.count(3) == 1
    assert AuditEntry.objects.filter(action="activity.dates_put_back").count() == 1


def later(activity: Activity, hour: int, by: User) -> Callable[[], None]:
    """Let all of them end at another hour, as seen by a person who looks now."""
    rule = activity.rules.get()
    seen_so = looks.Look(("end",), looks.version(rule, ["end"]))
    first, changes = rule.first_date, {"end": datetime.time(hour)}
    return lambda: schedule.change_from(
        activity=activity, rule=rule.uuid, at=first, changes=changes, by=by, seen=seen_so
    )


def test_two_people_change_the_same_schedule_and_the_second_is_told(together) -> None:
    activity = make_activity(rules=[make_rule(times=3)])
    by = make_member(activity.host)

    results = together(later(activity, 19, by), later(activity, 20, by))

    (refused,) = [result for result in results if isinstance(result, ValidationError)]
    assert "has just changed this line of the schedule" in refused.message_dict["seen"][0]
    assert activity.rules.get().end.hour == [20, 19][results.index(refused)]


def test_without_the_hold_one_schedule_would_be_lost_unseen(nobody_holds, meanwhile) -> None:
    """The negative control: another changes it when the first has looked at it already."""
    activity = make_activity(rules=[make_rule(times=3)])
    by = make_member(activity.host)
    first, other = later(activity, 19, by), later(activity, 20, by)
    nobody_holds(Activity, Organisation)
    results = meanwhile(schedule, "_waiting", other)

    first()

    assert (results, activity.rules.get().end.hour) == ([None], 19)


def test_the_same_page_published_at_once_has_each_date_once(together) -> None:
    draft = make_draft(rules=[make_rule(times=30)])
    revision = draft.get_latest_revision()
    by = make_member(draft.host)

    def press() -> None:
        publishing.publish(activity=Activity.objects.get(pk=draft.pk), by=by, revision=revision)

    assert together(*[press] * 4) == [None] * 4
    rows = Occurrence.objects.filter(activity=draft)
    assert rows.count() == 30
    assert len(set(rows.values_list("rule_date", flat=True))) == 30
    assert Activity.objects.get(pk=draft.pk).rules.count() == 1
    assert Listing.objects.get(activity=draft).generation == Generation.objects.current()


def test_without_transaction_and_hold_one_publication_would_fail(
    together, nobody_holds, all_look_before, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: both find no date, both make all, and the database refuses one of them.

    In our transaction Wagtail, which writes the activity's row first, would keep the second waiting; so would
    whoever vouches.
    """
    draft = make_draft(rules=[make_rule(times=30)])
    monkeypatch.setattr(Activity, "publish", Page.publish)
    monkeypatch.setattr(vouching, "vouch", lambda **_said: None)
    nobody_holds(Activity, Organisation)
    all_look_before(refreshing, "_write")

    results = together(*[draft.get_latest_revision().publish] * 2)

    assert results.count(None) == 1
    assert [isinstance(result, DatabaseError) for result in results if result] == [True]
    assert Occurrence.objects.filter(activity=draft).count() == 30


def publish(draft: Activity, by: User) -> Callable[[], str]:
    def go() -> str:
        try:
            publishing.publish(activity=draft, by=by)
        except MayNotPublish:
            return "refused"
        return "published"

    return go


def test_a_suspension_and_a_publication_at_once_leave_nothing_public(together) -> None:
    public = make_activity()
    draft = make_draft(host=public.host)
    officer, owner = make_officer(public.host.place), make_member(public.host)

    def suspend() -> object:
        return verification.suspend(organisation=public.host, reason="A concern", by=officer).state

    results = together(publish(draft, owner), suspend)

    assert results[1] == OrganisationState.SUSPENDED
    assert results[0] in {"published", "refused"}
    assert not Listing.objects.filter(public=True).exists()


def test_without_the_hold_a_publication_would_outlive_the_suspension(nobody_holds, meanwhile) -> None:
    """The negative control: it is published when the suspension knows already what it has to take away."""
    public = make_activity()
    draft = make_draft(host=public.host)
    officer, owner = make_officer(public.host.place), make_member(public.host)
    nobody_holds(Activity, Organisation)
    results = meanwhile(publishing, "settle", publish(draft, owner))

    verification.suspend(organisation=public.host, reason="A concern", by=officer)

    assert results == ["published"]
    assert list(Listing.objects.filter(public=True).values_list("activity", flat=True)) == [draft.pk]


def with_a_later_start() -> tuple[Activity, Revision]:
    """Public from half past four, and a draft in which it begins at four."""
    activity = make_activity(rules=[make_rule(times=20)])
    rule = activity.rules.get()
    rule.start = datetime.time(16)
    activity.rules.add(rule)
    return activity, activity.save_revision()


def test_dates_changed_while_the_page_is_published_again_are_kept(together) -> None:
    activity, revision = with_a_later_start()
    by, row = make_member(activity.host), first_of(activity)

    results = together(
        lambda: publishing.publish(activity=activity, by=by, revision=revision),
        lambda: _cancelled(row, by),
    )

    row.refresh_from_db()
    assert not [result for result in results if isinstance(result, Exception)]
    assert row.state == State.CANCELLED
    others = Occurrence.objects.filter(activity=activity).exclude(pk=row.pk)
    assert set(others.values_list("starts_at__hour", flat=True)) == {16}


def test_without_the_hold_a_change_would_be_lost_to_the_publication(nobody_holds, meanwhile) -> None:
    """The negative control: it is cancelled when the publication has read the dates and not written them yet.
    By an officer, who does not vouch for it: that would write the activity's row, which Wagtail has written.
    """
    activity, revision = with_a_later_start()
    by, officer, row = make_member(activity.host), make_officer(activity.host.place), first_of(activity)
    nobody_holds(Activity, Organisation)
    results = meanwhile(
        refreshing,
        "_write",
        lambda: occurrences.cancel(occurrence=row, reason="Snow", by=officer).changed,
    )

    publishing.publish(activity=activity, by=by, revision=revision)

    row.refresh_from_db()
    assert results == [True]
    assert row.state == State.SCHEDULED


def change(activity: Activity) -> int | None:
    return publishing.settle(activity=activity, by=None).generation


def test_a_change_that_is_taken_back_gives_no_generation_away(together) -> None:
    one, other = make_activity(), make_activity()
    before = Generation.objects.current()

    def change_and_fail() -> None:
        with transaction.atomic():
            change(one)
            raise RuntimeError("on purpose")

    results = together(change_and_fail, lambda: change(other))

    assert isinstance(results[0], RuntimeError)
    assert results[1] == before + 1 == Generation.objects.current()


def test_a_sequence_would_give_a_generation_away(together, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: PostgreSQL's own counter makes nobody wait, and takes nothing back."""
    one, other = make_activity(), make_activity()
    before = Generation.objects.current()

    def next_of_the_sequence(_self: object, *_scopes: object) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('generations')")
            return cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE generations START %s", [before + 1])
        monkeypatch.setattr(type(Generation.objects), "raised", next_of_the_sequence)
        try:
            with transaction.atomic():
                change(one)
                results = together(lambda: change(other))
                transaction.set_rollback(True)
        finally:
            cursor.execute("DROP SEQUENCE generations")

    assert results == [before + 2]


def _cancelled(row: Occurrence, by) -> object:
    """Whoever comes second sees the other's time and decides again, as a person would."""
    for _ in range(2):
        try:
            return occurrences.cancel(occurrence=Occurrence.objects.get(pk=row.pk), reason="Snow", by=by)
        except ValidationError:
            continue
    raise AssertionError("never settled")
