"""Calendars: rules that are ours, dates that are not, and what is said about them."""

import datetime

import pytest

from events.importing import opening
from events.importing.table import Unreadable
from events.recurrence import Repeat
from tests.events.importing.examples import FOLDER, TODAY, codes, example, read


def days(*texts):
    return frozenset(datetime.date.fromisoformat(text) for text in texts)


def calendar(*lines, uid="1"):
    event = ["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Club", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", ""])


def weekly(rule, *lines):
    return read(
        calendar(
            "DTSTART;TZID=Europe/London:20261124T163000",
            "DTEND;TZID=Europe/London:20261124T180000",
            rule,
            *lines,
        )
    )


def test_weekly_event_becomes_a_schedule_with_its_exceptions():
    club, moved = example("weekly_with_exceptions.ics")
    rule = club.rule
    assert (rule.repeat, rule.days, rule.first_date, rule.until) == (
        Repeat.WEEKLY,
        (1,),
        datetime.date(2026, 11, 3),
        datetime.date(2027, 3, 30),
    )
    assert (rule.start, rule.end) == (datetime.time(16, 30), datetime.time(18))
    assert rule.left_out == days("2026-12-08", "2026-12-22", "2026-12-29", "2027-01-05", "2027-01-12")
    assert rule.added == days("2027-01-06")
    assert (club.title, club.venue, club.about) == (
        "Junior boxing",
        "Central Library, HX1 1UJ",
        "Learn to box.\nBring a drink.",
    )
    assert (moved.more, moved.rule.first_date, moved.rule.start) == (
        True,
        datetime.date(2026, 12, 8),
        datetime.time(17),
    )


def test_awkward_events_are_read_or_said():
    found = {each.title: each for each in example("awkward_events.ics") if not each.more}
    assert {title: codes(each) for title, each in found.items()} == {
        "Open day": ["time_missing", "all_day"],
        "Floating": [],
        "Unknown zone": ["zone_unknown"],
        "Weekly in UTC over the clock change": ["rule_as_dates"],
        "Every May Day": ["rule_as_dates"],
        "Every hour": ["rule_unknown"],
        "Over midnight": ["time_missing", "over_midnight"],
        "From New York": [],
        "Last Friday ten times": [],
    }
    assert found["Floating"].rule.start == datetime.time(10)
    assert found["From New York"].rule.start == datetime.time(14, 30)
    assert found["Open day"].texts["first"] == "05/12/2026"
    assert found["Every May Day"].rule.first_date == datetime.date(2027, 5, 1)
    assert found["Every May Day"].rule.added == days("2028-05-01")
    last_friday = found["Last Friday ten times"].rule
    assert (last_friday.repeat, last_friday.until) == (
        Repeat.MONTHLY_LAST_WEEKDAY,
        datetime.date(2027, 8, 27),
    )


def test_event_in_universal_time_moves_with_the_clock():
    winter, summer = [
        each for each in example("awkward_events.ics") if each.title.startswith("Weekly in UTC")
    ]
    assert (winter.rule.start, summer.rule.start) == (datetime.time(16, 30), datetime.time(17, 30))
    assert summer.more


def test_what_is_over_or_cancelled_is_counted():
    table = opening.opened((FOLDER / "awkward_events.ics").read_bytes(), today=TODAY)
    assert [(each.code, each.params) for each in table.remarks[-1]] == [
        ("over_left_out", {"count": 1}),
        ("cancelled_left_out", {"count": 1}),
    ]


@pytest.mark.parametrize(
    ("rule", "repeat", "interval", "weekdays"),
    [
        ("RRULE:FREQ=WEEKLY", "weekly", 1, (1,)),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "weekly", 2, (1, 3)),
        ("RRULE:FREQ=DAILY", "daily", 1, ()),
        ("RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "weekly", 1, (0, 1, 2, 3, 4)),
        ("RRULE:FREQ=MONTHLY", "monthly_date", 1, ()),
        ("RRULE:FREQ=MONTHLY;BYDAY=4TU", "monthly_weekday", 1, ()),
        ("RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=4", "monthly_weekday", 1, ()),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1TU", "monthly_last_weekday", 1, ()),
    ],
)
def test_rules_that_we_have_become_schedules(rule, repeat, interval, weekdays):
    if "-1TU" in rule:
        (found,) = read(
            calendar("DTSTART:20261124T163000", "DTEND:20261124T180000", rule.replace("BYDAY", "BYDAY"))
        )
    else:
        (found,) = weekly(rule)
    assert (found.rule.repeat, found.rule.interval) == (repeat, interval)
    assert (found.rule.days if weekdays else ()) == weekdays
    assert codes(found) == []


def test_count_is_of_dates_before_they_are_left_out():
    (found,) = weekly("RRULE:FREQ=WEEKLY;COUNT=5", "EXDATE;TZID=Europe/London:20261201T163000")
    assert (found.rule.until, found.rule.left_out) == (datetime.date(2026, 12, 22), days("2026-12-01"))


def test_calendar_of_the_past_is_said():
    with pytest.raises(Unreadable) as error:
        read(calendar("DTSTART:20200101T100000", "DTEND:20200101T110000"))
    assert error.value.code == "calendar_over"


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        calendar("DTSTART:nonsense"),
    ],
)
def test_broken_calendars_raise_nothing_but_our_error(text):
    with pytest.raises(Unreadable) as error:
        read(text)
    assert error.value.code in {"calendar_empty", "calendar_broken"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=XX"], ["rule_unknown"]),
        (["DURATION:-PT5H"], ["time_missing", "over_midnight"]),
        ([], ["time_missing", "event_without_end"]),
    ],
)
def test_events_with_a_fault_are_shown_and_said(lines, said):
    (found,) = read(calendar("DTSTART:20261124T163000", *lines))
    assert codes(found) == said


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=DAILY;INTERVAL=100000",
        "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=1,2,-1",
        "RRULE:FREQ=DAILY;BYHOUR=1,2,3",
    ],
)
def test_rules_that_never_come_or_never_end_take_no_time(rule):
    assert len(weekly(rule)) >= 1


def test_too_many_events_are_refused_before_they_are_read():
    text = "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 3_001 + "END:VCALENDAR\r\n"
    with pytest.raises(Unreadable) as error:
        read(text)
    assert error.value.code == "too_many_events"
