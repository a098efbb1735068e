"""One coming date as pages say it: when, whether it is on, and what has changed."""

import dataclasses
import datetime

from django.utils.translation import gettext as _

from events.coming_dates import ComingDate
from events.models import State
from events.models.occurrence import elsewhen
from events.wording.dates import day_words, time_words, when_markup, when_words
from places.clock import LONDON


@dataclasses.dataclass(frozen=True, slots=True)
class DateLine:
    """`venue` only where it is not the usual one; `reason` of a cancelled date, `notice` of any.

    `moved_from` of a date that was moved to another time; `elsewhere` of one that was moved to another place
    alone.
    """

    uuid: str
    when: str
    shown: str  # the same as markup
    starts: str  # ISO, for <time>
    cancelled: bool = False
    moved_from: str = ""
    elsewhere: bool = False
    reason: str = ""
    notice: str = ""
    venue: str = ""
    on_now: bool = False

    @property
    def as_usual(self) -> bool:
        """Nothing is to be said but when."""
        return not (self.cancelled or self.moved_from or self.notice or self.venue or self.on_now)


def date_line(date: ComingDate, *, now: datetime.datetime, usual_venue: int | None) -> DateLine:
    """The words for a date as they are at that moment."""
    today = now.astimezone(LONDON).date()
    cancelled = date.state == State.CANCELLED
    before = elsewhen(date.state, date.starts_at, date.moved_from)
    is_away = date.venue_id != usual_venue
    return DateLine(
        uuid=str(date.uuid),
        when=when_words(date.starts_at, date.ends_at, today),
        shown=when_markup(date.starts_at, date.ends_at, today),
        starts=date.starts_at.astimezone(LONDON).isoformat(timespec="minutes"),
        cancelled=cancelled,
        moved_from=moment_words(before, today) if before else "",
        elsewhere=date.state == State.MOVED and is_away and not before,
        reason=date.reason if cancelled else "",
        notice=date.notice,
        venue=date.venue.address_on_pages if is_away else "",
        on_now=not cancelled and date.starts_at <= now < date.ends_at,
    )


def moment_words(moment: datetime.datetime, today: datetime.date) -> str:
    """Within a sentence: "today, 4:30 pm", "Tue 24 March, 4:30 pm"."""
    local = moment.astimezone(LONDON)
    near = {0: _("today"), 1: _("tomorrow")}.get((local.date() - today).days)
    return _("%(day)s, %(time)s") % {
        "day": near or day_words(local.date(), today),
        "time": time_words(local.time()),
    }
