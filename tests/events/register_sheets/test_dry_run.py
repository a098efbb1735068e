"""What a sheet would fill in, and what is wrong with each line."""

import datetime

import pytest
from django.utils import timezone

from accounts.models import User
from diversity.categories import EDITION, LISTS
from events.importing import template as files
from events.models import Activity, Occurrence, Register, Source
from events.register_sheets import dry_run, template
from events.register_sheets.dry_run import Fate
from events.wording.register_sheets import COLUMNS, figure_columns, figures_by_column
from organisations.models import Role
from tests.events.importing.examples import FOLDER
from tests.factories.activities import make_activity
from tests.factories.attendance import make_met, make_register
from tests.factories.count_days import make_count_day
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return make_activity("Street football")


@pytest.fixture
def recorder(activity: Activity) -> User:
    return make_member(activity.host, Role.RECORDER)


def met(activity: Activity, days_ago: float) -> Occurrence:
    """At 4:30 pm in London so many days ago, seen by families."""
    day = timezone.localdate() - datetime.timedelta(days=days_ago)
    row = make_met(activity, days_ago)
    starts = timezone.make_aware(datetime.datetime.combine(day, datetime.time(16, 30)))
    ends = starts + datetime.timedelta(hours=1)
    Occurrence.objects.filter(pk=row.pk).update(starts_at=starts, ends_at=ends, public_since=starts)
    return Occurrence.objects.select_related("activity__host").get(pk=row.pk)


def look(by: User, *rows: str, head: str = "Date,Time,Activity,Came,Asian,White") -> dry_run.DryRun:
    return dry_run.look("\n".join([head, *rows]).encode(), by, timezone.now())


def told(run: dry_run.DryRun) -> list[tuple[int, str, list[str]]]:
    return [(line.row, line.fate.value, list(line.said)) for line in run.lines]


def test_the_sheet_of_a_club_fills_in_its_sessions(activity: Activity, recorder: User) -> None:
    make_count_day(met(activity, 7))
    met(activity, 6)
    run = dry_run.look((FOLDER / "club_registers.csv").read_bytes(), recorder, timezone.now())
    assert told(run) == [
        (5, "counted", []),
        (6, "counted", []),
        (8, "wrong", ["“x” under “Came” is no number. Write 12, or leave it empty."]),
    ]
    assert [dict(each.figures) for each in run.brought] == [
        {"came": 23, "group:asian": 8, "group:white": 13, "group:not-stated": 2},
        {"came": 19},
    ]
    assert run.lines[0].words.startswith("Street football, ")


def test_each_line_says_what_is_wrong_with_it(activity: Activity, recorder: User) -> None:
    """Today is Monday 23 November 2026, noon."""
    for days in (3, 4, 5):
        met(activity, days)
    off = met(activity, 6)
    Occurrence.objects.filter(pk=off.pk).update(state="cancelled", reason="Snow")
    make_count_day(met(activity, 7))
    run = look(
        recorder,
        "20/11/2026,,Street football,12,,",
        "20/11/2026,,Street football,13,,",
        "20/11/2026,,Knitting,12,,",
        "20/11/2026,,,12,,",
        "12/11/2026,,Street football,12,,",
        "20/11/2026,18:00,Street football,12,,",
        "24/12/2026,,Street football,12,,",
        "17/11/2026,,Street football,12,,",
        "19/11/2026,,Street football,12,3,4",
        "16/11/2026,,Street football,12,8,9",
        "16/11/2026,,Street football,,8,",
        "soon,,Street football,12,,",
        "31/2/2026,soon,Street football,12,,",
    )
    assert told(run) == [
        (2, "counted", []),
        (3, "wrong", ["Line 2 is about the same session."]),
        (4, "wrong", ["You run no activity called “Knitting”."]),
        (5, "wrong", ["It does not say which activity."]),
        (6, "wrong", ["It did not meet then. Look at the date and the time."]),
        (7, "wrong", ["It did not meet then. Look at the date and the time."]),
        (8, "wrong", ["This day has not come yet."]),
        (9, "wrong", ["This date was called off, so there is nobody to count."]),
        (10, "wrong", ["This is not a count day, so only how many came is counted."]),
        (11, "wrong", ["“Group” adds up to 17, but 12 came."]),
        (12, "wrong", ["Line 11 is about the same session."]),
        (13, "wrong", ["“soon” is no date that we understand. Write 3 November 2026 or 03/11/2026."]),
        (
            14,
            "wrong",
            [
                "“31/2/2026” is no date that we understand. Write 3 November 2026 or 03/11/2026.",
                "“soon” is no time that we understand. Write 4:30 pm.",
            ],
        ),
    ]


