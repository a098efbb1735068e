from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest

from events.recurrence import Existing, Repeat, Rule, State, refresh, split, window
from tests.factories.schedules import OTHER_RULE, RULE, SCHOOL_YEAR, days, make_rule, moment, uuids, written

NOW = moment("2026-01-01T12:00")
THIRD_RULE = UUID(int=3)


def published(rule: Rule, *, public: bool = True) -> list[Existing]:
    return written(refresh([rule], [], SCHOOL_YEAR, now=NOW), public=public)


def after_edit(rule: Rule, rows: list[Existing], now: str = "2026-01-01T12:00") -> list[Existing]:
    return written(refresh([rule], rows, SCHOOL_YEAR, now=moment(now)))


def in_two(rule: Rule, at: date, later: UUID = OTHER_RULE) -> tuple[Rule, Rule]:
    first, rest = split(rule, at, later, SCHOOL_YEAR)
    assert first is not None
    return first, rest


def split_twice(rule: Rule) -> tuple[Rule, Rule, Rule, Rule, dict[UUID, UUID]]:
    """What lies before 20 January and the rest; the rest in two; and which continues which."""
    first, rest = in_two(rule, date(2026, 1, 20))
    second, last = in_two(rest, date(2026, 1, 27), THIRD_RULE)
    return first, rest, second, last, {OTHER_RULE: RULE, THIRD_RULE: OTHER_RULE}


def test_a_new_time_and_length_move_the_dates_under_the_same_uuids() -> None:
    rule = make_rule(times=3)
    rows = published(rule)
    after = after_edit(replace(rule, start=time(17), end=time(19)), rows)
    assert uuids(after) == uuids(rows)
    assert {f"{row.starts_at:%H:%M}–{row.ends_at:%H:%M}" for row in after} == {"17:00–19:00"}


def test_a_new_weekday_keeps_the_date_of_the_same_week() -> None:
    rule = make_rule(first_date=date(2026, 3, 3), times=2)
    rows = published(rule)
    after = after_edit(replace(rule, weekdays=frozenset({2})), rows)
    assert [(row.uuid, row.rule_date) for row in after] == [
        (rows[0].uuid, date(2026, 3, 4)),
        (rows[1].uuid, date(2026, 3, 11)),
    ]


def test_of_several_weekdays_the_same_ones_stay_and_the_others_follow_in_order() -> None:
    rule = make_rule(first_date=date(2026, 3, 2), weekdays=frozenset({0, 2, 4}), until=date(2026, 3, 8))
    rows = published(rule)
    monday, wednesday, friday = (row.uuid for row in rows)
    after = after_edit(replace(rule, weekdays=frozenset({1, 2, 5})), rows)
    assert uuids(after) == {date(2026, 3, 3): monday, date(2026, 3, 4): wednesday, date(2026, 3, 7): friday}


def test_a_day_fewer_a_week_withdraws_it_and_undoing_brings_it_back() -> None:
    rule = make_rule(first_date=date(2026, 3, 2), weekdays=frozenset({1, 3}), until=date(2026, 3, 8))
    rows = published(rule)
    fewer = after_edit(replace(rule, weekdays=frozenset({2})), rows)
    assert [(row.uuid, row.rule_date.day, row.state, row.withdrawn) for row in fewer] == [
        (rows[0].uuid, 4, State.SCHEDULED, False),
        (rows[1].uuid, 5, State.CANCELLED, True),
    ]
    assert after_edit(rule, fewer) == rows


def test_the_second_tuesday_made_the_second_wednesday_keeps_one_date_a_month() -> None:
    rule = make_rule(first_date=date(2026, 3, 10), repeat=Repeat.MONTHLY_WEEKDAY, times=6)
    rows = published(rule)
    after = after_edit(replace(rule, first_date=date(2026, 3, 11)), rows)
    assert [row.uuid for row in after] == [row.uuid for row in rows]
    assert [row.rule_date.isoformat() for row in after][:3] == ["2026-03-11", "2026-04-08", "2026-05-13"]


