"""What an activity's page says that changes from day to day: put into its holes at every reading."""

import datetime
from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from events.coming_dates import ComingDate
from events.confirmed import has_left, is_unsure, since_words
from events.feeds import links, schema_org
from events.prepared import Prepared, hole, seal
from events.wording.occurrences import DateLine, date_line

SHOWN_AT_ONCE = 8


def words(
    dates: Sequence[ComingDate],
    *,
    uuid: UUID,
    title: str,
    summary: str,
    path: str,
    usual_venue: int | None,
    event: str,
    near: Sequence[SafeString],
    confirmed_on: datetime.date | None,
    now: datetime.datetime,
) -> dict[str, str]:
    """A word for each of `page_text.HOLES`, as markup. `event` is what `schema_org.alike` gave."""
    lines = [date_line(date, now=now, usual_venue=usual_venue) for date in dates]
    following = next((date for date in dates if not date.cancelled), None)
    in_calendar = None
    if following is not None:
        google = links.google_date(following, title=title, summary=summary, path=path)
        in_calendar = google, links.file_of_date(following.uuid)
    return {
        "structured": _script(schema_org.events(event, dates)) if event else "",
        "confirmed": _confirmed(confirmed_on, timezone.localdate(now)),
        "next": render_to_string("events/activity/next.html", _next(lines)),
        "dates": render_to_string("events/activity/dates.html", _listed(lines)),
        "calendar": _calendar(links.of_page(uuid, path, title), in_calendar),
        "near": render_to_string("events/activity/near.html", {"near": near}) if near else "",
    }


def _confirmed(on: datetime.date | None, today: datetime.date) -> str:
    """Nothing while it is sure; later since when it is not, and why our lists have left it out."""
    if on is None or not is_unsure(on, today):
        return ""
    said = {"since": since_words(on, today), "left": has_left(on, today)}
    return render_to_string("events/activity/confirmed.html", said)


def _script(structured: str) -> str:
    return f'<script type="application/ld+json">{structured}</script>' if structured else ""


def _next(lines: Sequence[DateLine]) -> dict[str, DateLine | None]:
    """Whoever comes every week has to see as well that this week's is off."""
    return {
        "next": next((line for line in lines if not line.cancelled), None),
        "off": next((line for line in lines[:1] if line.cancelled), None),
    }


def _listed(lines: Sequence[DateLine]) -> dict[str, object]:
    return {
        "dates": _items(lines[:SHOWN_AT_ONCE]),
        "later": _items(lines[SHOWN_AT_ONCE:]),
        "more": len(lines) - SHOWN_AT_ONCE,
    }


def _items(lines: Sequence[DateLine]) -> SafeString:
    """List items. Of most dates nothing is to be said but when: theirs is rendered once, and filled in."""
    usual = _usual(get_language())
    return SafeString(  # nosec B703
        "".join(
            usual.filled(
                {"when": escape(line.when), "shown": line.shown, "starts": line.starts, "uuid": line.uuid}
            )
            if line.as_usual
            else render_to_string("events/activity/date.html", {"line": line})
            for line in lines
        )
    )


# What the calendar block says of an activity.
SAID = ("invitation", "button", "webcal", "google", "next_ten", "https")


def _calendar(calendar: links.Links, following: tuple[str, str] | None) -> str:
    words = {name: getattr(calendar, name) for name in SAID}
    if following:
        words["next_in_google"], words["next_as_file"] = following
    block = _calendar_block(get_language(), following is not None)
    return block.filled({name: escape(word) for name, word in words.items()})


@lru_cache(maxsize=32)
def _calendar_block(language: str | None, has_next: bool) -> Prepared:
    following = (hole("next_in_google"), hole("next_as_file")) if has_next else None
    said = {"of": "activity", **{name: hole(name) for name in SAID}}
    return Prepared(
        seal(render_to_string("events/calendar_block.html", {"calendar": said, "next": following}))
    )


@lru_cache(maxsize=32)
def _usual(language: str | None) -> Prepared:
    line = DateLine(uuid=hole("uuid"), when=hole("when"), shown=hole("shown"), starts=hole("starts"))
    return Prepared(seal(render_to_string("events/activity/date.html", {"line": line})))