def test_how_many_came_is_taken_for_a_year_and_what_people_said_for_28_days(
    activity: Activity, recorder: User
) -> None:
    make_count_day(met(activity, 20))
    make_count_day(met(activity, 40), 2)
    met(activity, 364)
    met(activity, 366)
    run = look(
        recorder,
        "3/11/2026,,Street football,12,3,4",
        "14/10/2026,,Street football,12,3,4",
        "24/11/2025,,Street football,12,,",
        "22/11/2025,,Street football,12,,",
    )
    assert told(run) == [
        (2, "counted", []),
        (3, "wrong", ["What people said can be brought for 28 days. Bring only how many came."]),
        (4, "counted", []),
        (5, "wrong", ["It is more than a year ago, and older numbers are read nowhere."]),
    ]


def test_today_counts_from_a_quarter_before_the_start(activity: Activity, recorder: User, clock) -> None:
    session = met(activity, 0)
    run = look(recorder, "23/11/2026,,Street football,12,,")
    assert told(run) == [(2, "wrong", ["The register opens 15 minutes before the start."])]
    clock(session.starts_at - datetime.timedelta(minutes=15))
    assert told(look(recorder, "23/11/2026,,Street football,12,,")) == [(2, "counted", [])]


def test_numbers_that_are_there_stay_and_are_no_mistake(activity: Activity, recorder: User) -> None:
    counted, answered, phones = met(activity, 3), met(activity, 4), met(activity, 5)
    make_register(counted, came=23)
    make_register(answered, [3])
    make_register(phones, [3], source=Source.ANSWERS)
    run = look(
        recorder,
        "20/11/2026,,Street football,12,,",
        "19/11/2026,,Street football,12,,",
        "18/11/2026,,Street football,12,,",
    )
    assert told(run) == [
        (2, "there", ["23 were counted already. That stays."]),
        (3, "there", ["Answers were typed in already. They stay."]),
        (4, "counted", []),
    ]


def test_two_meetings_on_a_day_are_told_apart_by_their_time(activity: Activity, recorder: User) -> None:
    early = met(activity, 3)
    Occurrence.objects.filter(pk=early.pk).update(number=1)
    late = met(activity, 3)
    Occurrence.objects.filter(pk=late.pk).update(
        starts_at=early.ends_at, ends_at=early.ends_at + datetime.timedelta(hours=1)
    )
    run = look(recorder, "20/11/2026,,Street football,12,,", "20/11/2026,5.30pm,Street football,12,,")
    assert told(run) == [
        (2, "wrong", ["It met more than once on that day. Say at what time it began."]),
        (3, "counted", []),
    ]
    assert run.brought[0].occurrence == late.uuid


def test_sessions_of_others_are_not_there(activity: Activity) -> None:
    met(activity, 3)
    for stranger in (make_member(make_activity("Chess").host), make_officer(activity.host.place)):
        run = look(stranger, "20/11/2026,,Street football,12,,")
        assert told(run) == [(2, "wrong", ["You run no activity called “Street football”."])]


def test_a_long_sheet_asks_as_little_as_a_short_one(
    activity: Activity, recorder: User, django_assert_num_queries
) -> None:
    rows = [
        f"{timezone.localdate(met(activity, day).starts_at):%d/%m/%Y},,Street football,9,,"
        for day in (3, 4, 5)
    ]
    for part in (rows[:1], rows):
        with django_assert_num_queries(3):
            assert len(look(recorder, *part).of(Fate.COUNTED)) == len(part)


def test_our_sheet_has_a_line_for_each_session_that_waits_and_is_read_back(
    activity: Activity, recorder: User
) -> None:
    for days in (3, 4):
        met(activity, days)
    make_register(met(activity, 5), came=7)
    make_register(met(activity, 6))
    met(activity, 400)
    rows = template.rows(recorder, timezone.now())
    assert [row[:4] for row in rows] == [
        ["Date", "Time", "Activity", "Came"],
        ["17/11/2026", "16:30", "Street football", ""],
        ["19/11/2026", "16:30", "Street football", ""],
        ["20/11/2026", "16:30", "Street football", ""],
    ]
    for row, came in zip(rows[1:], ("5", "", "0"), strict=True):
        row[3] = came
    for write in (files.as_csv, files.as_xlsx):
        run = dry_run.look(write(rows), recorder, timezone.now())
        assert told(run) == [(2, "counted", []), (4, "counted", [])]
        assert (run.without, [each.figures["came"] for each in run.brought]) == (1, [5, 0])


def test_without_a_session_that_waits_our_sheet_has_an_example(activity: Activity, recorder: User) -> None:
    head, example = template.rows(recorder, timezone.now())
    said = dict(zip(head, example, strict=True))
    assert (said["Activity"], said["Came"], said["Group: Asian"]) == (
        "Street football (an example)",
        "23",
        "8",
    )
    assert Register.objects.count() == 0


def test_every_answer_of_the_closed_lists_has_a_column() -> None:
    asked = {
        f"{question}:{code}" for question, codes in LISTS[EDITION].items() for code in (*codes, "not-stated")
    }
    assert set(figure_columns()) == asked
    assert len({*COLUMNS.values(), *figure_columns().values()}) == len(COLUMNS) + len(asked)
    assert set(figures_by_column().values()) == asked
