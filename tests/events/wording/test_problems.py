import re
from datetime import date, time
from pathlib import Path

import pytest

from events.recurrence import Problem, Repeat, Season, checks, notes, problems
from events.wording import problem_words
from events.wording.problems import WORDS
from tests.factories.schedules import SCHOOL_YEAR, days, make_rule


def test_every_code_has_words() -> None:
    source = Path(checks.__file__).read_text()
    codes = set(re.findall(r'Problem\([^,]+, "(\w+)"', source)) | {
        "monthly_date_skips",
        "monthly_weekday_skips",
    }
    assert codes == set(WORDS)


def test_a_time_that_does_not_exist_is_refused_in_words() -> None:
    rule = make_rule(repeat=Repeat.DAILY, start=time(1, 15), end=time(3))
    assert [problem_words(problem) for problem in problems(rule, SCHOOL_YEAR)] == [
        "On Sunday 29 March 2026 the clocks go forward and there is no 1:15 am. "
        "Choose another time, or leave that date out."
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"end": time(9)}, "The end must be after the start, on the same day."),
        ({"interval": 0}, "Choose a number from 1 to 52."),
        ({"times": 0}, "Choose a number of times from 1 to 600."),
        (
            {"until": date(2026, 1, 5)},
            "The last date cannot be before the first date, Tuesday 6 January 2026.",
        ),
        ({"until": date(2026, 3, 1), "times": 3}, "Give a last date or a number of times, not both."),
        ({"first_date": date(206, 1, 6)}, "Check the year: 206."),
        (
            {"added": days("2026-02-03"), "left_out": days("2026-02-03")},
            "The same date cannot be added and left out: Tuesday 3 February 2026.",
        ),
    ],
)
def test_problems_in_words(changes: dict[str, object], expected: str) -> None:
    assert [problem_words(each) for each in problems(make_rule(**changes), SCHOOL_YEAR)] == [expected]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"first_date": date(2026, 1, 31), "repeat": Repeat.MONTHLY_DATE},
            "Months without a 31st are skipped.",
        ),
        (
            {"first_date": date(2026, 1, 31), "repeat": Repeat.MONTHLY_WEEKDAY},
            "Months without a fifth Saturday are skipped.",
        ),
        (
            {"season": Season.TERM},
            "Term dates are known until Tuesday 21 July 2026. "
            "Later dates come when the next terms are known.",
        ),
    ],
)
def test_notes_in_words(changes: dict[str, object], expected: str) -> None:
    assert [problem_words(each) for each in notes(make_rule(**changes), SCHOOL_YEAR, date(2026, 1, 1))] == [
        expected
    ]


def test_a_problem_without_parameters_has_words() -> None:
    assert problem_words(Problem("weekdays", "weekday_unknown")) == "Choose days from Monday to Sunday."
