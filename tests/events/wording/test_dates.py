from datetime import date, time

import pytest
from django.utils import translation

from events.recurrence import meetings
from events.wording import (
    dates_words,
    day_words,
    first_dates,
    full_date_words,
    joined,
    lasting_when_words,
    short_time_range,
    time_range,
    time_words,
    weekday_words,
    when_words,
)
from events.wording.dates import later_dates_words
from tests.factories.schedules import SCHOOL_YEAR, days, make_rule, moment

TODAY = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("2026-03-18T17:00", "2026-03-18T18:30", "Today, 5–6:30 pm"),
        ("2026-03-19T10:00", "2026-03-19T11:30", "Tomorrow, 10–11:30 am"),
        ("2026-03-20T16:30", "2026-03-20T18:00", "Friday, 4:30–6 pm"),
        ("2026-03-24T16:30", "2026-03-24T18:00", "Tuesday, 4:30–6 pm"),
        ("2026-03-25T16:30", "2026-03-25T18:00", "Wed 25 March, 4:30–6 pm"),
        ("2027-03-23T16:30", "2027-03-23T18:00", "Tue 23 March 2027, 4:30–6 pm"),
        ("2026-03-17T16:30", "2026-03-17T18:00", "Tue 17 March, 4:30–6 pm"),
        ("2025-12-16T16:30", "2025-12-16T18:00", "Tue 16 December 2025, 4:30–6 pm"),
        ("2026-06-30T23:30", "2026-07-01T00:30", "Wed 1 July, 12:30–1:30 am"),
        ("2026-03-27T22:00", "2026-03-28T08:00", "Fri 27 March, 10 pm to Sat 28 March, 8 am"),
    ],
)
def test_when_words_say_the_day_as_near_as_it_is_in_london(starts: str, ends: str, expected: str) -> None:
    assert when_words(moment(starts), moment(ends), TODAY) == expected


def test_lasting_words_are_as_true_on_another_day() -> None:
    said = lasting_when_words(moment("2026-03-24 16:30"), moment("2026-03-24 18:00"))
    assert said == "Tuesday 24 March 2026, 4:30–6 pm"
    said = lasting_when_words(moment("2026-03-24 20:00"), moment("2026-03-25 08:00"))
    assert said == "Tuesday 24 March 2026, 8 pm to Wednesday 25 March 2026, 8 am"


def test_year_is_left_out_of_a_day_that_comes_within_half_a_year() -> None:
    today = date(2026, 11, 28)
    assert day_words(date(2027, 1, 9), today) == "Sat 9 January"
    assert day_words(date(2027, 5, 30), today) == "Sun 30 May"
    assert day_words(date(2027, 5, 31), today) == "Mon 31 May 2027"


@pytest.mark.parametrize(
    ("start", "end", "long", "short"),
    [
        (time(16, 30), time(18), "4:30 to 6 pm", "4:30–6 pm"),
        (time(10), time(11, 30), "10 to 11:30 am", "10–11:30 am"),
        (time(11), time(13), "11 am to 1 pm", "11 am–1 pm"),
        (time(10), time(12), "10 am to noon", "10 am–noon"),
        (time(12), time(14), "noon to 2 pm", "noon–2 pm"),
        (time(12, 5), time(13), "12:05 to 1 pm", "12:05–1 pm"),
        (time(0), time(1), "midnight to 1 am", "midnight–1 am"),
        (time(0, 30), time(9, 5), "12:30 to 9:05 am", "12:30–9:05 am"),
    ],
)
def test_time_ranges(start: time, end: time, long: str, short: str) -> None:
    assert (time_range(start, end), short_time_range(start, end)) == (long, short)


@pytest.mark.parametrize(
    ("days", "after", "said"),
    [
        (["2026-03-09"], "2026-03-02", "9 March"),
        (["2026-03-09", "2026-03-16"], "2026-03-02", "9 and 16 March"),
        (["2026-03-30", "2026-04-06"], "2026-03-23", "30 March and 6 April"),
        (["2026-12-29", "2027-01-05"], "2026-12-22", "29 December and 5 January"),
        (["2027-01-05", "2027-08-02", "2027-08-09"], "2026-06-22", "5 January 2027 and 2 and 9 August"),
        (["2027-01-12", "2027-01-19"], "2027-01-05", "12 and 19 January"),
    ],
)
def test_later_dates_say_a_month_once_and_a_year_that_is_new(days: list[str], after: str, said: str) -> None:
    assert later_dates_words([date.fromisoformat(day) for day in days], date.fromisoformat(after)) == said


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (time(12), "noon"),
        (time(0), "midnight"),
        (time(16, 30), "4:30 pm"),
        (time(9), "9 am"),
        (time(12, 1), "12:01 pm"),
    ],
)
def test_time_words(clock: time, expected: str) -> None:
    assert time_words(clock) == expected


def test_lists_end_with_and() -> None:
    assert [joined(["a", "b", "c"][:length]) for length in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_many_dates_are_cut_short_with_their_number() -> None:
    some = sorted(days("2026-03-03", "2026-03-10", "2026-03-17", "2027-01-05"))
    assert dates_words(some, TODAY) == "3 March, 10 March, 17 March and 5 January 2027"
    assert dates_words(some, TODAY, most=3) == "3 March, 10 March, 17 March and 1 more date"
    assert dates_words(some, TODAY, most=2) == "3 March, 10 March and 2 more dates"


def test_a_full_date_says_weekday_and_year() -> None:
    assert full_date_words(date(2026, 3, 7)) == "Saturday 7 March 2026"


def test_first_dates_of_a_preview() -> None:
    found = meetings(make_rule(), SCHOOL_YEAR, date(2026, 3, 18), date(2026, 5, 1))
    assert first_dates(found, TODAY, most=2) == ["Tuesday, 4:30–6 pm", "Tue 31 March, 4:30–6 pm"]


def test_names_of_days_are_kept_apart_by_language() -> None:
    assert weekday_words(0) == "Monday"
    with translation.override("pl"):
        assert weekday_words(0) == "Poniedziałek"
    assert weekday_words(0) == "Monday"
