"""The text of calendars: read back by two independent readers, and looked at octet by octet."""

import datetime
import re

import icalendar
import recurring_ical_events
from hypothesis import example, given
from hypothesis import strategies as st

from events.feeds.icalendar import (
    CLOSING,
    LONDON,
    Heading,
    Moment,
    Said,
    Status,
    calendar,
    event,
    folded,
    lines,
    text_line,
)
from tests.events.feeds import readers

AT = datetime.datetime(2027, 1, 12, 16, 30, tzinfo=LONDON)
CHANGED = datetime.datetime(2026, 11, 1, 9, 0, tzinfo=datetime.UTC)
HEADING = Heading(
    name="Free football for 12-year-olds within 5 miles of HX1",
    description="Changes arrive by themselves.",
    source="https://mingle.example/activities/calendar.ics?age=12",
    page="https://mingle.example/activities/?age=12",
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def moment(**fields: object) -> Moment:
    return Moment(
        **{
            "uid": "0b0cd5a0-5a5c-4c6c-8d7e-6d7cf7f3d111@mingle",
            "starts_at": AT,
            "ends_at": AT + datetime.timedelta(minutes=90),
            "sequence": 3,
            "changed_at": CHANGED,
            **fields,
        }
    )


def one(said: Said, **fields: object) -> str:
    return calendar(HEADING, event(moment(**fields), said))


def expected(text: str) -> str:
    """The text without what no calendar may hold, every kind of line end as one."""
    text = re.sub("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", "", text)


@given(summary=WORDS.filter(lambda text: expected(text)), description=WORDS, location=WORDS)
@example(summary="a\r\nBEGIN:VEVENT\rb", description="\\n;,\\\\N", location="x" * 80)
@example(summary=":;,\"'\\", description=" leading and trailing ", location="\t")
@example(summary="ü" * 100, description="😀" * 60, location="ىں" * 80)
def test_arbitrary_text_comes_back_from_both_readers(summary: str, description: str, location: str) -> None:
    body = one(Said(summary, description=description, location=location))
    [read] = readers.by_icalendar(body)
    assert (read.summary, read.description, read.location) == (
        expected(summary),
        expected(description),
        expected(location),
    )
    assert readers.by_vobject(body) == [read]


@given(WORDS)
def test_a_line_is_folded_at_75_octets_and_unfolds_to_itself(text: str) -> None:
    line = text_line("DESCRIPTION", f"a{text}")
    pieces = line.removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert folded(line.replace("\r\n ", "").removesuffix("\r\n")) == line


@given(st.text(st.sampled_from("aü€😀"), min_size=100, max_size=120))
def test_folding_splits_no_character(text: str) -> None:
    octets = text_line("SUMMARY", text).encode()
    for piece in octets.split(b"\r\n"):
        piece.decode()


def test_folding_uses_the_whole_line() -> None:
    first, second, third = folded("x" * 180).removesuffix("\r\n").split("\r\n")
    assert (len(first), len(second), len(third)) == (75, 75, 32)
    assert folded("x" * 75) == "x" * 75 + "\r\n"


@given(WORDS)
def test_every_line_ends_in_crlf_and_nothing_else_breaks_one(text: str) -> None:
    body = one(Said("Football", description=text))
    assert re.search(r"(?<!\r)\n|\r(?!\n)", body) is None
    assert body.split("\r\n")[-1] == ""


def test_nothing_stands_before_the_calendar_or_after_it() -> None:
    body = calendar(HEADING, "")
    assert body.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert body.endswith(CLOSING)
    assert body.encode()[:1] == b"B"


def test_the_calendar_says_what_it_is_and_has_no_uid() -> None:
    said = readers.properties(calendar(HEADING, ""))
    assert said == {
        "VERSION": "2.0",
        "PRODID": "-//Mingle//Calendar//EN",
        "CALSCALE": "GREGORIAN",
        "NAME": HEADING.name,
        "X-WR-CALNAME": HEADING.name,
        "DESCRIPTION": HEADING.description,
        "X-WR-CALDESC": HEADING.description,
        "X-WR-TIMEZONE": "Europe/London",
        "REFRESH-INTERVAL": said["REFRESH-INTERVAL"],
        "X-PUBLISHED-TTL": "PT6H",
        "SOURCE": HEADING.source,
        "URL": HEADING.page,
    }
    body = calendar(HEADING, "")
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in body
    assert "\r\nSOURCE;VALUE=URI:https://mingle.example/activities/calendar.ics?age=12\r\n" in body


def test_a_time_is_londons_and_the_zone_is_written_once_and_short() -> None:
    body = one(Said("Football"))
    assert "\r\nDTSTART;TZID=Europe/London:20270112T163000\r\n" in body
    assert "\r\nDTEND;TZID=Europe/London:20270112T180000\r\n" in body
    assert body.count("BEGIN:VTIMEZONE") == 1
    [zone] = re.findall("BEGIN:VTIMEZONE.*END:VTIMEZONE", body, re.DOTALL)
    assert len(zone) < 500


def test_the_zone_agrees_with_the_clocks_of_every_hour_around_the_changes() -> None:
    zone = icalendar.Calendar.from_ical(calendar(HEADING, "")).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    for day in (datetime.date(2027, 3, 28), datetime.date(2027, 10, 31), datetime.date(2027, 7, 1)):
        for hour in range(-30, 30):
            there = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(hours=hour)
            if there.hour in {1, 2}:  # readers differ about the hour that is missing or doubled
                continue
            assert there.replace(tzinfo=zone).utcoffset() == there.replace(tzinfo=LONDON).utcoffset(), there


def test_the_second_of_two_equal_local_times_is_written_in_utc() -> None:
    starts = datetime.datetime(2026, 10, 25, 0, 30, tzinfo=datetime.UTC)
    body = one(Said("Night walk"), starts_at=starts, ends_at=starts + datetime.timedelta(hours=1))
    assert "\r\nDTSTART;TZID=Europe/London:20261025T013000\r\n" in body
    assert "\r\nDTEND:20261025T013000Z\r\n" in body


def test_a_session_at_half_past_four_stays_there_when_the_clocks_change() -> None:
    days = [datetime.datetime(2027, 3, day, 16, 30, tzinfo=LONDON) for day in (23, 30)]
    texts = [
        event(
            moment(uid=f"{day:%d}@mingle", starts_at=day, ends_at=day + datetime.timedelta(hours=1)),
            Said("A"),
        )
        for day in days
    ]
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(calendar(HEADING, "".join(texts))))
    local = [
        found["DTSTART"].dt.astimezone(LONDON).strftime("%d %H:%M") for found in read.between(2027, 2028)
    ]
    assert sorted(local) == ["23 16:30", "30 16:30"]


