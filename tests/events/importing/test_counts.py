"""Reading a sheet of numbers: whatever it is, it is read or refused in words, and names are never read."""

import contextlib
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.importing import counts, opening, template
from events.importing.counts import CountLine
from events.importing.table import Unreadable
from tests.events.importing.examples import FOLDER

TODAY = datetime.date(2026, 11, 23)
FIGURES = {
    "Asian": "group:asian",
    "White": "group:white",
    "Group: Not stated": "group:not-stated",
    "8 to 10": "age:8-10",
}


def read(data: bytes | str) -> counts.Sheet:
    table = opening.opened(data.encode() if isinstance(data, str) else data, today=TODAY)
    return counts.read(table, FIGURES, TODAY)


def code(data: bytes | str) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.code


def test_a_sheet_as_a_club_keeps_it_is_read_and_its_lines_keep_their_numbers() -> None:
    sheet = read((FOLDER / "club_registers.csv").read_bytes())
    said = [(line.row, line.day, line.start, line.title, dict(line.numbers)) for line in sheet.lines]
    half_past = datetime.time(16, 30)
    assert said == [
        (5, datetime.date(2026, 11, 16), half_past, "street football",
         {"came": 23, "group:asian": 8, "group:white": 13, "group:not-stated": 2}),
        (6, datetime.date(2026, 11, 17), half_past, "Street Football", {"came": 19}),
        (8, datetime.date(2026, 11, 19), None, "Chess", {}),
    ]  # fmt: skip
    assert [remark.code for line in sheet.lines for remark in line.problems] == ["number_unclear"]
    assert (sheet.without, sheet.ignored) == (1, ("Weather",))


def test_the_same_numbers_are_read_from_a_spreadsheet() -> None:
    rows = [["Date", "Time", "Activity", "Came", "8 to 10"], ["16/11/2026", "16:30", "Chess", "12", "7"]]
    for data in (template.as_csv(rows), template.as_xlsx(rows)):
        (line,) = read(data).lines
        assert line == CountLine(
            2, datetime.date(2026, 11, 16), datetime.time(16, 30), "Chess", {"came": 12, "age:8-10": 7}
        )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23 November", TODAY),
        ("24 Nov", datetime.date(2025, 11, 24)),
        ("3/11/26", datetime.date(2026, 11, 3)),
    ],
)
def test_a_day_without_a_year_is_the_last_one(text: str, day: datetime.date) -> None:
    assert read(f"Date,Came\n{text},3\n1/11/2026,4").lines[0].day == day


@pytest.mark.parametrize(
    "sheet",
    [
        "Name,Date,Came\nAnn Smith,3/11/2026,1\nBen Jones,3/11/2026,1",
        "Date,Came,Child\n3/11/2026,12,Ann\n4/11/2026,13,Ben",
        "Date,Came,E-mail\n3/11/2026,12,ann@example.org\n4/11/2026,13,",
        "Date,Came,Who helped\n3/11/2026,12,Ann Smith\n4/11/2026,13,Ben J. Jones",
        "Date,Came,\n3/11/2026,12,Ann Smith\n4/11/2026,13,Ben Jones",
        "First name,Surname,3 Nov,10 Nov\nAnn,Smith,1,1\nBen,Jones,0,1",
        "Date,Came,Date of birth\n3/11/2026,12,04/05/2016\n4/11/2026,13,05/05/2016",
    ],
)
def test_a_sheet_that_says_who_came_is_refused_and_says_where(sheet: str) -> None:
    assert code(sheet) == "names_of_people"


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        ("", "empty"),
        ("Date,Weather\n3/11/2026,rain\n4/11/2026,sun", "no_columns"),
        ("Date,Came,Attendance\n3/11/2026,3,4\n4/11/2026,3,4", "column_twice"),
        ("Date,Came\n" + "3/11/2026,3\n" * 501, "too_many_sessions"),
        (b"%PDF-1.7", "is_pdf"),
        (b"PK\x03\x04 no zip", "spreadsheet_broken"),
        (b"\xd0\xcf\x11\xe0 old", "is_old_excel"),
        (b"x" * (opening.MOST_BYTES + 1), "file_too_large"),
    ],
)
def test_what_is_no_sheet_of_numbers_says_why(sheet: bytes | str, why: str) -> None:
    assert code(sheet) == why


@pytest.mark.parametrize("number", ["-3", "1.5", "12345", "many", "=1+1", "१२"])
def test_what_is_no_number_is_told_of_its_line(number: str) -> None:
    line = read(f"Date,Came\n3/11/2026,{number}\n4/11/2026,4").lines[0]
    assert [(remark.field, remark.code) for remark in line.problems] == [("came", "number_unclear")]


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), max_size=6), st.booleans())
def test_whatever_is_sent_is_read_or_refused(rows: list[list[str]], headed: bool) -> None:
    table = [["Date", "Came", "Activity"], *rows] if headed else rows
    lines: tuple[CountLine, ...] = ()
    with contextlib.suppress(Unreadable):
        lines = read(template.as_csv(table)).lines
    assert all(0 <= number <= 9999 for line in lines for number in line.numbers.values())
