from datetime import UTC, date, time

import pytest

from events.recurrence import Repeat, Rule, Season, given_dates, horizon, meetings
from tests.factories.schedules import SCHOOL_YEAR, days, make_rule

YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def texts(rule: Rule, most: int = 100) -> list[str]:
    return [f"{meeting.rule_date:%d %b}" for meeting in meetings(rule, SCHOOL_YEAR, *YEAR)[:most]]


def test_weekly_meets_on_the_weekday_of_its_first_date_when_none_is_chosen() -> None:
    assert texts(make_rule(), 3) == ["06 Jan", "13 Jan", "20 Jan"]


def test_weekly_begins_on_the_first_chosen_weekday_from_the_first_date_on() -> None:
    assert texts(make_rule(weekdays=frozenset({0, 3})), 3) == ["08 Jan", "12 Jan", "15 Jan"]


def test_every_two_weeks_counts_weeks_from_monday() -> None:
    sundays_and_mondays = make_rule(first_date=date(2026, 1, 11), weekdays=frozenset({6, 0}), interval=2)
    assert texts(sundays_and_mondays, 4) == ["11 Jan", "19 Jan", "25 Jan", "02 Feb"]


def test_the_31st_skips_months_that_have_none() -> None:
    rule = make_rule(first_date=date(2026, 1, 31), repeat=Repeat.MONTHLY_DATE)
    assert texts(rule) == ["31 Jan", "31 Mar", "31 May", "31 Jul", "31 Aug", "31 Oct", "31 Dec"]


def test_the_fifth_saturday_skips_months_that_have_none() -> None:
    rule = make_rule(first_date=date(2026, 1, 31), repeat=Repeat.MONTHLY_WEEKDAY)
    assert texts(rule) == ["31 Jan", "30 May", "29 Aug", "31 Oct"]


def test_the_second_tuesday_and_the_last_one() -> None:
    second = make_rule(first_date=date(2026, 1, 13), repeat=Repeat.MONTHLY_WEEKDAY)
    last = make_rule(first_date=date(2026, 1, 13), repeat=Repeat.MONTHLY_LAST_WEEKDAY)
    assert texts(second, 3) == ["13 Jan", "10 Feb", "10 Mar"]
    assert texts(last, 3) == ["27 Jan", "24 Feb", "31 Mar"]


def test_term_time_leaves_out_holidays_and_bank_holidays() -> None:
    rule = make_rule(first_date=date(2026, 4, 13), until=date(2026, 6, 8), season=Season.TERM)
    assert texts(rule) == ["13 Apr", "20 Apr", "27 Apr", "11 May", "18 May", "01 Jun", "08 Jun"]


def test_holidays_are_between_known_terms_and_not_bank_holidays() -> None:
    rule = make_rule(first_date=date(2026, 1, 1), repeat=Repeat.DAILY, season=Season.HOLIDAYS)
    found = texts(rule)
    assert found[:9] == [f"{day} Feb" for day in range(14, 23)]
    assert found[9:14] == ["28 Mar", "29 Mar", "30 Mar", "31 Mar", "01 Apr"]
    assert "03 Apr" not in found
    assert "06 Apr" not in found
    assert found[-1] == "31 May"


def test_no_date_is_given_where_terms_are_not_known() -> None:
    before = make_rule(first_date=date(2025, 12, 1), until=date(2026, 1, 4), season=Season.HOLIDAYS)
    after = make_rule(first_date=date(2026, 7, 22), season=Season.TERM)
    assert list(given_dates(before, SCHOOL_YEAR)) == []
    assert list(given_dates(after, SCHOOL_YEAR)) == []


def test_ten_times_in_term_time_is_ten_meetings_beyond_the_dates_left_out() -> None:
    rule = make_rule(times=10, season=Season.TERM, left_out=days("2026-02-03"))
    assert len(texts(rule)) == 10
    assert texts(rule)[-1] == "24 Mar"


def test_added_dates_come_on_top_and_outside_season_and_end() -> None:
    rule = make_rule(times=2, season=Season.TERM, added=days("2026-02-17", "2026-01-13", "2026-12-24"))
    assert texts(rule) == ["06 Jan", "13 Jan", "17 Feb", "24 Dec"]


def test_half_past_four_stays_half_past_four_when_the_clocks_change() -> None:
    rule = make_rule(first_date=date(2026, 3, 24), times=2)
    found = meetings(rule, SCHOOL_YEAR, *YEAR)
    assert [f"{m.starts_at:%H:%M}" for m in found] == ["16:30", "16:30"]
    assert [f"{m.starts_at.astimezone(UTC):%H:%M}" for m in found] == ["16:30", "15:30"]


def test_a_time_that_happens_twice_is_the_first() -> None:
    rule = make_rule(first_date=date(2026, 10, 25), start=time(1, 30), end=time(3), repeat=Repeat.ONCE)
    (meeting,) = meetings(rule, SCHOOL_YEAR, *YEAR)
    assert f"{meeting.starts_at.astimezone(UTC):%H:%M}" == "00:30"


def test_a_date_whose_time_the_spring_change_removes_gives_no_meeting() -> None:
    rule = make_rule(
        first_date=date(2026, 3, 28), start=time(1, 30), end=time(3), repeat=Repeat.DAILY, times=3
    )
    assert texts(rule) == ["28 Mar", "30 Mar"]


def test_a_date_added_twice_over_is_one_meeting_with_number_0() -> None:
    rule = make_rule(times=1, added=days("2026-01-06"))
    assert [(m.rule_date, m.number) for m in meetings(rule, SCHOOL_YEAR, *YEAR)] == [(date(2026, 1, 6), 0)]


@pytest.mark.parametrize("interval", [0, -1, 53])
def test_an_interval_that_would_never_end_is_an_error_not_a_hang(interval: int) -> None:
    with pytest.raises(ValueError, match="interval"):
        meetings(make_rule(repeat=Repeat.DAILY, interval=interval), SCHOOL_YEAR, *YEAR)


@pytest.mark.parametrize("repeat", Repeat)
def test_a_rule_at_the_end_of_time_ends(repeat: Repeat) -> None:
    rule = make_rule(first_date=date(8999, 12, 1), repeat=repeat)
    assert list(given_dates(rule, SCHOOL_YEAR))[-1].year == 8999


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 1, 15), date(2027, 7, 15)), (date(2026, 8, 31), date(2028, 2, 29))],
)
def test_the_horizon_is_18_months_ahead(today: date, expected: date) -> None:
    assert horizon(today) == expected
