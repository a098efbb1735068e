"""An .xlsx as a table of text. What it may cost is decided by the zip's list, before anything is unpacked."""

import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator
from itertools import islice

from openpyxl import load_workbook

from events.importing.table import MOST_COLUMNS, MOST_ROWS, Table, Unreadable, tidy

MOST_PARTS = 1_000
MOST_UNPACKED = 8 * 1024 * 1024  # the largest honest timetable has one; eight take seconds to read
BOOK = "xl/workbook.xml"


def read(data: bytes) -> Table:
    """The first sheet that has something in it. Raises Unreadable.

    1. Look at the zip's list: is it a workbook, how large would it be. A zip that lies about a size is cut
       off at that size by the unpacking itself.
    2. Read values, never formulas; macros and pictures are not even opened. XML is read by defusedxml, which
       refuses entities.
    3. Whatever else is wrong with it, it is one thing to the person: it cannot be read.
    """
    _check(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(data)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("spreadsheet_broken") from error


def _check(data: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception as error:
        raise Unreadable("spreadsheet_broken") from error
    names = {part.filename for part in parts}
    if BOOK not in names:
        raise Unreadable("not_a_spreadsheet")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("spreadsheet_too_large")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("locked")


def _read(data: bytes) -> Table:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()
                rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True)
                try:
                    return Table(tidy(_texts(rows)))
                except Unreadable as error:
                    if error.code != "empty":
                        raise
        raise Unreadable("empty")
    finally:
        book.close()


def _texts(rows: Iterator[tuple]) -> Iterator[list[str]]:
    for row in islice(rows, MOST_ROWS + 1):
        yield [_text(value) for value in row]


def _text(value: object) -> str:
    """As a person would have typed it. A clock before noon without "am" is as unsure here as on paper."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime.datetime():
            midnight = value.time() == datetime.time()
            return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d} {_clock(value.time())}"
        case datetime.date():
            return f"{value:%Y-%m-%d}"
        case datetime.time():
            return _clock(value)
        case datetime.timedelta():
            minutes = int(value.total_seconds()) // 60
            return f"{minutes // 60}:{minutes % 60:02}"
        case float():
            return f"{value:.10g}"
    return str(value)


def _clock(value: datetime.time) -> str:
    return f"{value.hour}:{value.minute:02}"
