"""What holds for every rule and every edit, tried on rules made at random."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from dateutil import rrule
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from events.recurrence import (
    Existing,
    Repeat,
    Rule,
    Season,
    State,
    given_dates,
    horizon,
    meetings,
    problems,
    refresh,
    split,
)
from events.recurrence.dates import pattern
from places.clock import LONDON
from tests.factories.schedules import OTHER_RULE, RULE, SCHOOL_YEAR, uuids, written

NOW = datetime(2026, 2, 4, 12, tzinfo=UTC)
TODAY = NOW.date()
FIRST, LAST = date(2025, 11, 1), date(2026, 9, 30)

thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
dates = st.dates(FIRST, LAST)
few_dates = st.frozensets(dates, max_size=3)


@st.composite
def rules(draw: st.DrawFn, uuid: UUID = RULE) -> Rule:
    first = draw(dates)
    start = draw(st.integers(7, 20))
    end = draw(st.sampled_from(["never", "until", "times"]))
    left_out = draw(few_dates)
    return Rule(
        uuid,
        first,
        time(start, draw(st.sampled_from([0, 30]))),
        time(start + draw(st.integers(1, 3)), draw(st.sampled_from([0, 30]))),
        draw(st.sampled_from(Repeat)),
        interval=draw(st.integers(1, 4)),
        weekdays=draw(st.frozensets(st.integers(0, 6), max_size=3)),
        until=first + timedelta(days=draw(st.integers(0, 300))) if end == "until" else None,
        times=draw(st.integers(1, 30)) if end == "times" else None,
        left_out=left_out,
        added=draw(few_dates) - left_out,
        season=draw(st.sampled_from(Season)),
    )


@st.composite
def stored(draw: st.DrawFn, rule: Rule) -> list[Existing]:
    """The rule's dates as published two months ago, some of them cancelled or moved by a person since."""
    rows = written(refresh([rule], [], SCHOOL_YEAR, now=NOW - timedelta(days=60)))
    touched = draw(st.lists(st.integers(0, max(0, len(rows) - 1)), max_size=4)) if rows else []
    for index in touched:
        if draw(st.booleans()):
            rows[index] = replace(rows[index], state=State.CANCELLED)
        else:
            by = timedelta(hours=draw(st.integers(-50, 50)))
            rows[index] = replace(
                rows[index],
                state=State.MOVED,
                placed_by_hand=True,
                starts_at=rows[index].starts_at + by,
                ends_at=rows[index].ends_at + by,
            )
    return rows


rules_and_rows = rules().flatmap(lambda rule: st.tuples(st.just(rule), stored(rule)))


def oracle(rule: Rule, before: date) -> list[date]:
    """The same repeat by dateutil."""
    if rule.repeat == Repeat.ONCE:
        return [rule.first_date]
    weekday = rrule.weekdays[rule.first_date.weekday()]
    place = (rule.first_date.day - 1) // 7 + 1
    settings_of = {
        Repeat.DAILY: {"freq": rrule.DAILY},
        Repeat.WEEKLY: {"freq": rrule.WEEKLY, "byweekday": rule.days, "wkst": rrule.MO},
        Repeat.MONTHLY_DATE: {"freq": rrule.MONTHLY, "bymonthday": rule.first_date.day},
        Repeat.MONTHLY_WEEKDAY: {"freq": rrule.MONTHLY, "byweekday": weekday(place)},
        Repeat.MONTHLY_LAST_WEEKDAY: {"freq": rrule.MONTHLY, "byweekday": weekday(-1)},
    }[rule.repeat]
    first = datetime.combine(rule.first_date, time(0))
    found = rrule.rrule(
        dtstart=first, interval=rule.interval, until=datetime.combine(before, time(0)), **settings_of
    )
    return [each.date() for each in found if each.date() < before]


@given(rules())
@thorough
def test_the_pattern_is_what_dateutil_finds(rule: Rule) -> None:
    before = date(2031, 1, 1)
    ours = []
    for day in pattern(rule):
        if day >= before:
            break
        ours.append(day)
    assert ours == oracle(rule, before)


