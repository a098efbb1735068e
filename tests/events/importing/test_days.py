"""Days and dates as people write them."""

import datetime

import pytest

from events.importing import days
from tests.events.importing.examples import TODAY


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Monday", {0}),
        ("tues", {1}),
        ("Weds & Thurs", {2, 3}),
        ("Mon-Fri", {0, 1, 2, 3, 4}),
        ("Sat to Mon", {5, 6, 0}),
        ("Mondays, Wednesdays and Fridays", {0, 2, 4}),
        ("weekends", {5, 6}),
        ("every day", {0, 1, 2, 3, 4, 5, 6}),
        ("weekdays", {0, 1, 2, 3, 4}),
    ],
)
def test_weekdays_are_understood(text, found):
    assert days.weekdays(text) == found
    assert days.is_day(text)


@pytest.mark.parametrize("text", ["Sundae", "Monica", "Mon 4-5", "Juniors", "", "12"])
def test_what_is_more_than_a_day_is_none(text):
    assert not days.is_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "03/11/2026",
        "3.11.26",
        "3-11-2026",
        "3rd November 2026",
        "Tue 3 Nov 2026",
        "Tuesday, 3 November 2026",
        "2026-11-03",
        "2026-11-03 16:30",
        "Nov 3, 2026",
        "3-Nov-26",
        "46329",
    ],
)
def test_dates_are_british(text):
    assert days.read(text, TODAY).day == datetime.date(2026, 11, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24 Nov", (2026, 11, 24)),
        ("3 Nov", (2027, 11, 3)),
        ("29 Feb", (2028, 2, 29)),
        ("5/12", (2026, 12, 5)),
    ],
)
def test_date_without_a_year_is_the_next_one(text, day):
    assert days.read(text, TODAY).day == datetime.date(*day)


@pytest.mark.parametrize("text", ["31/02/2026", "12/13/2026", "0/1/2026"])
def test_date_that_does_not_exist_is_found_to_be_none(text):
    assert days.read(text, TODAY).day is None


def test_lists_of_dates_are_read_one_by_one():
    found = list(days.all_dates("24/12/2026, 31/12/2026 and 1 Jan 2027; never", TODAY))
    assert found == [
        datetime.date(2026, 12, 24),
        datetime.date(2026, 12, 31),
        datetime.date(2027, 1, 1),
        None,
    ]
