"""Dates and times in words, as everywhere on the site: "Tue 24 March, 4:30–6 pm".

Called twenty times a page, so days and time ranges are kept by language once they have been said; a function
that takes a `language` is called with the active one, which is what its translations are in.
Hours reach translators as both "4:30" and "16:30", since most languages have no am and pm.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import groupby

from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from events.recurrence import Meeting
from places.clock import LONDON

NOON = time(12)
HALF_A_YEAR = 183  # days; a weekday and a month say which is meant


def when_words(starts_at: datetime, ends_at: datetime, today: date) -> str:
    """ "Today, 5–6:30 pm", "Tuesday, 4:30–6 pm" within six days, else "Tue 24 March, 4:30–6 pm", in
    London."""
    starts, ends = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    if starts.date() == ends.date():
        return _one_day_words(get_language(), starts.date(), today, starts.time(), ends.time())
    return _several_days_words(starts, ends, lambda day: day_words(day, today))


def when_markup(starts_at: datetime, ends_at: datetime, today: date) -> SafeString:
    """As `when_words`, for narrow columns: a line may end before the times, not within them."""
    starts, ends = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    if starts.date() == ends.date():
        return _one_day_markup(get_language(), starts.date(), today, starts.time(), ends.time())
    return escape(when_words(starts_at, ends_at, today))


def lasting_when_words(starts_at: datetime, ends_at: datetime) -> str:
    """ "Tuesday 24 March 2026, 4:30–6 pm": for what is read on another day, on paper."""
    starts, ends = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    if starts.date() == ends.date():
        times = short_time_range(starts.time(), ends.time())
        return _("%(day)s, %(times)s") % {"day": full_date_words(starts.date()), "times": times}
    return _several_days_words(starts, ends, full_date_words)


def _several_days_words(starts: datetime, ends: datetime, said: Callable[[date], str]) -> str:
    return _("%(day)s, %(time)s to %(last_day)s, %(last_time)s") % {
        "day": said(starts.date()),
        "time": time_words(starts.time()),
        "last_day": said(ends.date()),
        "last_time": time_words(ends.time()),
    }


@lru_cache(maxsize=8192)
def _one_day_words(language: str | None, day: date, today: date, start: time, end: time) -> str:
    return _("%(day)s, %(times)s") % {"day": day_words(day, today), "times": short_time_range(start, end)}


@lru_cache(maxsize=8192)
def _one_day_markup(language: str | None, day: date, today: date, start: time, end: time) -> SafeString:
    times = format_html('<span class="times">{}</span>', short_time_range(start, end))
    words = escape(_("%(day)s, %(times)s"))
    return SafeString(words % {"day": escape(day_words(day, today)), "times": times})  # nosec B703


def day_words(day: date, today: date) -> str:
    """ "Today", "Tomorrow", "Tuesday" within six days, else "Tue 24 March", with a year that is not this
    unless the day comes within half a year."""
    return _day_words(get_language(), day, today)


@lru_cache(maxsize=2048)
def _day_words(language: str | None, day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return _("Today")
    if ahead == 1:
        return _("Tomorrow")
    names = _names(language)
    if 1 < ahead <= 6:
        return names.weekdays[day.weekday()]
    date_said = day_and_month_words(day) if 0 < ahead <= HALF_A_YEAR else date_words(day, today)
    return _("%(weekday)s %(date)s") % {"weekday": names.short[day.weekday()], "date": date_said}


def date_words(day: date, today: date) -> str:
    """ "24 March", or "24 March 2027" if that is not this year."""
    if day.year == today.year:
        return day_and_month_words(day)
    month = _names(get_language()).months[day.month - 1]
    return _("%(day)s %(month)s %(year)s") % {"day": day.day, "month": month, "year": day.year}


def day_and_month_words(day: date) -> str:
    """ "24 March", whatever the year."""
    month = _names(get_language()).months[day.month - 1]
    return _("%(day)s %(month)s") % {"day": day.day, "month": month}


def later_dates_words(days: Sequence[date], after: date) -> str:
    """ "23 and 30 January", "30 January and 6 February": a month once, a year where the date before, at
    first `after`, is of another and more than half a year back."""
    words, before = [], after
    for (year, _month), found in groupby(days, lambda day: (day.year, day.month)):
        first, *others = found
        is_clear = year == before.year or (first - before).days <= HALF_A_YEAR
        pattern = _("%(day)s %(month)s") if is_clear else _("%(day)s %(month)s %(year)s")
        said = joined(str(day.day) for day in (first, *others))
        words.append(pattern % {"day": said, "month": month_name(first), "year": year})
        before = first
    return joined(words)


def month_name(day: date) -> str:
    """ "March"."""
    return _names(get_language()).months[day.month - 1]


def month_words(day: date) -> str:
    """ "March 2026"."""
    month = _names(get_language()).months[day.month - 1]
    return _("%(month)s %(year)s") % {"month": month, "year": day.year}


def full_date_words(day: date) -> str:
    """ "Saturday 7 March 2026"."""
    names = _names(get_language())
    parts = {"day": day.day, "month": names.months[day.month - 1], "year": day.year}
    return _("%(weekday)s %(day)s %(month)s %(year)s") % {"weekday": names.weekdays[day.weekday()], **parts}


def weekday_words(weekday: int) -> str:
    """ "Monday" for 0."""
    return _names(get_language()).weekdays[weekday]


def short_weekday_words(weekday: int) -> str:
    """ "Mon" for 0."""
    return _names(get_language()).short[weekday]


def time_words(clock: time) -> str:
    """ "4:30 pm", "10 am", "noon", "midnight"."""
    if clock == NOON:
        return _("noon")
    if clock == time(0):
        return _("midnight")
    parts = {"time": _twelve(clock), "time_24": _twenty_four(clock)}
    return _("%(time)s am") % parts if clock < NOON else _("%(time)s pm") % parts


def time_range(start: time, end: time) -> str:
    """For sentences: "4:30 to 6 pm", "11 am to 1 pm", "10 am to noon"."""
    parts = _range_parts(start, end)
    if not _shares_half(start, end):
        return _("%(start)s to %(end)s") % parts
    return _("%(start)s to %(end)s am") % parts if end < NOON else _("%(start)s to %(end)s pm") % parts


def short_time_range(start: time, end: time) -> str:
    """For cards and lists: "4:30–6 pm", "11 am–1 pm", "10 am–noon"."""
    return _short_time_range(get_language(), start, end)


@lru_cache(maxsize=2048)
def _short_time_range(language: str | None, start: time, end: time) -> str:
    parts = _range_parts(start, end)
    if not _shares_half(start, end):
        return _("%(start)s–%(end)s") % parts
    return _("%(start)s–%(end)s am") % parts if end < NOON else _("%(start)s–%(end)s pm") % parts


def joined(words: Iterable[str]) -> str:
    """ "Monday", "Monday and Thursday", "Monday, Tuesday and Thursday"."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return _("%(items)s and %(last)s") % {
        "items": pgettext("between the items of a list", ", ").join(items[:-1]),
        "last": items[-1],
    }


