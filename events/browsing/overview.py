"""The calendar's overview of a month: a week a row, and on each day how much is on."""

import calendar
import dataclasses
import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.browsing.agenda import anchor
from events.browsing.chips import Chip, address
from events.query import Query
from events.search import Month
from events.wording import short_weekday_words, weekday_words
from events.wording.dates import day_and_month_words, month_name, month_words

A_MONTH = datetime.timedelta(days=31)


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """A day. `words` say what is on, where anything is; `href` leads to it in the agenda."""

    number: int
    count: int = 0
    words: str = ""
    href: str = ""
    is_today: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Overview:
    """`weeks` have None for days of other months. Weeks that are over are left out.

    `earlier` and `later` lead to other months, if there is anything.
    """

    title: str
    weekdays: list[tuple[str, str]]
    weeks: list[list[Cell | None]]
    earlier: Chip | None
    later: Chip | None


def overview(query: Query, month: Month, today: datetime.date) -> Overview:
    weeks = calendar.Calendar().monthdatescalendar(month.first.year, month.first.month)
    return Overview(
        title=month_words(month.first),
        weekdays=[(short_weekday_words(day), weekday_words(day)) for day in range(7)],
        weeks=[list(_cells(week, query, month, today)) for week in weeks if week[-1] >= today],
        earlier=_to(query, month.earlier, month.first),
        later=_to(query, month.later, month.first),
    )


def _to(query: Query, month: datetime.date | None, shown: datetime.date) -> Chip | None:
    """ "December", or "March 2028" where that is far from the one that is shown."""
    if month is None:
        return None
    is_near = month.year == shown.year or abs(month - shown) <= A_MONTH
    label = month_name(month) if is_near else month_words(month)
    return Chip(label, address(query.changed(month=month)))


def _cells(
    week: list[datetime.date], query: Query, month: Month, today: datetime.date
) -> Iterator[Cell | None]:
    for day in week:
        if day.month != month.first.month:
            yield None
        elif count := month.activities.get(day, 0):
            yield Cell(day.day, count, _words(day, count, today), _href(query, month, day), day == today)
        else:
            yield Cell(day.day, is_today=day == today)


def _words(day: datetime.date, count: int, today: datetime.date) -> str:
    """ "6 December, 4 activities"; of today, "Today, 6 December, 4 activities"."""
    activities = ngettext("%(count)s activity", "%(count)s activities", count) % {"count": f"{count:,}"}
    date = day_and_month_words(day)
    if day == today:
        return _("Today, %(date)s, %(activities)s") % {"date": date, "activities": activities}
    return _("%(date)s, %(activities)s") % {"date": date, "activities": activities}


def _href(query: Query, month: Month, day: datetime.date) -> str:
    """On this page, or on the page of the month where the day begins."""
    page = month.pages_of[day]
    there = "" if page == query.page else address(query.changed(month=month.first, page=page))
    return f"{there}#{anchor(day)}"
