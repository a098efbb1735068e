"""Two people at the same moment, on real connections."""

import datetime
import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import AuditEntry
from events.actions import occurrences, publishing
from events.models import Activity, Listing, Occurrence, State
from organisations.actions import verification
from organisations.models import Generation
from organisations.models import State as OrganisationState
from organisations.refusals import MayNotPublish
from places.clock import LONDON
from tests.factories.activities import make_activity, make_draft, make_rule
from tests.factories.people import make_member, make_officer

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.floor,
]


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


def test_two_people_move_the_same_date_and_the_second_is_told(together) -> None:
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)

    def move(hour: int) -> Callable[[], object]:
        return lambda: (
            occurrences.move(
                occurrence=row,
                starts_at=datetime.datetime(2027, 1, 14, hour, tzinfo=LONDON),
                ends_at=datetime.datetime(2027, 1, 14, hour + 1, tzinfo=LONDON),
                by=by,
            ).occurrence.starts_at
        )

    results = together(move(15), move(17))

    refused = [result for result in results if isinstance(result, ValidationError)]
    row.refresh_from_db()
    assert len(refused) == 1
    assert "Somebody else has just changed this date" in refused[0].messages[0]
    assert row.starts_at in results
    assert AuditEntry.objects.filter(subject=row.uuid).count() == 1


def test_without_the_lock_both_would_believe_they_were_first(
    together, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the same race with a hold that holds nothing."""
    activity = make_activity()
    by, row = make_member(activity.host), first_of(activity)
    both_have_looked = threading.Barrier(2)

    def hold_nothing(given: Activity, person: object) -> Activity:
        return Activity.objects.select_related("host__place").get(pk=given.pk)

    real = occurrences._fresh
    looked = threading.local()

    def look_and_wait(occurrence: Occurrence) -> Occurrence:
        seen = real(occurrence)
        if not getattr(looked, "once", False):
            looked.once = True
            both_have_looked.wait(timeout=30)
        return seen

    monkeypatch.setattr(occurrences, "_hold", hold_nothing)
    monkeypatch.setattr(occurrences, "_fresh", look_and_wait)

    results = together(
        *[lambda: occurrences.cancel(occurrence=row, reason="Snow", by=by).changed for _ in range(2)]
    )

    assert results == [True, True]
    assert AuditEntry.objects.filter(subject=row.uuid).count() == 2


def test_the_same_page_published_at_once_has_each_date_once(together) -> None:
    draft = make_draft(rules=[make_rule(times=30)])
    revision = draft.get_latest_revision()
    by = make_member(draft.host)

    def publish() -> str:
        publishing.publish(activity=Activity.objects.get(pk=draft.pk), by=by, revision=revision)
        return "done"

    assert together(*[publish] * 4) == ["done"] * 4
    rows = Occurrence.objects.filter(activity=draft)
    assert rows.count() == 30
    assert len(set(rows.values_list("rule_date", flat=True))) == 30
    assert Activity.objects.get(pk=draft.pk).rules.count() == 1
    assert Listing.objects.get(activity=draft).generation == Generation.objects.current()


def test_a_suspension_and_a_publication_at_once_leave_nothing_public(together) -> None:
    public = make_activity()
    draft = make_draft(host=public.host)
    officer, owner = make_officer(public.host.place), make_member(public.host)

    def publish() -> object:
        try:
            publishing.publish(activity=draft, by=owner)
        except MayNotPublish:
            return "refused"
        return "published"

    def suspend() -> object:
        return verification.suspend(organisation=public.host, reason="A concern", by=officer).state

    results = together(publish, suspend)

    assert results[1] == OrganisationState.SUSPENDED
    assert results[0] in {"published", "refused"}
    assert not Listing.objects.filter(public=True).exists()


def test_dates_changed_while_the_page_is_published_again_are_kept(together) -> None:
    activity = make_activity(rules=[make_rule(times=20)])
    by, row = make_member(activity.host), first_of(activity)
    rule = activity.rules.get()
    rule.start = datetime.time(16)
    activity.rules.add(rule)
    revision = activity.save_revision()

    results = together(
        lambda: publishing.publish(activity=activity, by=by, revision=revision),
        lambda: _cancelled(row, by),
    )

    row.refresh_from_db()
    assert not [result for result in results if isinstance(result, Exception)]
    assert row.state == State.CANCELLED
    others = Occurrence.objects.filter(activity=activity).exclude(pk=row.pk)
    assert set(others.values_list("starts_at__hour", flat=True)) == {16}


def test_a_change_that_is_taken_back_gives_no_generation_away(together) -> None:
    activity = make_activity()
    before = Generation.objects.current()

    def change_and_fail() -> None:
        with transaction.atomic():
            publishing.settle(activity=activity, by=None)
            raise RuntimeError("on purpose")

    def change() -> int | None:
        return publishing.settle(activity=activity, by=None).generation

    results = together(change_and_fail, change)

    assert isinstance(results[0], RuntimeError)
    assert results[1] == before + 1 == Generation.objects.current()


def _cancelled(row: Occurrence, by) -> object:
    """Whoever comes second sees the other's time and decides again, as a person would."""
    for _ in range(2):
        try:
            return occurrences.cancel(occurrence=Occurrence.objects.get(pk=row.pk), reason="Snow", by=by)
        except ValidationError:
            continue
    raise AssertionError("never settled")
