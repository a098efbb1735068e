from datetime import date, time

import pytest

from events.recurrence import Repeat, Season
from events.wording import describe, usual_markup
from tests.factories.schedules import SCHOOL_YEAR, days, make_rule

TODAY = date(2026, 1, 1)
SATURDAY = date(2026, 3, 7)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"until": date(2026, 3, 24), "season": Season.TERM},
            "Every Tuesday in term time, 4:30 to 6 pm, until 24 March: 11 dates",
        ),
        ({"until": date(2026, 1, 6)}, "Every Tuesday, 4:30 to 6 pm, until 6 January: 1 date"),
        ({}, "Every Tuesday, 4:30 to 6 pm"),
        ({"weekdays": frozenset({3, 0})}, "Every Monday and Thursday, 4:30 to 6 pm"),
        ({"weekdays": frozenset(range(5))}, "Every day from Monday to Friday, 4:30 to 6 pm"),
        ({"weekdays": frozenset(range(7))}, "Every day, 4:30 to 6 pm"),
        ({"weekdays": frozenset({5}), "interval": 2}, "Every 2 weeks on Saturday, 4:30 to 6 pm"),
        (
            {"repeat": Repeat.ONCE, "first_date": SATURDAY, "start": time(10), "end": time(11, 30)},
            "Once, on Saturday 7 March 2026, 10 to 11:30 am",
        ),
        (
            {"repeat": Repeat.ONCE, "first_date": SATURDAY, "added": days("2026-03-14")},
            "Once, on Saturday 7 March 2026, 4:30 to 6 pm; also on 14 March: 2 dates",
        ),
        ({"repeat": Repeat.DAILY, "season": Season.HOLIDAYS}, "Every day in the holidays, 4:30 to 6 pm"),
        ({"repeat": Repeat.DAILY, "interval": 3}, "Every 3 days, 4:30 to 6 pm"),
        (
            {"repeat": Repeat.MONTHLY_WEEKDAY, "first_date": date(2026, 1, 13)},
            "On the second Tuesday of every month, 4:30 to 6 pm",
        ),
        ({"repeat": Repeat.MONTHLY_LAST_WEEKDAY}, "On the last Tuesday of every month, 4:30 to 6 pm"),
        (
            {"repeat": Repeat.MONTHLY_DATE, "first_date": date(2026, 1, 3)},
            "On the 3rd of every month, 4:30 to 6 pm",
        ),
        (
            {"repeat": Repeat.MONTHLY_DATE, "first_date": date(2026, 1, 22), "interval": 2},
            "Every 2 months on the 22nd, 4:30 to 6 pm",
        ),
        (
            {"times": 10, "season": Season.TERM},
            "Every Tuesday in term time, 4:30 to 6 pm, 10 times, the last on 17 March",
        ),
        (
            {"times": 10, "added": days("2026-04-01")},
            "Every Tuesday, 4:30 to 6 pm, 10 times, the last on 10 March; also on 1 April: 11 dates",
        ),
        (
            {"times": 30, "season": Season.TERM},
            "Every Tuesday in term time, 4:30 to 6 pm, 30 times: 25 dates",
        ),
        (
            {"until": date(2027, 1, 12), "left_out": days("2026-02-17"), "added": days("2026-04-01")},
            "Every Tuesday, 4:30 to 6 pm, until 12 January 2027"
            "; not on 17 February; also on 1 April: 54 dates",
        ),
    ],
)
def test_describe(changes: dict[str, object], expected: str) -> None:
    assert describe(make_rule(**changes), SCHOOL_YEAR, today=TODAY) == expected


def test_times_of_a_schedule_stand_together() -> None:
    assert usual_markup(make_rule()) == 'Every Tuesday, <span class="times">4:30 to 6 pm</span>'
