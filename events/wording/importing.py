"""What to say for each code of `events.importing`: what is wrong, where, and what to do."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from events.importing.table import Remark, Unreadable
from events.wording.dates import full_date_words

# Names of facts, as columns and boxes carry them.
FACTS = {
    "title": _("Name"),
    "type": _("Type"),
    "day": _("Day"),
    "time": _("Time"),
    "start": _("Start time"),
    "end": _("End time"),
    "duration": _("How long"),
    "first": _("First date"),
    "last": _("Last date"),
    "repeat": _("How often"),
    "times": _("How many times"),
    "season": _("When in the year"),
    "left_out": _("Not on"),
    "added": _("Also on"),
    "venue": _("Venue"),
    "postcode": _("Postcode"),
    "ages": _("Ages"),
    "price": _("Price"),
    "summary": _("In one sentence"),
    "about": _("More about it"),
    "audience": _("Who it is for"),
    "places": _("Number of places"),
    "more": _("More dates of the line above"),
}

# Why nothing can be read.
UNREADABLE = {
    "empty": _("There is nothing in it. Choose another file, or paste your timetable."),
    "file_too_large": _(
        "It is too large. A file may have %(most)s MB. Delete pictures from it and try again."
    ),
    "too_many_rows": _("It is too long. Split it, so that each part has at most %(most)s lines."),
    "too_many_columns": _("It has more than %(most)s columns. Copy only the timetable to a new sheet."),
    "too_many_lines": _("It has %(count)s classes. Split it, so that each part has at most %(most)s."),
    "too_many_events": _("This calendar is too long. Save only the coming months, or split it."),
    "spreadsheet_broken": _("This spreadsheet is damaged. Open it, save it again as .xlsx and send that."),
    "spreadsheet_too_large": _(
        "Unpacked, this spreadsheet is too large. Copy only the timetable to a new sheet and send that."
    ),
    "not_a_spreadsheet": _("This is no .xlsx spreadsheet. Save it as .xlsx or .csv, or paste the timetable."),
    "locked": _("This spreadsheet has a password. Save it without one and send it again."),
    "is_old_excel": _("This is a file of an old kind. Open it, save it as .xlsx and send that."),
    "is_pdf": _("A PDF cannot be read. Copy the timetable out of it and paste it here."),
    "is_picture": _("A picture cannot be read. Type or paste the timetable here."),
    "is_text_document": _("A letter cannot be read. Copy the timetable out of it and paste it here."),
    "is_web_page": _("This is a web page. Open it, copy the timetable and paste it here."),
    "not_a_timetable": _("This is no text, spreadsheet or calendar. Send one of these."),
    "calendar_broken": _("This calendar is damaged. Save it again from your calendar and send that."),
    "calendar_empty": _("There are no events in this calendar."),
    "calendar_over": _("All events in this calendar are over or cancelled."),
}

# What is wrong with a line, and what to do.
PROBLEMS = {
    "title_missing": _("It has no name. Give it one."),
    "title_too_long": _("The name is too long. Keep it under %(most)s letters."),
    "ages_unclear": _("“%(text)s” is no age that we understand. Write 8-12, 11+ or under 14."),
    "price_unclear": _("“%(text)s” is no price that we understand. Write £3 or free."),
    "price_unlikely": _("Check the price: %(text)s."),
    "price_note_too_long": _("Say less about the price: at most %(most)s letters."),
    "number_unclear": _("“%(text)s” must be a number from 1 to %(most)s."),
    "day_unclear": _("“%(text)s” is no day that we understand. Write Monday, or 3 November 2026."),
    "day_missing": _("It has no day. Write Monday, or 3 November 2026."),
    "repeat_unclear": _("“%(text)s” is not clear. Write every week, every 2 weeks or once."),
    "first_missing": _("Give the first date."),
    "season_unclear": _("“%(text)s” is not clear. Write term time, holidays or all year."),
    "date_unclear": _("“%(text)s” is no date that we understand. Write 3 November 2026 or 03/11/2026."),
    "time_missing": _("It has no time. Write 4:30 pm to 6 pm."),
    "time_unclear": _("“%(text)s” is no time that we understand. Write 4:30 pm to 6 pm."),
    "end_before_start": _("It ends before it starts. Check the times."),
    "end_missing": _("Say when it ends, or how many minutes a class lasts."),
    "type_unknown": _("We do not know the type “%(text)s”. Choose one from the list."),
    "type_missing": _("Choose what type of activity it is."),
    "venue_unknown": _("We do not know the venue “%(text)s”. Choose one of yours, or add it first."),
    "venue_unclear": _("“%(text)s” fits more than one venue. Choose the right one."),
    "venue_missing": _("Choose where it is."),
    "more_without_line": _("There is no line above that these dates could belong to."),
    "schedule_over": _("Its dates are over. Give a first date to come."),
}

# What a person may want to know.
NOTES = {
    "day_from_above": _("The day, %(day)s, stands further up."),
    "about_shortened": _("The text about it is long: the first %(most)s letters are kept."),
    "all_day": _("It is all day in your calendar. Say from when to when."),
    "over_midnight": _("It goes into the next day in your calendar. Say when it ends on the same day."),
    "event_without_end": _("It has no end in your calendar."),
    "event_without_date": _("It has no date in your calendar."),
    "zone_unknown": _("We do not know the time zone “%(zone)s”. The times are taken as UK time."),
    "rule_as_dates": _("We have no rule like it, so each date is on its own, until %(until)s."),
    "rule_unknown": _("We do not understand how often it is. Only the first date is taken."),
    "later_dates_changed": _("Some later dates were changed all at once. Check them."),
}
COUNTED = {
    "over_left_out": ngettext_lazy(
        "%(count)s event is over and left out.", "%(count)s events are over and left out.", "count"
    ),
    "cancelled_left_out": ngettext_lazy(
        "%(count)s cancelled event is left out.", "%(count)s cancelled events are left out.", "count"
    ),
}


def unreadable_words(error: Unreadable) -> str:
    return UNREADABLE[error.code] % error.params


def remark_words(remark: Remark) -> str:
    """One or two sentences."""
    params: dict[str, Any] = dict(remark.params)
    if "until" in params:
        params["until"] = full_date_words(datetime.date.fromisoformat(params["until"]))
    if remark.code in COUNTED:
        return COUNTED[remark.code] % params
    return (PROBLEMS.get(remark.code) or NOTES[remark.code]) % params
