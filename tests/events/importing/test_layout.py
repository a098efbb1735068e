"""Timetables of all kinds become one list. The files are in tests/examples."""

from decimal import Decimal

import pytest

from events.importing import layout, opening
from events.importing.layout import Layout
from events.recurrence import Season
from tests.events.importing.examples import FOLDER, TODAY, codes, example, read, short


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("boxing-grid.csv", Layout.DAYS_ACROSS),
        ("youth_club_times_down.txt", Layout.DAYS_ACROSS),
        ("dance_days_down.csv", Layout.DAYS_DOWN),
        ("list_with_other_names.csv", Layout.LIST),
        ("half_term_dates.csv", Layout.LIST),
        ("lines_of_a_letter.txt", Layout.LINES),
        ("weekly_with_exceptions.ics", Layout.LIST),
    ],
)
def test_layout_is_seen(name, expected):
    table = opening.opened((FOLDER / name).read_bytes(), today=TODAY)
    assert layout.arranged(table).layout == expected


def test_boxing_grid_is_fourteen_classes():
    found = example("boxing-grid.csv")
    three = Decimal(3)
    assert [short(each) for each in found] == [
        ("Minis", (0,), "16:00-16:45", (5, 7), None),
        ("Minis", (2,), "16:00-16:45", (5, 7), None),
        ("Minis", (5,), "09:30-10:15", (5, 7), None),
        ("Juniors", (0,), "16:30-18:00", (8, 12), three),
        ("Juniors", (2,), "16:30-18:00", (8, 12), three),
        ("Juniors", (4,), "16:30-18:00", (8, 12), three),
        ("Juniors", (5,), "10:15-11:45", (8, 12), three),
        ("Girls only", (1,), "17:00-18:00", (11, None), None),
        ("Girls only", (3,), "17:00-18:00", (11, None), None),
        ("Seniors", (0,), "18:00-19:30", (13, None), None),
        ("Seniors", (1,), "18:15-19:45", (13, None), None),
        ("Seniors", (3,), "18:00-19:30", (13, None), None),
        ("Seniors", (5,), "12:00-13:30", (13, None), None),
        ("Open sparring", (2,), "19:30-21:00", (16, None), None),
    ]
    assert [codes(each) for each in found] == [[]] * 14
    assert {each.rule.season for each in found} == {Season.TERM}
    assert found[0].where == (3, 2)
    assert found[7].audience == "girls"


def test_times_down_end_where_the_next_begins():
    found = example("youth_club_times_down.txt")
    assert [short(each) for each in found] == [
        ("Homework club", (0,), "16:00-17:00", (None, None), Decimal(0)),
        ("Homework club", (2,), "16:00-17:00", (None, None), Decimal(0)),
        ("Cooking", (0,), "17:00-18:00", (11, None), Decimal(2)),
        ("Art", (1,), "17:00-18:00", (8, 12), None),
        ("Cooking", (2,), "17:00-18:00", (11, None), Decimal(2)),
        ("Drama", (3,), "17:00-18:00", (None, None), None),
        ("Open evening", (0,), "18:00-19:30", (None, None), None),
        ("Games", (1,), "18:00-19:30", (13, 17), None),
        ("Girls night", (3,), "18:00-19:00", (None, None), None),
    ]


def test_days_down_with_several_classes_in_a_cell():
    found = example("dance_days_down.csv")
    assert [short(each)[:4] for each in found] == [
        ("Street dance", (0,), "16:30-17:30", (8, 11)),
        ("Bhangra", (2,), "18:00-19:00", (None, None)),
        ("Tinies", (5,), "09:30-10:15", (3, 4)),
        ("Street dance", (5,), "10:30-11:30", (12, None)),
        ("Ballet", (0,), "17:00-18:00", (None, None)),
        ("Ballet", (5,), "10:00-11:00", (None, None)),
    ]
    assert {each.venue for each in found} == {"Main hall", "Studio"}


def test_list_with_other_names_and_merged_days():
    found = example("list_with_other_names.csv")
    assert [short(each) for each in found] == [
        ("Tag rugby", (0,), "16:00-17:00", (7, 9), Decimal("2.5")),
        ("Tag rugby", (0,), "17:00-18:00", (9, 11), Decimal("2.5")),
        ("Wheelchair basketbal", (5,), "10:00-12:00", (None, 17), Decimal(0)),
    ]
    assert codes(found[1]) == ["day_from_above"]


def test_dates_of_one_week_are_met_once():
    found = example("half_term_dates.csv")
    assert [(each.title, f"{each.rule.first_date}", each.rule.repeat) for each in found] == [
        ("Lego morning", "2027-02-15", "once"),
        ("Film making", "2027-02-16", "once"),
        ("Football camp", "2027-02-17", "once"),
    ]


def test_lines_of_a_letter():
    assert [short(each) for each in example("lines_of_a_letter.txt")] == [
        ("Ducklings", (0,), "16:00-16:30", (4, 6), None),
        ("Otters", (0,), "16:30-17:00", (7, 9), None),
        ("Ducklings", (5,), "09:30-10:00", (4, 6), None),
        ("Family swim", (5,), "10:00-11:30", (None, None), Decimal(4)),
    ]


def test_list_without_names_is_known_by_what_stands_in_it():
    found = read("Mon,4-5,Minis,5-7\nTue,5-6,Girls football,8-12\n")
    assert [short(each)[:4] for each in found] == [
        ("Minis", (0,), "16:00-17:00", (5, 7)),
        ("Girls football", (1,), "17:00-18:00", (8, 12)),
    ]


def test_names_in_another_language_are_a_head_too():
    found = read("Was,Wann,Zeit\nMinis,Monday,4-5\nJuniors,Tuesday,5-6\n")
    assert [short(each)[:3] for each in found] == [
        ("Minis", (0,), "16:00-17:00"),
        ("Juniors", (1,), "17:00-18:00"),
    ]


def test_day_over_merged_columns_holds_for_both():
    found = read("\tMonday\t\tTuesday\n4-5\tMinis\tTinies\tGirls\n5-6\tJuniors\t\tBoys\n")
    assert [short(each)[:3] for each in found] == [
        ("Minis", (0,), "16:00-17:00"),
        ("Tinies", (0,), "16:00-17:00"),
        ("Girls", (1,), "16:00-17:00"),
        ("Juniors", (0,), "17:00-18:00"),
        ("Boys", (1,), "17:00-18:00"),
    ]


def test_time_within_the_name_is_found():
    (found,) = read("Class,Day\nBoxing 4-5,Monday\n")
    assert short(found)[:3] == ("Boxing", (0,), "16:00-17:00")


def test_what_is_missing_is_said():
    found = read("Class,Day,Time,Ages,Price\nBoxing,,4-5,,\nYoga,Monday,,old,cheap\n,Tuesday,5pm,,\n")
    assert [codes(each) for each in found] == [
        ["day_missing"],
        ["ages_unclear", "price_unclear", "time_missing"],
        ["title_missing", "end_missing"],
    ]
