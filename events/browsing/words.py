"""What the page of results says."""

import datetime
from collections.abc import Sequence

from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.query import Query
from events.wording import joined, lasting_when_words, when_markup
from events.wording.dates import later_dates_words, month_words

Date = tuple[datetime.datetime, datetime.datetime]


def distance_words(miles: float) -> str:
    """ "0.6 miles", "1 mile", "12 miles": to a tenth below ten, as positions are rounded anyway."""
    if miles < 0.1:
        return _("Close by")
    number = f"{miles:.1f}".removesuffix(".0") if miles < 9.95 else f"{miles:.0f}"
    return _("1 mile") if number == "1" else _("%(miles)s miles") % {"miles": number}


def miles_words(miles: float) -> str:
    return _("1 mile") if miles == 1 else _("%(miles)s miles") % {"miles": f"{miles:g}"}


def suits_words(suits: Sequence[int], ages: Sequence[int]) -> str:
    """Of several children, which: "Suits ages 7 and 12", "Suits age 7". Nothing where one was asked for."""
    if len(ages) < 2 or not suits:
        return ""
    if len(suits) == 1:
        return _("Suits age %(age)d") % {"age": suits[0]}
    return _("Suits ages %(ages)s") % {"ages": joined(str(age) for age in suits)}


def dates_markup(dates: Sequence[Date], today: datetime.date) -> str:
    """The next date in full, and the two after it: "Tomorrow, 5–6 pm, then 31 March and 7 April"."""
    if not dates:
        return escape(_("No dates at the moment"))
    first, *later = dates
    words = when_markup(*first, today)
    if not later:
        return words
    then = _later_words(first, later)
    return format_html('{} <span class="card__then">{}</span>', words, _("then %(dates)s") % {"dates": then})


def lasting_dates_words(dates: Sequence[Date]) -> str:
    """The same for paper: "Tuesday 24 March 2026, 5–6 pm, then 31 March and 7 April"."""
    if not dates:
        return _("No dates at the moment")
    first, *later = dates
    when = lasting_when_words(*first)
    if not later:
        return when
    return _("%(when)s, then %(dates)s") % {"when": when, "dates": _later_words(first, later)}


def _later_words(first: Date, later: Sequence[Date]) -> str:
    return later_dates_words([starts_at.date() for starts_at, _ends_at in later], after=first[0].date())


def found_words(total: int, page: int, pages: int) -> str:
    words = ngettext("%(count)s activity", "%(count)s activities", total) % {"count": f"{total:,}"}
    if 1 < page <= pages:
        return _("%(activities)s, page %(page)d of %(pages)d") % {
            "activities": words,
            "page": page,
            "pages": pages,
        }
    return words


def shown_words(shown: int, total: int) -> str:
    """How many of what was found lie on a piece of the map."""
    if shown == total:
        words = ngettext("%(count)s activity on this map", "%(count)s activities on this map", total)
        return words % {"count": f"{total:,}"}
    words = ngettext(
        "%(shown)s of %(count)s activity on this map", "%(shown)s of %(count)s activities on this map", total
    )
    return words % {"shown": f"{shown:,}", "count": f"{total:,}"}


def more_words(count: int) -> str:
    """At one spot of the map, behind those that are listed."""
    words = ngettext(
        "And %(count)s more here: find it in the list.",
        "And %(count)s more here: find them in the list.",
        count,
    )
    return words % {"count": f"{count:,}"}


def dates_in_month_words(total: int, month: datetime.date) -> str:
    """ "41 dates in December 2026"."""
    words = ngettext("%(count)s date in %(month)s", "%(count)s dates in %(month)s", total)
    return words % {"count": f"{total:,}", "month": month_words(month)}


def heading(query: Query) -> str:
    if query.near:
        return _("What’s on near %(place)s") % {"place": query.near.label}
    return _("What’s on")


def instead_words(instead: dict[str, str]) -> str:
    """That a word was taken for another."""
    return " ".join(
        _("We have no “%(typed)s”. This is what we found for “%(found)s”.") % {"typed": typed, "found": found}
        for typed, found in instead.items()
    )
