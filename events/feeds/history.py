"""How often what an entry says has changed, and when last: its SEQUENCE and its DTSTAMP. Pure."""

import datetime
from dataclasses import dataclass

from events.feeds import facts
from places import clock


@dataclass(frozen=True, slots=True)
class History:
    """The number of changes since the entry was first written, the moment of the last, the meaning since."""

    sequence: int
    changed_at: datetime.datetime
    meaning: bytes

    def after(self, meaning: bytes, now: datetime.datetime) -> "History":
        """Another meaning is one change more, now. The same is none."""
        return self if meaning == self.meaning else History(self.sequence + 1, now, meaning)

    def as_read(
        self,
        starts_at: datetime.datetime,
        ends_at: datetime.datetime,
        *,
        public_until: datetime.date | None,
        today: datetime.date,
    ) -> "History":
        """What a reader has seen last of an entry that was written with this history.

        Once its host's declaration has run out, it reads as naming nothing: a change that came at the
        midnight after the last public day without anybody writing it.
        """
        if public_until is None or public_until >= today:
            return self
        gone = facts.meaning(facts.words_of(facts.NOTHING), starts_at, ends_at)
        return History(self.sequence + 1, clock.midnight(public_until + datetime.timedelta(days=1)), gone)
