"""Filling in registers from a sheet: all or nothing, never over a number that is there, and back again."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import register_sheets, registers
from events.actions.register_sheets import Brought
from events.models import Counter, Occurrence, Register, Source
from organisations.models import Role
from organisations.refusals import ChangedMeanwhile, MayNotChange
from tests.factories.activities import make_activity
from tests.factories.answers import make_session
from tests.factories.attendance import make_met, make_register
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {"came": 12, "group:asian": 5, "group:white": 6, "group:not-stated": 1}


@pytest.fixture
def session() -> Occurrence:
    return make_session("Street football")


def older(session: Occurrence, days: float) -> Occurrence:
    row = make_met(session.activity, days)
    Occurrence.objects.filter(pk=row.pk).update(public_since=row.starts_at)
    return row


def bring(session: Occurrence, by, **figures: int) -> int:
    return register_sheets.bring_in(sessions=[Brought(session.uuid, figures or SAID)], by=by)


def test_it_fills_in_as_if_it_had_been_typed_and_says_who_did(session: Occurrence) -> None:
    by = make_member(session.activity.host, Role.RECORDER)
    assert bring(session, by) == 1
    assert registers.figures_of(session) == SAID
    assert set(Counter.objects.values_list("source", flat=True)) == {Source.TYPED}
    entry = AuditEntry.objects.get(action="register.brought_in")
    assert (entry.by, entry.subject, entry.organisation) == (by, session.uuid, session.activity.host.uuid)
    assert entry.details == {"activity": str(session.activity.uuid), "came": 12, "numbers": 4}


def test_phones_have_answered_and_both_stay(session: Occurrence) -> None:
    make_register(session, [3], source=Source.ANSWERS)
    bring(session, make_member(session.activity.host))
    assert registers.figures_of(session) == SAID
    assert Counter.objects.get(source=Source.ANSWERS).number == 3


def test_one_that_cannot_be_stops_all(session: Occurrence) -> None:
    by = make_member(session.activity.host)
    other = older(session, 3)
    with pytest.raises(ValidationError) as caught:
        register_sheets.bring_in(sessions=[Brought(session.uuid, SAID), Brought(other.uuid, SAID)], by=by)
    assert "This is not a count day, so only how many came is counted." in caught.value.messages[0]
    assert (Register.objects.count(), AuditEntry.objects.filter(action="register.brought_in").count()) == (
        0,
        0,
    )


@pytest.mark.parametrize(
    "figures",
    [{"came": 10_000}, {"came": 3, "group:martian": 1}, {"came": 3, "colour:red": 1}, {"group:asian": 3}],
)
def test_figures_that_no_register_has_are_refused(session: Occurrence, figures: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        bring(session, make_member(session.activity.host), **figures)
    assert Register.objects.count() == 0


def test_what_closed_without_a_number_is_filled_in_and_stays_closed(session: Occurrence) -> None:
    by = make_member(session.activity.host)
    old = older(session, 40)
    assert bring(old, by, came=9) == 1
    register = Register.objects.get(pk=old.pk)
    assert (register.came, register.closed_at is not None) == (9, True)
    with pytest.raises(ValidationError):
        registers.count(occurrence=old, changes={"came": 1}, by=by)


def test_a_number_that_is_there_is_never_written_over(session: Occurrence) -> None:
    by = make_member(session.activity.host)
    registers.count(occurrence=session, changes={"came": 0}, by=by)
    with pytest.raises(ChangedMeanwhile):
        bring(session, by)
    assert registers.figures_of(session) == {"came": 0}


def test_two_who_bring_the_same_sheet_at_once_fill_it_in_once(session: Occurrence, together) -> None:
    by = make_member(session.activity.host)

    def try_it() -> bool:
        try:
            return bring(session, by) == 1
        except ChangedMeanwhile:
            return False

    assert sorted(together(*[try_it] * 4)) == [False, False, False, True]
    assert registers.figures_of(session) == SAID


def test_without_the_hold_both_would_be_written(
    session: Occurrence, together, nobody_holds, all_look_before
) -> None:
    """The negative control: both look, then both write."""
    by = make_member(session.activity.host)
    Register.objects.create(occurrence=session)
    nobody_holds(Register)
    all_look_before(register_sheets, "why_not")
    results = together(*[lambda came=came: bring(session, by, came=came) for came in (5, 7)])
    assert results == [1, 1]
    assert AuditEntry.objects.filter(action="register.brought_in").count() == 2


def test_only_who_records_there_may(session: Occurrence) -> None:
    by = make_member(session.activity.host)
    theirs = make_met(make_activity())
    Occurrence.objects.filter(pk=theirs.pk).update(public_since=timezone.now())
    with pytest.raises(MayNotChange):
        register_sheets.bring_in(
            sessions=[Brought(session.uuid, {"came": 3}), Brought(theirs.uuid, {"came": 3})], by=by
        )
    with pytest.raises(MayNotChange):
        bring(session, make_officer(session.activity.host.place))
    assert Register.objects.count() == 0


def test_taking_back_empties_what_nobody_has_touched_since(session: Occurrence) -> None:
    by = make_member(session.activity.host)
    other, old = older(session, 3), older(session, 40)
    make_register(session, [3], source=Source.ANSWERS)
    sessions = [Brought(session.uuid, SAID), Brought(other.uuid, {"came": 7}), Brought(old.uuid, {"came": 8})]
    assert register_sheets.bring_in(sessions=sessions, by=by) == 3
    registers.count(occurrence=other, changes={"came": 1}, by=by)
    assert register_sheets.take_back(sessions=sessions, by=by) == 2
    assert registers.figures_of(session) == {}
    assert (registers.figures_of(other), registers.figures_of(old)) == ({"came": 8}, {})
    assert Counter.objects.get().source == Source.ANSWERS
    assert AuditEntry.objects.filter(action="register.taken_back").count() == 2
    assert register_sheets.take_back(sessions=sessions, by=by) == 0
    assert bring(old, by, came=9) == 1


def test_who_has_left_takes_nothing_back(session: Occurrence) -> None:
    by = make_member(session.activity.host)
    bring(session, by)
    by.memberships.all().delete()
    with pytest.raises(MayNotChange):
        register_sheets.take_back(sessions=[Brought(session.uuid, SAID)], by=by)
    assert registers.figures_of(session) == SAID
    assert timezone.now() - session.starts_at < datetime.timedelta(hours=1)