@given(rules())
@thorough
def test_given_dates_are_the_pattern_less_what_is_taken_away(rule: Rule) -> None:
    before = date(2031, 1, 1)
    expected = [
        day
        for day in oracle(rule, before)
        if day not in rule.left_out
        and (rule.until is None or day <= rule.until)
        and SCHOOL_YEAR.fits(day, rule.season)
    ][: rule.times]
    ours = [meeting.rule_date for meeting in meetings(rule, SCHOOL_YEAR, date.min, before)]
    assert ours == sorted({*expected, *rule.added})


@given(rules(), dates, dates)
@thorough
def test_meetings_are_in_order_each_once_and_inside_the_span(rule: Rule, after: date, before: date) -> None:
    found = meetings(rule, SCHOOL_YEAR, after, before)
    identities = [meeting.identity for meeting in found]
    assert identities == sorted(set(identities), key=lambda identity: identity[1])
    assert all(after <= meeting.rule_date < before for meeting in found)
    assert all(meeting.starts_at < meeting.ends_at for meeting in found)


@given(rules())
@thorough
def test_the_wall_clock_stays_the_same_all_year(rule: Rule) -> None:
    found = meetings(rule, SCHOOL_YEAR, date.min, date(2028, 1, 1))
    local = {(m.starts_at.astimezone(UTC).astimezone(LONDON).time(), m.ends_at.time()) for m in found}
    assert local <= {(rule.start, rule.end)}


@given(rules())
@thorough
def test_a_rule_that_gives_dates_has_no_problems(rule: Rule) -> None:
    found = problems(rule, SCHOOL_YEAR)
    gives = bool(meetings(rule, SCHOOL_YEAR, date.min, date(2035, 1, 1)))
    assert {problem.code for problem in found} <= {"no_dates", "no_dates_in_season"}
    assert not (found and gives)


@given(rules_and_rows, rules())
@thorough
def test_a_second_refresh_has_nothing_to_do(before: tuple[Rule, list[Existing]], edited: Rule) -> None:
    _, rows = before
    after = written(refresh([edited], rows, SCHOOL_YEAR, now=NOW))
    again = refresh([edited], after, SCHOOL_YEAR, now=NOW)
    assert again.is_empty
    assert len({row.identity for row in after}) == len(after)


@given(rules_and_rows, rules())
@thorough
def test_after_an_edit_the_dates_to_come_are_those_of_the_rule(
    before: tuple[Rule, list[Existing]], edited: Rule
) -> None:
    _, rows = before
    after = written(refresh([edited], rows, SCHOOL_YEAR, now=NOW))
    given_days = list(meetings(edited, SCHOOL_YEAR, TODAY, horizon(TODAY)))
    wanted = {m.rule_date for m in given_days if m.starts_at > NOW}
    # Where the new time of today has passed already, today's meeting stays as it was.
    allowed = {m.rule_date for m in given_days}
    persons = {row.rule_date for row in after if row.state == State.MOVED or not _was_withdrawn(row)}
    assert {row.rule_date for row in after if row.state == State.SCHEDULED and row.starts_at > NOW} <= allowed
    assert wanted <= {row.rule_date for row in after if row.state != State.CANCELLED} | persons


def _was_withdrawn(row: Existing) -> bool:
    return row.state == State.CANCELLED and row.withdrawn


@given(rules_and_rows, rules())
@thorough
def test_undoing_an_edit_restores_every_date(before: tuple[Rule, list[Existing]], edited: Rule) -> None:
    rule, rows = before
    rows = written(refresh([rule], rows, SCHOOL_YEAR, now=NOW))
    there = written(refresh([edited], rows, SCHOOL_YEAR, now=NOW))
    back = written(refresh([rule], there, SCHOOL_YEAR, now=NOW))
    known = {row.uuid for row in rows}
    assert [row for row in back if row.uuid in known] == rows
    assert all(_was_withdrawn(row) for row in back if row.uuid not in known)


