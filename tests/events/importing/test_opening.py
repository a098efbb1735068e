"""Whatever is sent, it is read or refused in one way."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from events.importing import opening, spreadsheet
from events.importing.table import MOST_COLUMNS, MOST_ROWS, Unreadable
from tests.events.importing.examples import FOLDER, TODAY, codes, read, short

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def refused(data):
    with pytest.raises(Unreadable) as error:
        opening.opened(data, today=TODAY)
    return error.value.code


def workbook(rows, change=lambda sheet: None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


def replaced(data, name, text):
    """The workbook with one of its parts written anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
    return out.getvalue()


ROWS = [["Class", "Day", "Time"], ["Boxing", "Monday", "4.30-6"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00" * 500, "not_a_timetable"),
        (b"%PDF-1.7 ...", "is_pdf"),
        (b"\x89PNG\r\n\x1a\n....", "is_picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is_old_excel"),
        (b"<!DOCTYPE html><table><tr><td>Mon</td></tr></table>", "is_web_page"),
        (b'<?xml version="1.0"?><x/>', "is_web_page"),
        (b"{\\rtf1 hello}", "is_text_document"),
        (b"PK\x03\x04 and then nothing", "spreadsheet_broken"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "calendar_empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04" * 40, "not_a_timetable"),
        (b"a," * 70 + b"b", "too_many_columns"),
        (b"a,b\n" * (MOST_ROWS + 2), "too_many_rows"),
    ],
)
def test_refused_in_words_of_its_own(data, code):
    assert refused(data) == code


def test_too_large_is_not_looked_at():
    assert refused(b"x" * (opening.MOST_BYTES + 1)) == "file_too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_encodings_of_spreadsheets_are_known(encoding):
    text = "Class,Day,Time,Price\nCafé club,Monday,4.30–6,£3\n"
    (found,) = read(text.encode(encoding))
    assert short(found)[:3] == ("Café club", (0,), "16:30-18:00")


def test_bytes_that_are_no_text_do_not_stop_the_rest():
    found, *_ = read(b"Class,Day,Time\nBox\x81ing \x00club,Monday,4-5\n" + b"Yoga for all,Tuesday,5-6\n" * 3)
    assert short(found)[1:3] == ((0,), "16:00-17:00")


def test_spreadsheet_is_read():
    (found,) = read(workbook(ROWS))
    assert short(found)[:3] == ("Boxing", (0,), "16:30-18:00")


def test_first_sheet_with_something_in_it_is_taken():
    book = Workbook()
    sheet = book.create_sheet("Second")
    for row in ROWS:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    assert len(read(out.getvalue())) == 1


def test_dates_and_times_of_spreadsheets_are_text_again():
    rows = [
        ["Class", "Date", "Start", "Finish", "Ages"],
        [
            "Boxing",
            datetime.datetime(2026, 12, 5),  # noqa: DTZ001 (a cell has no zone)
            datetime.time(4, 30),
            datetime.time(6),
            datetime.date(2026, 12, 8),
        ],  # noqa: DTZ001
    ]
    (found,) = read(workbook(rows))
    assert short(found)[2:4] == ("16:30-18:00", (8, 12))
    assert f"{found.rule.first_date}" == "2026-12-05"


def test_formulas_are_not_computed_and_merged_cells_are_followed():
    def change(sheet):
        sheet["D2"] = "=1+1"
        sheet.merge_cells("B2:B3")
        sheet["A3"], sheet["C3"] = "Yoga", "6-7"

    found = read(workbook(ROWS, change))
    assert [short(each)[:3] for each in found] == [
        ("Boxing", (0,), "16:30-18:00"),
        ("Yoga", (0,), "18:00-19:00"),
    ]
    assert codes(found[1]) == ["day_from_above"]


def test_zip_bomb_is_refused_by_its_own_list(monkeypatch):
    monkeypatch.setattr(spreadsheet, "load_workbook", lambda *args, **kwargs: pytest.fail("was opened"))
    bomb = zipped(xl__workbook="<workbook/>", xl__sharedStrings="0" * (spreadsheet.MOST_UNPACKED + 1))
    assert len(bomb) < 100_000
    assert refused(bomb) == "spreadsheet_too_large"


def test_zip_that_lies_about_its_size_is_cut_off():
    data = bytearray(zipped(xl__workbook="0" * 200_000, xl__other="x"))
    # The list at the end says 10 bytes; what is packed is 200,000.
    at = data.rfind((200_000).to_bytes(4, "little"))
    data[at : at + 4] = (10).to_bytes(4, "little")
    assert refused(bytes(data)) == "spreadsheet_broken"


def test_xml_bomb_is_refused():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY c "&a;&a;&a;&a;">'
        '<!ENTITY d "&c;&c;&c;&c;">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&d;</t></is></c></row></sheetData></worksheet>'
    )
    assert refused(replaced(workbook(ROWS), "xl/worksheets/sheet1.xml", bomb)) == "spreadsheet_broken"


def test_sheet_that_says_it_is_endless_is_read_to_a_limit():
    def change(sheet):
        sheet.cell(1_048_576, 1, "far")

    assert len(read(workbook(ROWS, change))) == 1


def test_too_wide_and_too_long_sheets_are_said():
    assert refused(workbook([["x"] * (MOST_COLUMNS + 1)])) == "too_many_columns"
    assert refused(workbook([["x", "y"]] * (MOST_ROWS + 1))) == "too_many_rows"


@pytest.mark.parametrize(
    "data",
    [
        zipped(word__document="<document/>"),
        zipped(xl__workbook="<workbook/>"),
        zipped(xl__workbook="not xml", CONTENT="x"),
        replaced(workbook(ROWS), "xl/workbook.xml", "<workbook"),
        replaced(workbook(ROWS), "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='x'>"),
        workbook(ROWS)[:2000],
    ],
)
def test_broken_spreadsheets_raise_nothing_but_our_error(data):
    assert refused(data) in {"spreadsheet_broken", "not_a_spreadsheet", "empty"}


@pytest.mark.parametrize("part", ["Mon & ", "4-", "8 to ", "1 hr ", "every ", "31/", "£1 a ", "(", "Mon to "])
def test_long_cells_made_to_be_slow_are_cut(part):
    cell = '"' + part * 1_600 + '"'
    rows = "\n".join(["Class,Day,Time,Ages,Price,How often", *[",".join([cell] * 6)] * 20])
    assert len(read(rows)) == 20


def test_examples_are_all_read():
    examples = [path for path in FOLDER.iterdir() if path.is_file()]
    assert {path.suffix for path in examples} == {".csv", ".txt", ".ics"}
    for path in examples:
        assert read(path.read_bytes())
