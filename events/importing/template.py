"""Our own template, with examples: as .csv and as .xlsx."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from organisations.cells import safe

EXAMPLES = Path(__file__).resolve().parents[1] / "data" / "timetable.csv"
WIDTH = 18


def rows() -> list[list[str]]:
    """The names of the columns, and some lines as they may look."""
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def as_csv(table: Sequence[Sequence[str]]) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([safe(cell) for cell in row] for row in table)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(table: Sequence[Sequence[str]]) -> bytes:
    """Every cell is text, so that no spreadsheet takes "8-12" for a day in December."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(table, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, safe(value))
            cell.data_type, cell.number_format = "s", "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for column in range(1, len(table[0]) + 1 if table else 1):
        shape = sheet.column_dimensions[get_column_letter(column)]
        # A person's own lines are text from the start, too.
        shape.width, shape.number_format = WIDTH, "@"
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
