"""From words to rules."""

import datetime

import pytest

from mingle.demo import schedules

TODAY = datetime.date(2026, 11, 25)  # a Wednesday


def _first(**words: object) -> datetime.date:
    return schedules.rule({"at": "10:00-11:00", "since": 0, **words}, TODAY, {}).first_date


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ({"every": "once", "on": "sat", "since": 1}, datetime.date(2026, 12, 5)),
        ({"every": "week", "on": "tue thu"}, datetime.date(2026, 11, 24)),
        ({"every": "day"}, datetime.date(2026, 11, 23)),
        ({"every": "month on the date", "on": "20"}, datetime.date(2026, 12, 20)),
        ({"every": "month on the weekday", "on": "2 sat"}, datetime.date(2026, 12, 12)),
        ({"every": "month on the last weekday", "on": "fri"}, datetime.date(2026, 11, 27)),
    ],
)
def test_the_first_date_is_the_first_day_that_the_words_name(
    words: dict[str, object], first: datetime.date
) -> None:
    assert _first(**words) == first


def test_weeks_are_counted_from_this_one() -> None:
    rule = schedules.rule(
        {
            "every": "2 weeks",
            "on": "mon wed",
            "at": "16:30-18:00",
            "since": -4,
            "until": 2,
            "left_out": [1],
            "added": ["2 sat"],
        },
        TODAY,
        {},
    )
    assert (rule.repeat, rule.interval, rule.weekdays) == ("weekly", 2, [0, 2])
    assert rule.first_date == datetime.date(2026, 10, 26)
    assert rule.until == datetime.date(2026, 12, 13)
    assert rule.left_out == [datetime.date(2026, 11, 30), datetime.date(2026, 12, 2)]
    assert rule.added == [datetime.date(2026, 12, 12)]
    assert (rule.start, rule.end) == (datetime.time(16, 30), datetime.time(18))