def dates_words(days: Sequence[date], today: date, most: int = 6) -> str:
    """ "3 March, 17 March and 1 April"; after `most` of them "… and 4 more dates"."""
    days = sorted(days)
    words = [date_words(day, today) for day in days[:most]]
    more = len(days) - most
    if more > 0:
        words.append(ngettext("%(count)s more date", "%(count)s more dates", more) % {"count": more})
    return joined(words)


def first_dates(meetings: Sequence[Meeting], today: date, most: int = 6) -> list[str]:
    """The first dates of a preview, each as `when_words` says it."""
    return [when_words(m.starts_at, m.ends_at, today) for m in meetings[:most]]


def _range_parts(start: time, end: time) -> dict[str, str]:
    shared = _shares_half(start, end)
    return {
        "start": _twelve(start) if shared else time_words(start),
        "end": _twelve(end) if shared else time_words(end),
        "start_24": _twenty_four(start),
        "end_24": _twenty_four(end),
    }


def _shares_half(start: time, end: time) -> bool:
    """Both before noon or both after it, and neither noon nor midnight, which have names."""
    named = {NOON, time(0)}
    return start not in named and end not in named and (start < NOON) == (end < NOON)


def _twelve(clock: time) -> str:
    hour = clock.hour % 12 or 12
    return f"{hour}:{clock.minute:02}" if clock.minute else str(hour)


def _twenty_four(clock: time) -> str:
    return f"{clock.hour:02}:{clock.minute:02}"


class _Names:
    """Names of days and months in the language that is active when they are made."""

    def __init__(self) -> None:
        self.weekdays = [str(WEEKDAYS[day]) for day in range(7)]
        self.short = [str(WEEKDAYS_ABBR[day]) for day in range(7)]
        self.months = [str(MONTHS[month]) for month in range(1, 13)]


@lru_cache(maxsize=32)
def _names(language: str | None) -> _Names:
    return _Names()
