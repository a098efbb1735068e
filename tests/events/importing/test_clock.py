"""Times as people write them."""

import datetime

import pytest

from events.importing import clock

SATURDAY = frozenset({5})


def said(times):
    return tuple(f"{each:%H:%M}" if each else None for each in (times.start, times.end))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("4.30-6", "16:30", "18:00"),
        ("7-8pm", "19:00", "20:00"),
        ("18:00–19:30", "18:00", "19:30"),
        ("17.00-18.00", "17:00", "18:00"),
        ("1630-1800", "16:30", "18:00"),
        ("noon - 2", "12:00", "14:00"),
        ("half past 4 to 6", "16:30", "18:00"),
        ("quarter to 5 till 6", "16:45", "18:00"),
        ("11-1pm", "11:00", "13:00"),
        ("9-3", "09:00", "15:00"),
        ("8.30-3.30", "08:30", "15:30"),
        ("8-9", "20:00", "21:00"),
        ("4:30 PM - 6:00 PM", "16:30", "18:00"),
        ("from 5 to 6.30 p.m.", "17:00", "18:30"),
        ("6am-7am", "06:00", "07:00"),
        ("06:00-07:30", "06:00", "07:30"),
        ("04:30-06:00", "16:30", "18:00"),
        ("12-1", "12:00", "13:00"),
        ("4.3-6", "16:30", "18:00"),
        ("4pm (45 mins)", "16:00", "16:45"),
        ("5pm for 1.5 hours", "17:00", "18:30"),
        ("7 o'clock", "19:00", None),
    ],
)
def test_times_after_school_are_understood(text, start, end):
    assert said(clock.read(text)) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("10-12", "10:00", "12:00"), ("8-9", "08:00", "09:00"), ("2-4", "14:00", "16:00")],
)
def test_times_of_a_saturday_are_understood(text, start, end):
    assert said(clock.read(text, SATURDAY)) == (start, end)


def test_spreadsheets_turn_times_into_dates_and_parts_of_days():
    assert said(clock.read("2026-05-04")) == ("16:00", "17:00")  # "4-5" was taken for the 4th of May
    assert said(clock.read("0.6875")) == ("16:30", None)


def test_start_and_end_of_two_cells_are_read_together():
    assert said(clock.together("4.00", "4.45")) == ("16:00", "16:45")
    assert said(clock.together("10", "noon")) == ("10:00", "12:00")
    assert clock.together("ten", "noon").remark.params == {"text": "ten"}


@pytest.mark.parametrize("text", ["soon", "25:00-26:00", "1h", "£3-4", "8-12 years"])
def test_what_is_no_time_is_said(text):
    times = clock.read(text)
    assert (times.start, times.remark.code) == (None, "time_unclear")


def test_end_before_start_is_said():
    assert clock.read("18:00-17:00").remark.code == "end_before_start"


def test_nothing_is_no_time():
    assert clock.read("") == clock.Times()


def test_midnight_as_an_end_is_before_the_start():
    assert clock.read("10pm-midnight").remark.code == "end_before_start"


def test_lengths_are_minutes():
    assert [
        clock.lasting(text) for text in ("1 hr", "45 mins", "1.5 hours", "1 hour 15 minutes", "long")
    ] == [
        60,
        45,
        90,
        75,
        0,
    ]


def test_times_are_of_the_day():
    assert clock.read("4-5").start == datetime.time(16)