@given(rules_and_rows, rules())
@thorough
def test_the_past_and_what_a_person_cancelled_are_never_touched(
    before: tuple[Rule, list[Existing]], edited: Rule
) -> None:
    _, rows = before
    after = {row.uuid: row for row in written(refresh([edited], rows, SCHOOL_YEAR, now=NOW))}
    for row in rows:
        if row.is_past(NOW):
            assert after[row.uuid] == row
        elif row.state == State.CANCELLED:
            follows = after[row.uuid]
            assert replace(follows, rule_date=row.rule_date) == row


@given(rules_and_rows, st.integers(7, 20), st.integers(1, 3))
@thorough
def test_a_new_time_keeps_every_identity(
    before: tuple[Rule, list[Existing]], start: int, length: int
) -> None:
    rule, rows = before
    rows = written(refresh([rule], rows, SCHOOL_YEAR, now=NOW))
    edited = replace(rule, start=time(start), end=time(start + length))
    after = written(refresh([edited], rows, SCHOOL_YEAR, now=NOW))
    assert {row.uuid: row.rule_date for row in after} == {row.uuid: row.rule_date for row in rows}
    followed = [row for row in after if row.state == State.SCHEDULED and row.starts_at > NOW]
    assert all(row.starts_at.astimezone(LONDON).time() in {time(start), rule.start} for row in followed)


@given(st.integers(0, 6), st.integers(0, 6), st.integers(1, 4))
@thorough
def test_a_new_weekday_keeps_one_date_a_week(old: int, new: int, interval: int) -> None:
    rule = Rule(
        RULE, date(2026, 2, 9), time(16), time(17), Repeat.WEEKLY, interval, frozenset({old}), times=12
    )
    rows = written(refresh([rule], [], SCHOOL_YEAR, now=NOW))
    after = written(refresh([replace(rule, weekdays=frozenset({new}))], rows, SCHOOL_YEAR, now=NOW))
    by_week = {row.rule_date.isocalendar()[:2]: row.uuid for row in rows}
    assert {row.rule_date.isocalendar()[:2]: row.uuid for row in after} == by_week
    assert {row.rule_date.weekday() for row in after} == {new}


@given(rules_and_rows, dates)
@thorough
def test_a_split_keeps_every_date_and_uuid(before: tuple[Rule, list[Existing]], at: date) -> None:
    rule, rows = before
    rows = written(refresh([rule], rows, SCHOOL_YEAR, now=NOW))
    all_dates = [m.rule_date for m in meetings(rule, SCHOOL_YEAR, date.min, date(2030, 1, 1))]
    assume(all_dates and all_dates[-1] >= at)
    earlier, later = split(rule, at, OTHER_RULE, SCHOOL_YEAR)
    halves = [half for half in (earlier, later) if half]
    assert [
        m.rule_date for h in halves for m in meetings(h, SCHOOL_YEAR, date.min, date(2030, 1, 1))
    ] == all_dates
    continues = {later.uuid: rule.uuid} if earlier else {}
    plan = refresh(halves, rows, SCHOOL_YEAR, now=NOW, continues=continues)
    after = written(plan)
    assert {row.uuid: row.rule_date for row in after} == {row.uuid: row.rule_date for row in rows}
    assert uuids(after) == uuids(rows)
    assert refresh(halves, after, SCHOOL_YEAR, now=NOW, continues=continues).is_empty
    coming = [row for row in after if not row.is_past(NOW) and row.rule_date in all_dates]
    assert all((row.rule_uuid == later.uuid) == (row.rule_date >= at or not earlier) for row in coming)


@given(rules(), st.integers(1, 30))
@thorough
def test_ten_times_is_ten_meetings(rule: Rule, times: int) -> None:
    rule = replace(rule, times=times, until=None, season=Season.ANY, added=frozenset())
    assume(rule.repeat != Repeat.ONCE)
    assert len(list(given_dates(rule, SCHOOL_YEAR))) == times
