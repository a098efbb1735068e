"""A rule in words: "Every Tuesday in term time, 4:30 to 6 pm, until 24 March: 13 dates"."""

from datetime import date

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from events.recurrence import Repeat, Rule, SchoolYear, Season
from events.recurrence.dates import dates_between
from events.wording.dates import date_words, dates_words, full_date_words, joined, time_range, weekday_words

WORKING_DAYS = (0, 1, 2, 3, 4)
PLACES = (
    pgettext_lazy("second Tuesday", "first"),
    pgettext_lazy("second Tuesday", "second"),
    pgettext_lazy("second Tuesday", "third"),
    pgettext_lazy("second Tuesday", "fourth"),
    pgettext_lazy("second Tuesday", "fifth"),
)


def describe(rule: Rule, school_year: SchoolYear, *, today: date) -> str:
    """What the rule means, in one line.

    1. How often, when in the year and at what time.
    2. Until when or how many times; of "10 times" also the last date, where all ten are known.
    3. The dates left out and added.
    4. How many dates that makes, where the rule has an end and the number has not been said.
    """
    dates = dates_between(rule, school_year, date.min, date.max) if rule.has_end else []
    text = _with_end(usual_words(rule), rule, dates, today)
    if rule.left_out:
        text = _("%(text)s; not on %(dates)s") % {
            "text": text,
            "dates": dates_words(sorted(rule.left_out), today),
        }
    if rule.added:
        text = _("%(text)s; also on %(dates)s") % {
            "text": text,
            "dates": dates_words(sorted(rule.added), today),
        }
    said = 1 if rule.repeat == Repeat.ONCE else rule.times
    if not rule.has_end or len(dates) == said:
        return text
    number = ngettext("%(text)s: %(count)s date", "%(text)s: %(count)s dates", len(dates))
    return number % {"text": text, "count": len(dates)}


def usual_words(rule: Rule) -> str:
    """How often and at what time: "Every Tuesday in term time, 4:30 to 6 pm"."""
    return _("%(pattern)s, %(times)s") % {
        "pattern": _pattern(rule),
        "times": time_range(rule.start, rule.end),
    }


def usual_markup(rule: Rule) -> SafeString:
    """The same for narrow columns: a line may end before the times, not within them."""
    times = format_html('<span class="times">{}</span>', time_range(rule.start, rule.end))
    words = escape(_("%(pattern)s, %(times)s"))
    return SafeString(words % {"pattern": escape(_pattern(rule)), "times": times})  # nosec B703


def ordinal(day: int) -> str:
    """ "3rd"."""
    return str(ORDINALS[day - 1])


def _with_end(text: str, rule: Rule, dates: list[date], today: date) -> str:
    if rule.repeat == Repeat.ONCE:
        return text
    if rule.until:
        text = _("%(text)s, until %(date)s") % {"text": text, "date": date_words(rule.until, today)}
    if rule.times is None:
        return text
    number = ngettext("%(text)s, %(count)s time", "%(text)s, %(count)s times", rule.times)
    text = number % {"text": text, "count": rule.times}
    given = [day for day in dates if day not in rule.added]
    if rule.times > 1 and len(given) == rule.times:
        return _("%(text)s, the last on %(date)s") % {"text": text, "date": date_words(given[-1], today)}
    return text


def _pattern(rule: Rule) -> str:
    if rule.repeat == Repeat.ONCE:
        return _("Once, on %(date)s") % {"date": full_date_words(rule.first_date)}
    pattern = _repeat(rule)
    if rule.season == Season.TERM:
        return _("%(pattern)s in term time") % {"pattern": pattern}
    if rule.season == Season.HOLIDAYS:
        return _("%(pattern)s in the holidays") % {"pattern": pattern}
    return pattern


def _repeat(rule: Rule) -> str:
    if rule.repeat == Repeat.DAILY:
        return _daily(rule.interval)
    return _weekly(rule) if rule.repeat == Repeat.WEEKLY else _monthly(rule)


def _daily(interval: int) -> str:
    if interval == 1:
        return _("Every day")
    return ngettext("Every %(count)s day", "Every %(count)s days", interval) % {"count": interval}


def _weekly(rule: Rule) -> str:
    days = joined(weekday_words(day) for day in rule.days)
    if rule.interval > 1:
        every = ngettext(
            "Every %(count)s week on %(days)s", "Every %(count)s weeks on %(days)s", rule.interval
        )
        return every % {"count": rule.interval, "days": days}
    if len(rule.days) == 7:
        return _daily(1)
    if rule.days == WORKING_DAYS:
        return _("Every day from Monday to Friday")
    return _("Every %(days)s") % {"days": days}


def _monthly(rule: Rule) -> str:
    day = _day_of_month(rule)
    if rule.interval == 1:
        return _("On the %(day)s of every month") % {"day": day}
    every = ngettext(
        "Every %(count)s month on the %(day)s", "Every %(count)s months on the %(day)s", rule.interval
    )
    return every % {"count": rule.interval, "day": day}


def _day_of_month(rule: Rule) -> str:
    if rule.repeat == Repeat.MONTHLY_DATE:
        return ordinal(rule.first_date.day)
    weekday = weekday_words(rule.first_date.weekday())
    if rule.repeat == Repeat.MONTHLY_LAST_WEEKDAY:
        return _("last %(weekday)s") % {"weekday": weekday}
    place = PLACES[(rule.first_date.day - 1) // 7]
    return _("%(place)s %(weekday)s") % {"place": place, "weekday": weekday}


# fmt: off
ORDINALS = (
    gettext_lazy("1st"), gettext_lazy("2nd"), gettext_lazy("3rd"), gettext_lazy("4th"),
    gettext_lazy("5th"), gettext_lazy("6th"), gettext_lazy("7th"), gettext_lazy("8th"),
    gettext_lazy("9th"), gettext_lazy("10th"), gettext_lazy("11th"), gettext_lazy("12th"),
    gettext_lazy("13th"), gettext_lazy("14th"), gettext_lazy("15th"), gettext_lazy("16th"),
    gettext_lazy("17th"), gettext_lazy("18th"), gettext_lazy("19th"), gettext_lazy("20th"),
    gettext_lazy("21st"), gettext_lazy("22nd"), gettext_lazy("23rd"), gettext_lazy("24th"),
    gettext_lazy("25th"), gettext_lazy("26th"), gettext_lazy("27th"), gettext_lazy("28th"),
    gettext_lazy("29th"), gettext_lazy("30th"), gettext_lazy("31st"),
)
# fmt: on
