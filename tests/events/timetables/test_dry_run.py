"""What would be made of a timetable: types and venues by name, doubles, what is wrong."""

import datetime

import pytest
from django.utils import timezone

from events.actions import timetables
from events.models import ActivityType
from events.timetables import dry_run
from events.timetables.dry_run import Fate
from events.timetables.types import Types
from tests.factories.activities import make_draft, make_rule
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.timetables import boxing_grid, make_club, make_timetable

pytestmark = pytest.mark.django_db


def look(timetable):
    timetable.refresh_from_db()
    return dry_run.look(timetable, timezone.localdate())


def lines(text, **fields):
    return look(make_timetable(text, **fields)).lines


def problems(line):
    return [words for _, words in line.problems]


def test_boxing_grid_is_right_without_an_edit():
    run = look(make_timetable(boxing_grid()))
    assert [line.fate for line in run.lines] == [Fate.MADE] * 14
    assert {line.type.slug for line in run.lines} == {"boxing"}
    assert {line.venue.name for line in run.lines} == {"The Old Mill Gym"}
    assert run.lines[0].schedule == "Every Monday in term time, 4 to 4:45 pm"
    assert (run.lines[0].ages, run.lines[3].price, run.lines[7].audience) == ("Ages 5–7", "£3", "For girls")
    assert run.lines[3].summary == "Boxing, ages 8–12."


def test_type_is_found_by_its_name_by_words_and_with_a_slip_of_the_finger():
    make_club()
    types = Types.read()
    names = ["Boxing", "boxxing", "basketbal", "Martial arts", "karate", "Wheelchair basketball", "quidditch"]
    found = [types.called(name) for name in names]
    assert [type and type.slug for type in found] == [
        "boxing",
        "boxing",
        "basketball",
        "martial-arts",
        "martial-arts",
        "basketball",
        None,
    ]


def test_type_of_a_line_comes_before_the_common_one():
    club = make_club("The Lantern")
    timetable = make_timetable(
        "Class,Type,Day,Time\nMinis,,Mon,4-5\nYoga,,Mon,5-6\nSeniors,Chess,Mon,6-7\nTots,Flying,Mon,4-5\n",
        club=club,
        type=ActivityType.objects.get(slug="boxing"),
    )
    run = look(timetable)
    assert [line.type and line.type.slug for line in run.lines] == ["boxing", "yoga", "chess", None]
    assert problems(run.lines[3]) == ["We do not know the type “Flying”. Choose one from the list."]


def test_without_a_type_or_a_venue_it_says_what_to_do():
    make_club()
    club = make_organisation("The Lantern")
    (line,) = lines("Class,Day,Time\nMinis,Mon,4-5\n", club=club)
    assert problems(line) == ["Choose what type of activity it is.", "Choose where it is."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Central Library", "Central Library"),
        ("central libary", "Central Library"),
        ("Central Library, Northgate, HX1 1UN", "Central Library"),
        ("HX1 1UN", "Central Library"),
        ("hx11un", "Central Library"),
        ("Old Mill Gym", "The Old Mill Gym"),
    ],
)
def test_venue_is_found_by_name_or_postcode(text, found):
    club = make_club()
    make_venue(None, name="Central Library", postcode="HX1 1UN")
    (line,) = lines(f"Class;Day;Time;Venue\nBoxing;Mon;4-5;{text}\n", club=club)
    assert (line.venue and line.venue.name, problems(line)) == (found, [])


def test_venue_of_another_club_is_as_good_as_unknown():
    make_venue(make_organisation(), name="Secret Gym")
    (line,) = lines("Class,Day,Time,Venue\nBoxing,Mon,4-5,Secret Gym\n")
    assert problems(line) == ["We do not know the venue “Secret Gym”. Choose one of yours, or add it first."]


def test_postcode_of_two_venues_is_said():
    club = make_club()
    make_venue(None, name="Next door", postcode="HX1 5ER")
    (line,) = lines("Class,Day,Time,Postcode\nBoxing,Mon,4-5,HX1 5ER\n", club=club)
    assert problems(line) == ["“HX1 5ER” fits more than one venue. Choose the right one."]


def test_doubles_within_and_with_what_is_there_are_left_out_and_said():
    club = make_club()
    rule = make_rule(first_date=datetime.date(2027, 1, 12), weekdays=[1])
    make_draft("Junior  boxing", host=club, rules=[rule])
    run = look(
        make_timetable(
            "Class,Day,Time\nJunior boxing,Tuesday,4.30-6\nMinis,Mon,4-5\nMinis,Mon,4-5\nMinis,Mon,5-6\n",
            club=club,
        )
    )
    assert [(line.fate, line.double) for line in run.lines] == [
        (Fate.DOUBLE, "You have this already: same name, day and time."),
        (Fate.MADE, ""),
        (Fate.DOUBLE, "The same stands in line 3."),
        (Fate.MADE, ""),
    ]


def test_schedule_that_cannot_be_is_said_beside_the_line():
    found = lines(
        "Class,Day,First date,Time,Last date\nBoxing,,03/11/2026,4-5,\nChess,Sat,05/12/2026,4-5,04/12/2026\n"
    )
    assert [problems(line) for line in found] == [
        ["Its dates are over. Give a first date to come."],
        ["The last date cannot be before the first date, Saturday 5 December 2026."],
    ]


def test_more_dates_belong_to_the_line_above():
    text = (
        "Name,Day,Time,More dates of the line above\nBoxing,Mon,4-5,\nBoxing,Sat,10-11,yes\nYoga,Tue,5-6,\n"
    )
    run = look(make_timetable(text))
    assert [(line.title, line.part_of) for line in run.lines] == [
        ("Boxing", None),
        ("Boxing", 0),
        ("Yoga", None),
    ]
    assert [[part.number for part in run.parts_of(line)] for line in run.made] == [[0, 1], [2]]


def test_what_is_shown_changes_with_what_would_be_made():
    timetable = make_timetable("Class,Day,Time\nBoxing,Mon,4-5\nChess,Tue,5-6\n")
    before = look(timetable).shown
    assert look(timetable).shown == before
    timetables.leave_out(timetable=timetable, version=0, line=1, by=timetable.by)
    assert look(timetable).shown != before
