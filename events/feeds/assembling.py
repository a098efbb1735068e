"""Joins stored entries to the body of a feed: one query, and one more for words new to this worker.

Nothing is rendered unless an entry is out of date: its words were made by another renderer or for another
address, or its host's declaration has run out since. Then that entry is rendered as the feed goes.
"""

import contextlib
import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from django.db import connection, transaction
from django.utils import timezone
from psycopg.types.string import ByteaBinaryLoader

from events.feeds import entries, icalendar, sources
from events.feeds.feed import MOST, Feed, Wanted, Window
from events.feeds.words_store import Text, WordsGoneError, store
from events.models import CalendarEntry
from events.query import DAYS, TIMES

BEGIN = b"BEGIN:VEVENT\r\n"
CANCELLED, SHOWN = b"\r\nSTATUS:CANCELLED\r\n", b"\r\nSTATUS:CONFIRMED\r\n"
# The binary form of an array of bigint: five words of header, then each number after its length.
HEADER_BYTES = 20
ITEM = np.dtype([("length", ">i4"), ("number", ">i8")])

# Coming dates come first; only what room they leave is for those of the last 90 days, the latest first.
COMING = """
    SELECT e.occurrence_id, e.starts_at, e.words_id, e.text, e.public_until < %(on)s AS lapsed
    FROM events_calendarentry e {join}
    WHERE {filter} AND e.starts_at >= %(today)s AND e.starts_at < %(last)s
    ORDER BY e.starts_at, e.occurrence_id LIMIT %(most)s
"""
PAST = """
    SELECT * FROM (
        SELECT e.occurrence_id, e.starts_at, e.words_id, e.text, e.public_until < %(on)s AS lapsed
        FROM events_calendarentry e {join}
        WHERE {filter} AND e.starts_at >= %(first)s AND e.starts_at < %(today)s
        ORDER BY e.starts_at DESC, e.occurrence_id DESC LIMIT %(most)s - coming.number
    ) AS latest ORDER BY starts_at, occurrence_id
"""
# Joined as they are found, and beside each other: neither ten thousand rows nor what they make is put down
# and taken up again.
JOIN = """
    SELECT string_agg(text, '') AS own, array_send(array_agg(words_id)) AS words, bool_or(lapsed) AS lapsed,
        count(*) AS number
"""
JOINED = f"""
    SELECT past.own, past.words, past.lapsed, coming.own, coming.words, coming.lapsed
    FROM ({JOIN} FROM ({COMING}) AS dates) AS coming, LATERAL ({JOIN} FROM ({PAST}) AS dates) AS past
"""  # noqa: S608 (all of it is ours) # nosec B608
LISTED = f"""
    WITH dates AS MATERIALIZED ({COMING}), past AS MATERIALIZED (
        SELECT past.* FROM (SELECT count(*) AS number FROM dates) AS coming, LATERAL ({PAST}) AS past
    )
    SELECT occurrence_id, words_id, lapsed, text FROM (TABLE past UNION ALL TABLE dates) AS selected
"""  # noqa: S608 (all of it is ours) # nosec B608
# Helpers of the database take longer to start than all this takes. Of many activities the dates are found by
# going through time, of few by going through them; the planner thinks too well of the latter.
PLANNED = """
    SELECT set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true),
        set_config('enable_sort', %s, true)
"""
# A bit for each activity: of a list of thousands the planner would look at every one, several times over.
AMONG_MANY = """
    CASE WHEN e.activity_id < %(known)s THEN get_bit(%(bits)s::bytea, e.activity_id) = 1 ELSE FALSE END
"""
ATTEMPTS = 3
LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
FAR_AHEAD = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)
OCCURRENCE = "JOIN events_occurrence o ON o.id = e.occurrence_id"


@dataclass(frozen=True, slots=True)
class Body:
    """The finished calendar, and a digest of all that is in it."""

    text: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Parts:
    """All entries' own lines, one after the other, and the words of each; both in order."""

    own: bytes
    words: list[Text]


NOTHING = Parts(b"", [])


def assemble(feed: Feed, now: datetime.datetime) -> Body:
    """1. Read the dates' own lines, joined, and the keys of their words.

    2. Take the words from memory, or read them.
    3. Where an entry is out of date, read them one by one and render those.
    4. Put own lines and words together. The digest is of the own lines and of the words' digests, which is a
       digest of the whole at a quarter of the cost.
    """
    opening, closing = icalendar.opening(feed.heading).encode(), icalendar.CLOSING.encode()
    parts = _parts(feed.wanted, now) if feed.wanted else NOTHING
    pieces = [BEGIN] * (3 * len(parts.words))
    pieces[1::3] = parts.own.split(BEGIN)[1:]
    pieces[2::3] = [text for text, _ in parts.words]
    text = b"".join([opening, *pieces, closing])
    digest = hashlib.sha256(opening)
    digest.update(parts.own)
    digest.update(b"".join([digest for _, digest in parts.words]))
    if feed.shows_cancelled:
        text = text.replace(CANCELLED, SHOWN)
        digest.update(b"shown")
    return Body(text, digest.hexdigest()[:32])


def _parts(wanted: Wanted, now: datetime.datetime) -> Parts:
    """Own lines and words of each entry. Words that went while we were reading are asked for again."""
    for _attempt in range(ATTEMPTS - 1):
        with contextlib.suppress(WordsGoneError):
            return _joined(wanted, now)
    return _joined(wanted, now)


