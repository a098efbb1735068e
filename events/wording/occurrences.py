"""One coming date as pages say it: when, whether it is on, and what has changed."""

import dataclasses
import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Occurrence, State
from events.wording.dates import day_words, time_words, when_words


@dataclasses.dataclass(frozen=True, slots=True)
class DateLine:
    """`venue` only where it is not the usual one; `reason` of a cancelled date, `notice` of any."""

    uuid: str
    when: str
    starts: str  # ISO, for <time>
    cancelled: bool = False
    moved_from: str = ""
    reason: str = ""
    notice: str = ""
    venue: str = ""
    on_now: bool = False

    @property
    def as_usual(self) -> bool:
        """Nothing is to be said but when."""
        return not (self.cancelled or self.moved_from or self.notice or self.venue or self.on_now)


def date_line(occurrence: Occurrence, *, now: datetime.datetime, usual_venue: int | None) -> DateLine:
    """The words for a date as they are at that moment."""
    today = timezone.localdate(now)
    cancelled = occurrence.state == State.CANCELLED
    moved = occurrence.state == State.MOVED and occurrence.moved_from
    return DateLine(
        uuid=str(occurrence.uuid),
        when=when_words(occurrence.starts_at, occurrence.ends_at, today),
        starts=timezone.localtime(occurrence.starts_at).isoformat(timespec="minutes"),
        cancelled=cancelled,
        moved_from=moment_words(occurrence.moved_from, today) if moved else "",
        reason=occurrence.reason if cancelled else "",
        notice=occurrence.notice,
        venue=occurrence.venue.address if occurrence.venue_id != usual_venue else "",
        on_now=not cancelled and occurrence.starts_at <= now < occurrence.ends_at,
    )


def moment_words(moment: datetime.datetime, today: datetime.date) -> str:
    """ "Tue 24 March, 4:30 pm"."""
    local = timezone.localtime(moment)
    return _("%(day)s, %(time)s") % {"day": day_words(local.date(), today), "time": time_words(local.time())}
