"""Sheets of numbers in words: their columns, why one cannot be read, and what is wrong with a line."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from diversity import categories as code_lists
from diversity.categories import EDITION, NOT_STATED
from events.figures import name
from events.importing import counts
from events.importing.table import Remark, Unreadable
from events.models import Question
from events.wording import categories, importing
from events.wording.categories import NOT_STATED_NAME
from events.wording.registers import QUESTIONS

UNREADABLE = {
    "empty": _("There is nothing in it. Choose another file, or paste your numbers."),
    "too_many_columns": _("It has more than %(most)s columns. Copy only the numbers to a new sheet."),
    "spreadsheet_too_large": _(
        "Unpacked, this spreadsheet is too large. Copy only the numbers to a new sheet and send that."
    ),
    "not_a_spreadsheet": _("This is no .xlsx spreadsheet. Save it as .xlsx or .csv, or paste the numbers."),
    "is_pdf": _("A PDF cannot be read. Copy the numbers out of it and paste them here."),
    "is_picture": _("A picture cannot be read. Type the numbers into our sheet."),
    "is_text_document": _("A letter cannot be read. Type the numbers into our sheet."),
    "is_web_page": _("This is a web page. Open it, copy the numbers and paste them here."),
    "not_a_timetable": _("This is no text and no spreadsheet. Send one of these."),
    "is_calendar": _("This is a calendar. It cannot say how many came. Use our sheet."),
    "no_columns": _(
        "We found no line that names the columns “Date” and “Came”. Name them so, or use our sheet."
    ),
    "column_twice": _("Two columns are about the same: “%(column)s”. Take one of them out."),
    "too_many_sessions": _(
        "It has more than %(most)s sessions. Split it and bring one part after the other."
    ),
    "names_of_people": _(
        "“%(column)s” looks like a column about people. Registers are numbers only, and never say who came. "
        "Take that column out and bring the sheet again. We have kept nothing of it."
    ),
}
PROBLEMS = {
    "number_unclear": _("“%(text)s” under “%(column)s” is no number. Write 12, or leave it empty."),
    "date_unclear": _("“%(text)s” is no date that we understand. Write 3 November 2026 or 03/11/2026."),
    "date_missing": _("It has no date. Write 3 November 2026 or 03/11/2026."),
    "time_unclear": _("“%(text)s” is no time that we understand. Write 4:30 pm."),
}
COLUMNS: dict[str, str] = {
    counts.DAY: "Date",
    counts.TIME: "Time",
    counts.TITLE: "Activity",
    counts.CAME: "Came",
}
"""Not translated: a sheet that was filled in under one language is read under every other."""


def figure_columns(edition: int = EDITION) -> dict[str, str]:
    """By figure, the name of its column in our sheet."""
    with translation.override("en"):
        return {
            name(question, answer): f"{str(QUESTIONS[Question(question)]).rstrip('?')}: {words}"
            for question, names in categories.names(edition).items()
            for answer, words in {**names, NOT_STATED: NOT_STATED_NAME}.items()
        }


def _all_columns() -> dict[str, str]:
    return {
        figure: column for edition in code_lists.LISTS for figure, column in figure_columns(edition).items()
    }


def figures_by_column() -> dict[str, str]:
    """By every name that a column of ours may have: with its question, alone, or as its code.

    Of all editions: whether a register knows an answer is told line by line.
    """
    found: dict[str, str] = {}
    for figure, column in _all_columns().items():
        found |= {column: figure, figure: figure}
        if not figure.endswith(NOT_STATED):
            found |= {column.partition(": ")[2]: figure, figure.partition(":")[2]: figure}
    return found


def unreadable_words(error: Unreadable) -> str:
    own = UNREADABLE.get(error.code)
    return own % error.params if own else importing.unreadable_words(error)


def problem_words(remark: Remark) -> str:
    columns = {**COLUMNS, **_all_columns()}
    return PROBLEMS[remark.code] % {"column": columns.get(remark.field, ""), **remark.params}
