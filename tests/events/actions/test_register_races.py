"""Two recorders at the same moment, on real connections."""

import uuid
from collections.abc import Callable

import pytest

from events.actions import registers
from events.actions.registers import Batch
from events.models import BatchTaken, Occurrence, Register
from organisations.models import Role
from tests.factories.activities import make_activity
from tests.factories.count_days import make_count_day
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(clock) -> Occurrence:
    occurrence = Occurrence.objects.select_related("activity__host").filter(activity=make_activity()).first()
    clock(occurrence.starts_at)
    make_count_day(occurrence)
    return occurrence


def test_two_recorders_both_count_from_the_first_press_on(together, session: Occurrence) -> None:
    people = [make_member(session.activity.host, Role.RECORDER) for _ in range(2)]

    def press(by) -> Callable[[], None]:
        def several() -> None:
            for _press in range(10):
                registers.count(occurrence=session, changes={"came": 1, "group:asian": 1}, by=by)

        return several

    assert together(*[press(by) for by in people]) == [None, None]
    assert registers.figures_of(session) == {"came": 20, "group:asian": 20}


def test_same_batch_twice_at_once_is_counted_once(together, session: Occurrence) -> None:
    by, batch = make_member(session.activity.host), Batch(uuid.uuid4(), 7)
    results = together(
        *[
            lambda: registers.count(occurrence=session, changes={"came": 4}, by=by, batch=batch).repeated
            for _ in range(4)
        ]
    )
    assert sorted(results) == [False, True, True, True]
    assert (Register.objects.get().came, BatchTaken.objects.count()) == (4, 1)


def test_without_its_key_the_same_batch_would_be_counted_each_time(
    together, session: Occurrence, without_unique
) -> None:
    """The negative control: the register is held as ever, and nothing says that the batch was there."""
    by, batch = make_member(session.activity.host), Batch(uuid.uuid4(), 7)
    without_unique(BatchTaken, "device", "number")
    results = together(
        *[
            lambda: registers.count(occurrence=session, changes={"came": 4}, by=by, batch=batch).repeated
            for _ in range(4)
        ]
    )
    assert results == [False] * 4
    assert (Register.objects.get().came, BatchTaken.objects.count()) == (16, 4)


def test_without_hold_and_addition_one_recorder_would_write_over_the_other(
    together, session: Occurrence, nobody_holds, all_look_before, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody holds the register, and the number is read and then written."""
    people = [make_member(session.activity.host, Role.RECORDER) for _ in range(2)]
    registers.count(occurrence=session, changes={"came": 1}, by=people[0])

    def write_over(register: Register, number: int) -> None:
        Register.objects.filter(pk=register.pk).update(came=register.came + number)

    nobody_holds(Register)
    monkeypatch.setattr(registers, "_add_came", write_over)
    all_look_before(registers, "_add_came")
    together(
        *[lambda by=by: registers.count(occurrence=session, changes={"came": 1}, by=by) for by in people]
    )
    assert Register.objects.get().came == 2


def test_without_the_hold_addition_alone_still_loses_nothing(
    together, session: Occurrence, nobody_holds, all_look_before
) -> None:
    people = [make_member(session.activity.host, Role.RECORDER) for _ in range(2)]
    registers.count(occurrence=session, changes={"came": 1, "age:8-10": 1}, by=people[0])
    nobody_holds(Register)
    all_look_before(registers, "_apply")
    changes = {"came": 1, "age:8-10": 1}
    together(*[lambda by=by: registers.count(occurrence=session, changes=changes, by=by) for by in people])
    assert registers.figures_of(session) == {"came": 3, "age:8-10": 3}
