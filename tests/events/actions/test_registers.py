"""Counting who came: merged, told, corrected in the open, and never for somebody else's session."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry
from events import nightly, permissions
from events.actions import co_organisers, registers
from events.actions.registers import Batch
from events.models import BatchTaken, Counter, Occurrence, Register, Source, State
from organisations.models import Role
from organisations.refusals import MayNotChange
from tests.factories.activities import make_activity
from tests.factories.count_days import make_count_day
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db
Clock = Callable[[datetime.datetime], None]


@pytest.fixture
def session(clock: Clock) -> Occurrence:
    """One that has just begun, on a count day."""
    occurrence = Occurrence.objects.filter(activity=make_activity()).first()
    clock(occurrence.starts_at)
    make_count_day(occurrence)
    return occurrence


def recorder(occurrence: Occurrence):
    return make_member(occurrence.activity.host, Role.RECORDER)


def words(caught: pytest.ExceptionInfo[ValidationError]) -> list[str]:
    return caught.value.messages


def test_counts_are_added_to_what_is_there(session: Occurrence) -> None:
    by = recorder(session)
    registers.count(occurrence=session, changes={"came": 3, "group:asian": 2}, by=by)
    outcome = registers.count(occurrence=session, changes={"came": 1, "group:white": 1}, by=by)
    assert outcome.now == {"came": 4, "group:asian": 2, "group:white": 1}
    assert outcome.done == {"came": 1, "group:white": 1}
    assert (outcome.short, outcome.repeated) == ({}, False)
    assert Register.objects.get().came == 4


def test_nobody_came_is_a_number(session: Occurrence) -> None:
    registers.count(occurrence=session, changes={"came": 0}, by=recorder(session))
    assert Register.objects.get().came == 0


def test_nothing_falls_below_zero_and_what_was_not_taken_off_is_told(session: Occurrence) -> None:
    by = recorder(session)
    registers.count(occurrence=session, changes={"came": 2, "age:8-10": 1}, by=by)
    changes = {"came": -5, "age:8-10": -1, "sex:male": -2}
    outcome = registers.count(occurrence=session, changes=changes, by=by)
    assert outcome.short == {"came": 3, "sex:male": 2}
    assert outcome.done == {"came": -2, "age:8-10": -1, "sex:male": 0}
    assert registers.figures_of(session) == {"came": 0, "age:8-10": 0}


def test_what_people_said_on_their_phones_is_neither_read_nor_changed(session: Occurrence) -> None:
    by = recorder(session)
    registers.count(occurrence=session, changes={"came": 1}, by=by)
    Counter.objects.create(
        register_id=session.pk, question="group", source=Source.ANSWERS, answer="asian", number=7
    )
    outcome = registers.count(occurrence=session, changes={"group:asian": 1}, by=by)
    assert outcome.now == {"came": 1, "group:asian": 1}
    assert Counter.objects.get(source=Source.ANSWERS).number == 7


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"group:martian": 1}, "We do not know the answer “martian”."),
        ({"shoe:42": 1}, "We do not know the question “shoe”."),
        ({"school:999999": 1}, "We do not know the school “999999”."),
        ({"outcode:ZZ99": 1}, "We do not know the postcode “ZZ99”."),
        ({"came": 10_000}, "That number is too big: 9999 is the most."),
        ({f"group:{at}": 1 for at in range(201)}, "That is too much at once."),
    ],
)
def test_what_no_register_has_is_refused_in_words(session, changes, said) -> None:
    with pytest.raises(ValidationError) as caught:
        registers.count(occurrence=session, changes=changes, by=recorder(session))
    assert words(caught) == [said]
    assert not Register.objects.exists()


def test_sum_that_is_too_big_is_refused_and_nothing_is_changed(session: Occurrence) -> None:
    by = recorder(session)
    registers.count(occurrence=session, changes={"came": 9_000}, by=by)
    with pytest.raises(ValidationError):
        registers.count(occurrence=session, changes={"came": 1_000, "group:asian": 1}, by=by)
    assert registers.figures_of(session) == {"came": 9_000}


def test_register_opens_a_quarter_of_an_hour_before_the_start(session: Occurrence, clock: Clock) -> None:
    by = recorder(session)
    clock(session.starts_at - datetime.timedelta(minutes=15, seconds=1))
    with pytest.raises(ValidationError) as caught:
        registers.count(occurrence=session, changes={"came": 1}, by=by)
    assert words(caught) == ["The register opens 15 minutes before the start."]
    clock(session.starts_at - datetime.timedelta(minutes=15))
    assert registers.count(occurrence=session, changes={"came": 1}, by=by).now == {"came": 1}


def test_register_of_a_cancelled_date_counts_nobody(session: Occurrence) -> None:
    Occurrence.objects.filter(pk=session.pk).update(state=State.CANCELLED)
    with pytest.raises(ValidationError) as caught:
        registers.count(occurrence=session, changes={"came": 1}, by=recorder(session))
    assert words(caught) == ["This date was called off, so there is nobody to count."]


def test_register_closes_after_28_days_by_itself_and_by_night(session: Occurrence, clock: Clock) -> None:
    by, said = (
        recorder(session),
        "This register closed 28 days after the session. Its numbers stay as they are.",
    )
    registers.count(occurrence=session, changes={"came": 1}, by=by)
    clock(session.ends_at + datetime.timedelta(days=28) - datetime.timedelta(seconds=1))
    assert nightly.close_registers(dry_run=False) == 0
    assert registers.count(occurrence=session, changes={"came": 1}, by=by).now == {"came": 2}
    clock(session.ends_at + datetime.timedelta(days=28))
    for _time in range(2):
        with pytest.raises(ValidationError) as caught:
            registers.count(occurrence=session, changes={"came": 1}, by=by)
        assert words(caught) == [said]
        assert nightly.close_registers(dry_run=True) == (1 if _time == 0 else 0)
        nightly.close_registers(dry_run=False)
    assert Register.objects.get().closed_at == timezone.now()


def test_batch_is_counted_once_however_often_it_comes(session: Occurrence) -> None:
    by, batch = recorder(session), Batch(uuid.uuid4(), 1)
    registers.count(occurrence=session, changes={"came": 2}, by=by, batch=batch)
    again = registers.count(occurrence=session, changes={"came": 2}, by=by, batch=batch)
    assert (again.now, again.done, again.repeated) == ({"came": 2}, {}, True)
    other = Batch(uuid.uuid4(), 1)
    assert registers.count(occurrence=session, changes={"came": 1}, by=by, batch=other).now == {"came": 3}


def test_refused_batch_was_not_taken(session: Occurrence) -> None:
    batch = Batch(uuid.uuid4(), 1)
    with pytest.raises(ValidationError):
        registers.count(occurrence=session, changes={"x:y": 1}, by=recorder(session), batch=batch)
    assert not BatchTaken.objects.exists()


def test_batches_are_forgotten_after_60_days(session: Occurrence, clock: Clock) -> None:
    batch = Batch(uuid.uuid4(), 1)
    registers.count(occurrence=session, changes={"came": 2}, by=recorder(session), batch=batch)
    clock(session.starts_at + datetime.timedelta(days=60))
    assert nightly.forget_batches(dry_run=False) == 0
    clock(session.starts_at + datetime.timedelta(days=60, seconds=1))
    assert nightly.forget_batches(dry_run=True) == 1
    assert nightly.forget_batches(dry_run=False) == 1
    assert Register.objects.get().came == 2


def test_taking_off_is_a_correction_on_record(session: Occurrence) -> None:
    by = recorder(session)
    registers.count(occurrence=session, changes={"came": 5, "group:asian": 2}, by=by)
    assert not AuditEntry.objects.filter(action="register.corrected").exists()
    registers.count(occurrence=session, changes={"came": -1, "group:asian": 1}, by=by)
    entry = AuditEntry.objects.get(action="register.corrected")
    assert (entry.by, entry.subject, entry.organisation) == (by, session.uuid, session.activity.host.uuid)
    assert entry.details["figures"] == {"came": [5, 4]}


def test_from_the_day_after_every_change_of_a_number_is_a_correction(
    session: Occurrence, clock: Clock
) -> None:
    by = recorder(session)
    registers.count(occurrence=session, changes={"came": 5}, by=by)
    clock(session.ends_at + datetime.timedelta(days=1))
    registers.count(occurrence=session, changes={"came": 1, "sex:male": 3}, by=by)
    assert AuditEntry.objects.get(action="register.corrected").details["figures"] == {"came": [5, 6]}


def test_members_of_host_and_of_partners_record_and_nobody_else(session: Occurrence) -> None:
    host, other = session.activity.host, make_organisation()
    co_organisers.invite(activity=session.activity, organisation=other, by=make_member(host))
    invited = make_member(other, Role.RECORDER)
    assert not permissions.may_record(invited, session.activity)
    assert list(permissions.recordable_by(invited)) == []
    co_organisers.accept(activity=session.activity, organisation=other, by=make_member(other))
    everybody = [make_member(host, role) for role in Role] + [invited]
    strangers = [make_officer(host.place), make_staff(), make_user(), make_member(make_organisation())]
    assert [permissions.may_record(user, session.activity) for user in everybody] == [True] * 4
    assert [permissions.may_record(user, session.activity) for user in strangers] == [False] * 4
    assert [session in permissions.recordable_by(user) for user in everybody] == [True] * 4
    assert [list(permissions.recordable_by(user)) for user in strangers] == [[]] * 4
    for user in strangers:
        with pytest.raises(MayNotChange):
            registers.count(occurrence=session, changes={"came": 1}, by=user)
    assert not Register.objects.exists()
