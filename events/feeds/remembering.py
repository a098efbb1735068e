"""What lets an unchanged feed be answered without building it.

The ETag of a question's feed is kept in the database with the generations of what the question can reach,
and the day: all workers share it, and it lives through restarts. Finished bodies are kept in each worker's
memory.
"""

import datetime
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from events.feeds.feed import Body, Feed, Reach, Stamp
from events.feeds.zipping import Zipping
from events.models import FeedTag
from organisations.models import INSTALLATION

BUDGET = 32 * 1024 * 1024  # bytes of bodies a worker
KEPT_DAYS = 60

# One round trip: where the installation stands, where what the question can reach stands, and the tag.
STATE = """
    SELECT everywhere.number, everywhere.changed_at, reach.number, reach.changed_at,
        tag.number, tag.raised_at, tag.day, tag.etag, tag.modified_at
    FROM (SELECT 1) AS one
    LEFT JOIN organisations_generation everywhere
        ON everywhere.scope = 'installation' AND everywhere.subject = %(installation)s
    CROSS JOIN (
        SELECT coalesce(sum(number), 0)::bigint AS number, max(changed_at) AS changed_at
        FROM organisations_generation
        WHERE (scope, subject) IN (SELECT * FROM unnest(%(scopes)s::text[], %(subjects)s::uuid[]))
    ) AS reach
    LEFT JOIN events_feedtag tag ON tag.key = %(key)s
"""
# The tag is a memory, not a fact: an answer need not wait until it is on the disk.
KEEP = """
    WITH hurried AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO events_feedtag AS tag (key, number, raised_at, day, etag, modified_at)
    SELECT %(key)s, %(number)s, %(raised_at)s, %(day)s, %(etag)s, %(modified_at)s FROM hurried
    ON CONFLICT (key) DO UPDATE SET number = excluded.number, raised_at = excluded.raised_at,
        day = excluded.day, etag = excluded.etag, modified_at = excluded.modified_at
"""


@dataclass(frozen=True, slots=True)
class Tag:
    """What was remembered of a feed when it was last built."""

    stamp: Stamp
    day: datetime.date
    etag: str
    modified_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class State:
    """Where generations stand now, and the tag, if there is one."""

    everywhere: Stamp
    reach: Stamp
    tag: Tag | None

    def holds(self, today: datetime.date) -> bool:
        """Whether the feed is still what it was when the tag was written."""
        return self.tag is not None and self.tag.stamp == self.reach and self.tag.day == today


def state(key: str, reach: Reach) -> State:
    with connection.cursor() as cursor:
        cursor.execute(
            STATE,
            {
                "installation": INSTALLATION,
                "scopes": [scope for scope, _ in reach],
                "subjects": [subject for _, subject in reach],
                "key": key,
            },
        )
        row: Any = cursor.fetchone()
    number, changed_at, reached, reached_at, *tag = row
    return State(
        everywhere=(number or 0, changed_at),
        reach=(reached, reached_at),
        tag=None if tag[0] is None else Tag((tag[0], tag[1]), *tag[2:]),
    )


def tagged(key: str, etag: str, was: State, *, since: datetime.datetime) -> Tag:
    """Remember the ETag of a feed that was just built from what `was` before it was read.

    It is another by a change, or by the time that has come: `since` then, of today.
    The same ETag as last time keeps its moment. Another is never of the same second as the one before, so
    that If-Modified-Since can tell them apart.
    """
    if was.tag is not None and was.tag.etag == etag:
        modified_at = was.tag.modified_at
    else:
        modified_at = max(was.reach[1] or since, since).replace(microsecond=0)
        if was.tag is not None:
            modified_at = max(modified_at, was.tag.modified_at + datetime.timedelta(seconds=1))
    today = timezone.localdate(since)
    with connection.cursor() as cursor:
        number, raised_at = was.reach
        values: dict[str, Any] = {"key": key, "number": number, "raised_at": raised_at, "day": today}
        cursor.execute(KEEP, {**values, "etag": etag, "modified_at": modified_at})
    return Tag(was.reach, today, etag, modified_at)


def forget_unasked(today: datetime.date, *, dry_run: bool = False) -> int:
    """Tags of questions that nobody has asked for 60 days go; returns how many."""
    old = FeedTag.objects.filter(day__lt=today - datetime.timedelta(days=KEPT_DAYS))
    return old.count() if dry_run else old.delete()[0]


@dataclass(slots=True)
class Kept:
    """A finished body in this worker's memory. `zipped` is made when somebody asks for it; `zipping` is under
    way where somebody did before the body was finished."""

    stamp: Stamp
    day: datetime.date
    body: Body
    zipped: bytes = b""
    zipping: Zipping | None = None

    @property
    def weight(self) -> int:
        return sum(map(len, self.body.pieces)) + len(self.zipped)


@dataclass(slots=True)
class Read:
    """A question as this worker has understood it, and when."""

    stamp: Stamp
    day: datetime.date
    feed: Feed


class Memory:
    """Bodies within a budget of bytes, questions within a number; the least recently used leave first."""

    def __init__(self, budget: int, questions: int) -> None:
        self.budget, self.most_questions = budget, questions
        self.weight = 0
        self._bodies: OrderedDict[str, tuple[Kept, int]] = OrderedDict()
        self._questions: OrderedDict[str, Read] = OrderedDict()
        self._lock = threading.Lock()

    def question(self, key: str) -> Read | None:
        with self._lock:
            if (read := self._questions.get(key)) is not None:
                self._questions.move_to_end(key)
            return read

    def keep_question(self, key: str, read: Read) -> None:
        with self._lock:
            self._questions[key] = read
            self._questions.move_to_end(key)
            while len(self._questions) > self.most_questions:
                self._questions.popitem(last=False)

    def body(self, key: str, stamp: Stamp, day: datetime.date) -> Kept | None:
        with self._lock:
            found = self._bodies.get(key)
            if found is None or (found[0].stamp, found[0].day) != (stamp, day):
                return None
            self._bodies.move_to_end(key)
            return found[0]

    def keep_body(self, key: str, kept: Kept) -> None:
        """Also after it was compressed, to weigh it again."""
        weight = kept.weight
        with self._lock:
            if (old := self._bodies.pop(key, None)) is not None:
                self.weight -= old[1]
            if weight > self.budget:
                return
            self._bodies[key] = (kept, weight)
            self.weight += weight
            while self.weight > self.budget:
                self.weight -= self._bodies.popitem(last=False)[1][1]

    def let_go(self, key: str) -> None:
        """Body and question: what somebody asked is not to be kept."""
        with self._lock:
            self._questions.pop(key, None)
            if (old := self._bodies.pop(key, None)) is not None:
                self.weight -= old[1]

    def clear(self) -> None:
        with self._lock:
            self._bodies.clear()
            self._questions.clear()
            self.weight = 0


memory = Memory(BUDGET, questions=2_000)


def zipped(key: str, kept: Kept) -> bytes:
    """The body compressed: the same octets each time, without a date in them."""
    if not kept.zipped:
        # Taken away before it is asked: one that failed is not asked again.
        zipping, kept.zipping = kept.zipping or Zipping(kept.body.pieces), None
        kept.zipped = zipping.finish()
        memory.keep_body(key, kept)
    return kept.zipped
