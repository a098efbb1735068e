from datetime import date, time

import pytest

from events.recurrence import Problem, Repeat, SchoolYear, Season, notes, problems
from tests.factories.schedules import SCHOOL_YEAR, days, make_rule

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"end": time(16, 30)}, [("end", "end_not_after_start")]),
        ({"end": time(9)}, [("end", "end_not_after_start")]),
        ({"interval": 0}, [("interval", "interval_out_of_range")]),
        ({"interval": 53}, [("interval", "interval_out_of_range")]),
        ({"until": date(2026, 1, 5)}, [("until", "until_before_first_date")]),
        ({"until": date(2026, 3, 1), "times": 3}, [("times", "until_and_times")]),
        ({"times": 0}, [("times", "times_out_of_range")]),
        ({"times": 601}, [("times", "times_out_of_range")]),
        ({"weekdays": frozenset({7})}, [("weekdays", "weekday_unknown")]),
        ({"first_date": date(206, 1, 6)}, [("first_date", "year_unlikely")]),
        ({"until": date(3026, 1, 6)}, [("until", "year_unlikely")]),
        ({"added": days("0026-04-01")}, [("added", "year_unlikely")]),
        (
            {"added": days("2026-02-03"), "left_out": days("2026-02-03")},
            [("added", "added_and_left_out")],
        ),
        ({"until": date(2026, 1, 6), "left_out": days("2026-01-06")}, [("first_date", "no_dates")]),
        (
            {"until": date(2026, 2, 20), "first_date": date(2026, 2, 14), "season": Season.TERM},
            [("first_date", "no_dates_in_season")],
        ),
        (
            {"repeat": Repeat.ONCE, "first_date": date(2026, 5, 4), "season": Season.TERM},
            [("first_date", "no_dates_in_season")],
        ),
        (
            {"interval": 0, "times": 0},
            [("interval", "interval_out_of_range"), ("times", "times_out_of_range")],
        ),
        ({}, []),
        ({"repeat": Repeat.DAILY}, []),
        ({"first_date": date(2026, 9, 1), "season": Season.TERM}, []),
    ],
)
def test_problems_name_the_field_and_the_code(
    changes: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    found = problems(make_rule(**changes), SCHOOL_YEAR)
    assert [(problem.field, problem.code) for problem in found] == expected


def test_a_time_that_the_spring_change_removes_is_refused_with_its_date() -> None:
    rule = make_rule(repeat=Repeat.DAILY, start=time(1), end=time(1, 45))
    lost = date(2026, 3, 29)
    assert problems(rule, SCHOOL_YEAR) == [
        Problem("start", "nonexistent_time", {"date": lost, "time": time(1)}),
        Problem("end", "nonexistent_time", {"date": lost, "time": time(1, 45)}),
    ]
    assert problems(make_rule(repeat=Repeat.DAILY, start=time(0, 59), end=time(2)), SCHOOL_YEAR) == []


def test_a_rule_that_leaves_that_date_out_or_ends_before_it_is_accepted() -> None:
    rule = make_rule(repeat=Repeat.DAILY, start=time(1, 30), end=time(3), until=date(2026, 4, 1))
    assert problems(rule, SCHOOL_YEAR) != []
    left_out = make_rule(
        repeat=Repeat.DAILY,
        start=time(1, 30),
        end=time(3),
        until=date(2026, 4, 1),
        left_out=days("2026-03-29"),
    )
    assert problems(left_out, SCHOOL_YEAR) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"first_date": date(2026, 1, 31), "repeat": Repeat.MONTHLY_DATE}, ["monthly_date_skips"]),
        ({"first_date": date(2026, 1, 31), "repeat": Repeat.MONTHLY_WEEKDAY}, ["monthly_weekday_skips"]),
        ({"first_date": date(2026, 1, 28), "repeat": Repeat.MONTHLY_WEEKDAY}, []),
        ({"season": Season.TERM}, ["terms_known_until"]),
        ({"season": Season.TERM, "until": date(2026, 7, 21)}, []),
        ({"season": Season.TERM, "times": 10}, []),
        ({"season": Season.TERM, "times": 100}, ["terms_known_until"]),
        ({"left_out": days("2026-02-03")}, []),
        ({"left_out": days("2026-02-03", "2026-02-04")}, ["left_out_not_given"]),
        ({"left_out": days("2026-01-27"), "times": 3}, []),
    ],
)
def test_notes_say_what_may_surprise(changes: dict[str, object], expected: list[str]) -> None:
    assert [note.code for note in notes(make_rule(**changes), SCHOOL_YEAR, TODAY)] == expected


def test_notes_say_that_no_terms_are_known() -> None:
    rule = make_rule(season=Season.TERM)
    assert notes(rule, SchoolYear(), TODAY) == [Problem("season", "terms_unknown")]
    assert problems(rule, SchoolYear()) == []
