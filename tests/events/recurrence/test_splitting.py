from dataclasses import replace
from datetime import date

import pytest

from events.recurrence import Repeat, Season, split
from tests.factories.schedules import OTHER_RULE, SCHOOL_YEAR, days, make_rule


def test_the_earlier_rule_ends_the_day_before_and_the_later_one_goes_on() -> None:
    rule = make_rule(until=date(2026, 3, 24))
    earlier, later = split(rule, date(2026, 2, 3), OTHER_RULE, SCHOOL_YEAR)
    assert earlier == replace(rule, until=date(2026, 2, 2))
    assert later == replace(rule, uuid=OTHER_RULE, first_date=date(2026, 2, 3))


def test_a_number_of_times_is_divided_by_the_meetings_that_happen() -> None:
    rule = make_rule(times=10, season=Season.TERM, left_out=days("2026-01-13"))
    earlier, later = split(rule, date(2026, 2, 24), OTHER_RULE, SCHOOL_YEAR)
    assert earlier is not None
    assert (earlier.times, earlier.until) == (None, date(2026, 2, 10))
    assert (later.times, later.first_date) == (5, date(2026, 2, 24))


def test_every_second_week_and_left_out_and_added_dates_stay_in_step() -> None:
    rule = make_rule(
        interval=2, left_out=days("2026-01-20", "2026-03-03"), added=days("2026-01-14", "2026-03-04")
    )
    earlier, later = split(rule, date(2026, 1, 28), OTHER_RULE, SCHOOL_YEAR)
    assert earlier is not None
    assert (earlier.left_out, earlier.added) == (days("2026-01-20"), days("2026-01-14"))
    assert later.first_date == date(2026, 2, 3)
    assert (later.left_out, later.added) == (days("2026-03-03"), days("2026-03-04"))


def test_the_first_date_splits_nothing() -> None:
    rule = make_rule()
    assert split(rule, rule.first_date, OTHER_RULE, SCHOOL_YEAR) == (None, rule)


def test_a_rule_of_added_dates_remains_where_only_those_are_left() -> None:
    rule = make_rule(times=2, added=days("2026-03-04", "2026-03-05"))
    _, later = split(rule, date(2026, 3, 4), OTHER_RULE, SCHOOL_YEAR)
    assert (later.repeat, later.first_date, later.added) == (
        Repeat.ONCE,
        date(2026, 3, 4),
        days("2026-03-05"),
    )
    assert later.times is None


def test_nothing_after_the_last_date_can_be_split_off() -> None:
    with pytest.raises(ValueError, match="no date on or after 2026-01-20"):
        split(make_rule(times=2), date(2026, 1, 20), OTHER_RULE, SCHOOL_YEAR)