def _joined(wanted: Wanted, now: datetime.datetime) -> Parts:
    if wanted.anew:
        return _rendered(wanted, now)
    row = _query(JOINED, wanted, now)[0]
    found = [part for part in (row[:3], row[3:]) if part[0] is not None]
    numbers = [number for _, keys, _ in found for number in _numbers_in(keys)]
    known = store.get(set(numbers))
    if any(lapsed for _, _, lapsed in found) or None in known.values():
        return _rendered(wanted, now)
    return Parts(b"".join([own for own, _, _ in found]), list(map(known.__getitem__, numbers)))  # ty: ignore[invalid-argument-type] (none is None)


def _numbers_in(keys: bytes) -> list[int]:
    return np.frombuffer(keys, dtype=ITEM, offset=HEADER_BYTES)["number"].tolist()  # ty: ignore[invalid-argument-type] (a record)


def _rendered(wanted: Wanted, now: datetime.datetime) -> Parts:
    rows = _query(LISTED, wanted, now)
    known = store.get({key for _, key, _, _ in rows})
    outdated = [
        occurrence for occurrence, key, lapsed, _ in rows if wanted.anew or lapsed or known[key] is None
    ]
    anew = _render(outdated, timezone.localdate(now))
    entire = [anew.get(occurrence, (own, known[key])) for occurrence, key, _, own in rows]
    found = [(own, text) for own, text in entire if text is not None]
    return Parts(b"".join([own for own, _ in found]), [text for _, text in found])


def _render(occurrences: Sequence[int], today: datetime.date) -> dict[int, tuple[bytes, Text]]:
    found = CalendarEntry.objects.filter(pk__in=occurrences).select_related("occurrence__venue")
    stored = list(found.defer("text"))
    made = sources.read(sorted({entry.activity_id for entry in stored}), today)
    parts: dict[int, tuple[bytes, Text]] = {}
    for entry in stored:
        date, source = entry.occurrence, made[entry.activity_id]
        words = source.words_of(date)
        own = entries.own_text(date, entries.as_read(entry, date, today))
        parts[entry.pk] = own.encode(), (words.text.encode(), words.digest)
    return parts


def _query(select: str, wanted: Wanted, now: datetime.datetime) -> list[tuple[Any, ...]]:
    """Texts arrive as octets, in PostgreSQL's binary form: nothing is decoded only to be encoded again."""
    today = timezone.localdate(now)
    window = Window.on(today)
    conditions, join = ["TRUE"], ""
    parameters: dict[str, Any] = {}
    if wanted.activities is not None and wanted.is_broad:
        bits = _bits(wanted.activities)
        conditions.append(AMONG_MANY)
        parameters |= {"bits": bits, "known": len(bits) * 8}
    elif wanted.activities is not None:
        conditions.append("e.activity_id = ANY(%(activities)s::int[])")
        parameters["activities"] = list(wanted.activities)
    if wanted.occurrence is not None:
        conditions.append("e.occurrence_id = %(occurrence)s")
        parameters["occurrence"] = wanted.occurrence
    if wanted.next:
        join = OCCURRENCE
        conditions.append("o.state <> 'cancelled' AND o.ends_at > %(now)s AND e.public_until >= %(on)s")
        conditions.append("e.starts_at >= %(today)s")
    if wanted.days or wanted.times:
        join = OCCURRENCE
        conditions.append(f"({_meets('e.starts_at', wanted)} OR {_meets('o.moved_from', wanted)})")
    sql = select.format(join=join, filter=" AND ".join(conditions))
    parameters |= {
        "on": today,
        "now": now,
        "first": window.first if wanted.occurrence is None else LONG_AGO,
        "today": window.today,
        "last": window.last if wanted.occurrence is None else FAR_AHEAD,
        "most": wanted.next or MOST,
    }
    with transaction.atomic(), psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(PLANNED, ["off" if wanted.is_broad else "on"], prepare=False)
        cursor.adapters.register_loader("text", ByteaBinaryLoader)
        # Another plan for each question: one for all would suit none.
        cursor.execute(sql, parameters, binary=True, prepare=False)  # ty: ignore[invalid-argument-type] (all of it is ours)
        return cursor.fetchall()


def _bits(keys: Sequence[int]) -> bytes:
    """As `get_bit` counts them: bit 0 is the lowest of the first octet."""
    marks = np.zeros(max(keys, default=0) + 1, dtype=bool)
    marks[list(keys)] = True
    return np.packbits(marks, bitorder="little").tobytes()


def _meets(column: str, wanted: Wanted) -> str:
    """SQL for `events.query.meets`. A date that was moved away keeps its place in the feed it was in."""
    local = f"({column} AT TIME ZONE 'Europe/London')"
    weekday = f"EXTRACT(ISODOW FROM {local})::int - 1"
    minute = f"(EXTRACT(HOUR FROM {local}) * 60 + EXTRACT(MINUTE FROM {local}))"
    tests = []
    if wanted.days:
        tests.append(f"{weekday} IN ({_numbers(DAYS.index(day) for day in wanted.days)})")
    if wanted.times:
        spans = [TIMES[name] for name in wanted.times]
        tests.append(
            "("
            + " OR ".join(
                f"{weekday} IN ({_numbers(days)}) AND {minute} >= {first} AND {minute} < {before}"
                for days, first, before in spans
            )
            + ")"
        )
    return f"({' AND '.join(tests)})"


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(str(int(number)) for number in numbers)