def test_a_single_date_put_off_to_another_month_keeps_its_uuid() -> None:
    rule = make_rule(repeat=Repeat.ONCE, first_date=date(2026, 3, 7))
    (row,) = published(rule)
    (after,) = after_edit(replace(rule, first_date=date(2026, 6, 13)), [row])
    assert (after.uuid, after.rule_date) == (row.uuid, date(2026, 6, 13))


def test_a_weekly_date_left_out_is_not_taken_for_one_added_in_another_week() -> None:
    rule = make_rule(first_date=date(2026, 3, 3), times=3)
    rows = published(rule)
    edited = replace(rule, times=2, left_out=days("2026-03-03"), added=days("2026-03-28"))
    after = after_edit(edited, rows)
    assert [(row.rule_date.day, row.state) for row in after] == [
        (3, State.CANCELLED),
        (10, State.SCHEDULED),
        (17, State.SCHEDULED),
        (28, State.SCHEDULED),
    ]
    assert after[3].uuid not in {row.uuid for row in rows}


def test_the_past_is_never_touched_and_never_invented() -> None:
    rule = make_rule(times=4)
    rows = published(rule)
    edited = replace(rule, weekdays=frozenset({0}), start=time(9), end=time(10))
    plan = refresh([edited], rows, SCHOOL_YEAR, now=moment("2026-01-13T20:00"))
    assert plan.keep == tuple(rows[:2])
    assert [(change.uuid, change.meeting.rule_date) for change in plan.change] == [
        (rows[2].uuid, date(2026, 1, 19)),
        (rows[3].uuid, date(2026, 1, 26)),
    ]
    assert [meeting.rule_date for meeting in plan.create] == [date(2026, 2, 2)]
    assert plan.withdraw == plan.remove == ()


def test_a_meeting_that_is_running_is_the_past() -> None:
    rule = make_rule(times=1)
    rows = published(rule)
    plan = refresh(
        [replace(rule, start=time(20), end=time(21))], rows, SCHOOL_YEAR, now=moment("2026-01-06T17:00")
    )
    assert plan.is_empty


def test_todays_meeting_is_not_moved_to_a_time_that_is_over() -> None:
    rule = make_rule(times=2)
    rows = published(rule)
    morning = replace(rule, start=time(9), end=time(10))
    plan = refresh([morning], rows, SCHOOL_YEAR, now=moment("2026-01-06T12:00"))
    assert plan.keep == (rows[0],)
    assert [change.uuid for change in plan.change] == [rows[1].uuid]


def test_what_a_person_cancelled_stays_cancelled_and_follows_the_rule() -> None:
    rule = make_rule(first_date=date(2026, 3, 3), times=2)
    rows = published(rule)
    rows[0] = replace(rows[0], state=State.CANCELLED)
    after = after_edit(replace(rule, weekdays=frozenset({2})), rows)
    assert after[0] == replace(rows[0], rule_date=date(2026, 3, 4))
    assert len(after) == 2
    assert after_edit(rule, after)[0] == rows[0]


def test_what_a_person_cancelled_is_not_reinstated_by_leaving_it_out_and_in_again() -> None:
    rule = make_rule(times=3)
    rows = published(rule)
    rows[1] = replace(rows[1], state=State.CANCELLED)
    left_out = after_edit(replace(rule, times=2, left_out=days("2026-01-13")), rows)
    assert after_edit(rule, left_out)[1] == rows[1]


def test_what_a_person_moved_keeps_its_time_and_its_identity() -> None:
    rule = make_rule(times=2)
    rows = published(rule)
    moved = replace(
        rows[0],
        state=State.MOVED,
        placed_by_hand=True,
        starts_at=moment("2026-01-08T10:00"),
        ends_at=moment("2026-01-08T11:00"),
    )
    after = after_edit(replace(rule, start=time(9), end=time(10)), [moved, rows[1]])
    assert after[0] == moved
    wednesdays = after_edit(replace(rule, weekdays=frozenset({2})), [moved, rows[1]])
    assert wednesdays[0] == replace(moved, rule_date=date(2026, 1, 7))


