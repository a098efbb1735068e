"""Days and times as people say them."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from events.query import Query, from_local_minute, local_minute, meets, span

LONDON = ZoneInfo("Europe/London")


def day(number):
    return datetime.date(2027, 3, number)


@pytest.mark.parametrize(
    ("when", "today", "days"),
    [
        ("today", 3, (3, 3)),
        ("tomorrow", 3, (4, 4)),
        ("week", 3, (3, 9)),
        ("month", 1, (1, 31)),
        ("weekend", 3, (6, 7)),  # a Wednesday
        ("weekend", 6, (6, 7)),  # Saturday
        ("weekend", 7, (7, 7)),  # Sunday: what is left
        ("weekend", 8, (13, 14)),
        ("", 3, (None, None)),
    ],
)
def test_when_means_these_days(when, today, days):
    expected = tuple(day(number) if number else None for number in days)
    assert span(Query(when=when), day(today)) == expected


def test_given_days_are_taken_as_they_are():
    assert span(Query(first_day=day(1), last_day=None), day(20)) == (day(1), None)


@pytest.mark.parametrize(
    ("start", "days", "times", "answer"),
    [
        ((2027, 3, 2, 16, 30), ["tue"], ["afterschool"], True),
        ((2027, 3, 2, 16, 30), ["wed"], [], False),
        ((2027, 3, 2, 16, 30), [], [], True),
        ((2027, 3, 6, 16, 30), [], ["afterschool"], False),  # a Saturday is not after school
        ((2027, 3, 6, 16, 30), ["sat", "sun"], [], True),
        ((2027, 3, 2, 11, 59), [], ["morning"], True),
        ((2027, 3, 2, 12, 0), [], ["morning"], False),
        ((2027, 3, 2, 18, 0), [], ["evening"], True),
        ((2027, 3, 2, 17, 59), [], ["evening", "morning"], False),
    ],
)
def test_meeting_is_on_a_day_at_a_time(start, days, times, answer):
    assert meets(datetime.datetime(*start, tzinfo=LONDON), days=days, times=times) is answer


@pytest.mark.parametrize("moment", [(2027, 3, 28, 12, 0), (2027, 1, 1, 0, 0), (2027, 7, 1, 23, 59)])
def test_local_minutes_are_londons_clock(moment):
    given = datetime.datetime(*moment, tzinfo=LONDON)
    assert from_local_minute(local_minute(given)) == given


def test_half_past_four_stays_half_past_four_when_clocks_change():
    before = datetime.datetime(2027, 3, 27, 16, 30, tzinfo=LONDON)
    after = datetime.datetime(2027, 3, 28, 16, 30, tzinfo=LONDON)
    assert local_minute(after) - local_minute(before) == 24 * 60