def test_an_event_carries_its_history() -> None:
    body = one(Said("Football"))
    assert "\r\nUID:0b0cd5a0-5a5c-4c6c-8d7e-6d7cf7f3d111@mingle\r\n" in body
    assert "\r\nSEQUENCE:3\r\nDTSTAMP:20261101T090000Z\r\nLAST-MODIFIED:20261101T090000Z\r\n" in body


def test_an_event_carries_place_link_picture_colour_and_category() -> None:
    said = Said(
        "Football",
        location="Hall 1, 1 Hopwood Lane, Halifax, HX1 5ER",
        position=(53.7236, -1.8631),
        page="https://mingle.example/organisers/club/football/",
        image="https://mingle.example/covers/x.png",
        category="Arts, crafts",
        color="teal",
    )
    body = one(said)
    assert "\r\nLOCATION:Hall 1\\, 1 Hopwood Lane\\, Halifax\\, HX1 5ER\r\n" in body
    assert "\r\nGEO:53.723600;-1.863100\r\n" in body
    assert "\r\nURL:https://mingle.example/organisers/club/football/\r\n" in body
    assert (
        "\r\nIMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=image/png:https://mingle.example/cove\r\n rs/x.png" in body
    )
    assert "\r\nCATEGORIES:Arts\\, crafts\r\n" in body
    assert "\r\nCOLOR:teal\r\n" in body


def test_what_is_not_known_has_no_line() -> None:
    body = event(moment(), Said("Football"))
    names = [re.match("[A-Z-]+", line)[0] for line in body.split("\r\n") if line]  # ty: ignore[not-subscriptable]
    assert names == [
        *("BEGIN", "UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND"),
        *("SUMMARY", "STATUS", "TRANSP", "END"),
    ]


def test_a_cancelled_event_keeps_nobodys_afternoon_busy() -> None:
    assert "STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n" in lines(Said("A", Status.CANCELLED))
    assert "STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n" in lines(Said("A"))


@given(WORDS)
def test_an_address_can_begin_no_line_of_its_own(text: str) -> None:
    body = one(Said("Football", page=f"https://mingle.example/{text}\r\nSUMMARY:Other"))
    [read] = readers.by_icalendar(body)
    assert read.summary == "Football"