def test_a_moved_date_that_was_withdrawn_comes_back_as_moved() -> None:
    rule = make_rule(times=2)
    rows = published(rule)
    rows[0] = replace(rows[0], state=State.MOVED, placed_by_hand=True, starts_at=moment("2026-01-06T10:00"))
    gone = after_edit(replace(rule, left_out=days("2026-01-06"), times=1), rows)
    assert gone[0].withdrawn
    assert after_edit(rule, gone) == rows


def test_a_date_put_off_comes_back_when_it_would_have_begun_by_its_rule() -> None:
    rule = make_rule(times=2)
    rows = published(rule)
    put_off = {"starts_at": moment("2026-01-07T10:00"), "ends_at": moment("2026-01-07T11:00")}
    rows[0] = replace(rows[0], state=State.MOVED, placed_by_hand=True, **put_off)
    now = "2026-01-06T23:00"
    gone = after_edit(replace(rule, left_out=days("2026-01-06"), times=1), rows, now)
    assert gone[0].withdrawn
    assert after_edit(rule, gone, now) == rows


def test_a_date_moved_to_a_later_week_is_not_withdrawn_when_its_own_week_is_over() -> None:
    rule = make_rule(times=3)
    rows = published(rule)
    rows[0] = replace(
        rows[0], state=State.MOVED, starts_at=moment("2026-02-27T10:00"), ends_at=moment("2026-02-27T11:00")
    )
    now = moment("2026-02-20T12:00")
    assert window(rows, now)[0] == date(2026, 1, 6)
    assert refresh([rule], rows, SCHOOL_YEAR, now=now).is_empty


def test_a_shorter_rule_withdraws_and_a_longer_one_reinstates_and_creates() -> None:
    rule = make_rule(times=3)
    rows = published(rule)
    shorter = after_edit(replace(rule, times=1), rows)
    assert [row.state for row in shorter] == [State.SCHEDULED, State.CANCELLED, State.CANCELLED]
    longer = after_edit(replace(rule, times=4), shorter)
    assert longer[:3] == rows
    assert len(uuids(longer)) == 4


def test_dates_never_public_are_removed_and_not_kept_as_tombstones() -> None:
    rule = make_rule(times=3)
    rows = published(rule, public=False)
    plan = refresh([replace(rule, times=1)], rows, SCHOOL_YEAR, now=NOW)
    assert plan.remove == tuple(rows[1:])
    assert plan.withdraw == ()


def test_a_date_left_out_is_reinstated_on_another_day_of_its_week() -> None:
    rule = make_rule(times=3)
    rows = published(rule)
    gone = after_edit(replace(rule, left_out=days("2026-01-13"), times=2), rows)
    after = after_edit(replace(rule, left_out=days("2026-01-13"), times=2, added=days("2026-01-15")), gone)
    assert uuids(after)[date(2026, 1, 15)] == rows[1].uuid


def test_a_rule_taken_away_withdraws_its_dates_alone() -> None:
    mornings = make_rule(start=time(9), end=time(10), times=2)
    evenings = replace(mornings, uuid=OTHER_RULE, start=time(18), end=time(19))
    rows = written(refresh([mornings, evenings], [], SCHOOL_YEAR, now=NOW))
    plan = refresh([evenings], rows, SCHOOL_YEAR, now=NOW)
    assert {row.rule_uuid for row in plan.withdraw} == {RULE}
    assert {row.rule_uuid for row in plan.keep} == {OTHER_RULE}


def test_another_rule_never_takes_over_dates_unless_it_continues() -> None:
    rule = make_rule(times=2)
    rows = published(rule)
    copy = replace(rule, uuid=OTHER_RULE)
    assert len(refresh([copy], rows, SCHOOL_YEAR, now=NOW).create) == 2
    plan = refresh([copy], rows, SCHOOL_YEAR, now=NOW, continues={OTHER_RULE: RULE})
    assert [change.uuid for change in plan.change] == [row.uuid for row in rows]
    assert plan.create == plan.withdraw == ()


