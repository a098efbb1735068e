import datetime

import pytest

from places.calendar import SchoolYear
from schools import school_days

TERMS = (
    (datetime.date(2026, 9, 1), datetime.date(2026, 10, 23)),
    (datetime.date(2026, 11, 2), datetime.date(2026, 12, 18)),
)
CALENDAR = SchoolYear(TERMS, frozenset({datetime.date(2026, 11, 3)}))


@pytest.mark.parametrize(
    ("after", "until", "number"),
    [
        ((2026, 9, 7), (2026, 9, 7), 0),
        ((2026, 9, 4), (2026, 9, 7), 1),  # a weekend
        ((2026, 10, 23), (2026, 11, 2), 1),  # the half term
        ((2026, 11, 2), (2026, 11, 4), 1),  # a bank holiday
        ((2026, 12, 18), (2026, 12, 25), 5),  # after the last known term every weekday counts
        ((2026, 9, 8), (2026, 9, 7), 0),
    ],
)
def test_school_days_are_weekdays_of_a_term(after, until, number):
    days = school_days.between(CALENDAR, datetime.date(*after), datetime.date(*until))
    assert days == number


def test_without_any_known_term_weekdays_count():
    days = school_days.between(school_days.UNKNOWN, datetime.date(2026, 8, 3), datetime.date(2026, 8, 10))
    assert days == 5


@pytest.mark.parametrize(
    ("after", "number", "last"),
    [
        ((2026, 9, 7), 5, (2026, 9, 13)),  # the fifth is a Monday
        ((2026, 10, 23), 1, (2026, 11, 1)),  # the half term
        ((2026, 10, 23), 2, (2026, 11, 3)),  # a bank holiday
        ((2026, 9, 7), 0, (2026, 9, 6)),
    ],
)
def test_the_last_day_is_the_one_before_the_days_have_passed(after, number, last):
    day = school_days.last_of(CALENDAR, datetime.date(*after), number)
    assert day == datetime.date(*last)
    following = day + datetime.timedelta(days=1)
    assert school_days.between(CALENDAR, datetime.date(*after), following) == number