def test_a_time_that_happens_twice_is_not_changed_again_and_again() -> None:
    rule = make_rule(first_date=date(2026, 10, 25), start=time(1, 30), end=time(3), repeat=Repeat.ONCE)
    assert refresh([rule], published(rule), SCHOOL_YEAR, now=NOW).is_empty


@pytest.mark.parametrize("weekday", [1, 3])
def test_this_date_and_all_after_it_on_another_day_keeps_the_uuids(weekday: int) -> None:
    rule = make_rule(times=6)
    rows = published(rule)
    earlier, later = in_two(rule, date(2026, 1, 20))
    edited = replace(later, weekdays=frozenset({weekday}), start=time(19), end=time(20))
    after = written(refresh([earlier, edited], rows, SCHOOL_YEAR, now=NOW, continues={OTHER_RULE: RULE}))
    assert [row.uuid for row in after] == [row.uuid for row in rows]
    assert after[:2] == rows[:2]
    moved_by = timedelta(days=weekday - 1, hours=2, minutes=30)
    assert [row.starts_at for row in after[2:]] == [row.starts_at + moved_by for row in rows[2:]]


def test_a_rule_split_twice_still_finds_its_dates() -> None:
    rule = make_rule(times=6)
    rows = published(rule)
    first, rest, second, last, continues = split_twice(rule)
    plan = refresh([first, second, last], rows, SCHOOL_YEAR, now=NOW, continues=continues)
    assert uuids(written(plan)) == uuids(rows)
    assert [change.meeting.rule_uuid for change in plan.change] == [
        OTHER_RULE,
        THIRD_RULE,
        THIRD_RULE,
        THIRD_RULE,
    ]


@pytest.mark.parametrize("weekday", [1, 3])
def test_undoing_a_split_brings_every_date_back_as_it_was(weekday: int) -> None:
    rule = make_rule(times=6)
    rows = published(rule)
    earlier, later = in_two(rule, date(2026, 1, 20))
    edited = replace(later, weekdays=frozenset({weekday}), start=time(19), end=time(20))
    continues = {OTHER_RULE: RULE}
    halves = written(refresh([earlier, edited], rows, SCHOOL_YEAR, now=NOW, continues=continues))
    assert written(refresh([rule], halves, SCHOOL_YEAR, now=NOW, continues=continues)) == rows


def test_what_a_person_cancelled_stays_so_when_a_split_is_undone() -> None:
    rule = make_rule(times=4)
    first, second, third, last = published(rule)
    rows = [first, second, replace(third, state=State.CANCELLED), last]
    continues = {OTHER_RULE: RULE}
    earlier, later = in_two(rule, second.rule_date)
    halves = written(refresh([earlier, later], rows, SCHOOL_YEAR, now=NOW, continues=continues))
    assert written(refresh([rule], halves, SCHOOL_YEAR, now=NOW, continues=continues)) == rows


def test_of_two_splits_the_last_is_undone_or_both() -> None:
    rule = make_rule(times=6)
    rows = published(rule)
    first, rest, second, last, continues = split_twice(rule)
    once = written(refresh([first, rest], rows, SCHOOL_YEAR, now=NOW, continues=continues))
    twice = written(refresh([first, second, last], once, SCHOOL_YEAR, now=NOW, continues=continues))
    assert written(refresh([first, rest], twice, SCHOOL_YEAR, now=NOW, continues=continues)) == once
    assert written(refresh([rule], twice, SCHOOL_YEAR, now=NOW, continues=continues)) == rows


def test_a_rule_that_goes_leaves_its_dates_to_none_that_does_not_want_them() -> None:
    rule = make_rule(times=4)
    rows = published(rule)
    earlier, later = in_two(rule, date(2026, 1, 20))
    continues = {OTHER_RULE: RULE}
    halves = written(refresh([earlier, later], rows, SCHOOL_YEAR, now=NOW, continues=continues))
    plan = refresh([earlier], halves, SCHOOL_YEAR, now=NOW, continues=continues)
    assert [row.uuid for row in plan.withdraw] == [row.uuid for row in rows[2:]]
    assert plan.change == plan.create == ()
