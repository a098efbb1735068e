"""Joins stored entries to the body of a feed: one query, and one more for words new to this worker.

Nothing is rendered unless an entry is out of date: its words were made by another renderer or for another
address, or its host's declaration has run out since. Then that entry is rendered as the feed goes.
"""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from django.db import connection
from psycopg.types.string import ByteaBinaryLoader

from events.feeds import entries, icalendar, sources
from events.feeds.feed import MOST, Feed, Wanted, Window
from events.feeds.words_store import WordsGoneError, store
from events.models import CalendarEntry
from events.query import DAYS, TIMES

BEGIN = b"BEGIN:VEVENT\r\n"
CANCELLED, SHOWN = b"\r\nSTATUS:CANCELLED\r\n", b"\r\nSTATUS:CONFIRMED\r\n"
# The binary form of an array of bigint: five words of header, then each number after its length.
HEADER_BYTES = 20
ITEM = np.dtype([("length", ">i4"), ("number", ">i8")])

# Coming dates come first; only what room they leave is for those of the last 90 days, the latest first.
SELECTED = """
    WITH coming AS MATERIALIZED (
        SELECT e.occurrence_id, e.starts_at, e.words_id, e.text, e.public_until < %(on)s AS lapsed
        FROM events_calendarentry e {join}
        WHERE {filter} AND e.starts_at >= %(today)s AND e.starts_at < %(last)s
        ORDER BY e.starts_at, e.occurrence_id LIMIT %(most)s
    ), past AS MATERIALIZED (
        SELECT e.occurrence_id, e.starts_at, e.words_id, e.text, e.public_until < %(on)s AS lapsed
        FROM events_calendarentry e {join}
        WHERE {filter} AND e.starts_at >= %(first)s AND e.starts_at < %(today)s
        ORDER BY e.starts_at DESC, e.occurrence_id DESC LIMIT %(most)s - (SELECT count(*) FROM coming)
    ), selected AS (
        (SELECT * FROM past ORDER BY starts_at, occurrence_id) UNION ALL SELECT * FROM coming
    )
"""
JOINED = "SELECT string_agg(text, ''), array_send(array_agg(words_id)), bool_or(lapsed) FROM selected"
LISTED = "SELECT occurrence_id, words_id, lapsed, text FROM selected"
LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
FAR_AHEAD = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)
OCCURRENCE = "JOIN events_occurrence o ON o.id = e.occurrence_id"


@dataclass(frozen=True, slots=True)
class Body:
    """The finished calendar, and a digest of all that is in it."""

    text: bytes
    digest: str


def assemble(feed: Feed, window: Window, today: datetime.date) -> Body:
    """1. Read the dates' own lines, joined, and the keys of their words.

    2. Take the words from memory, or read them.
    3. Where an entry is out of date, read them one by one and render those.
    4. Put own lines and words together. The digest is of the own lines and of the words' digests, which is a
       digest of the whole at a quarter of the cost.
    """
    opening, closing = icalendar.opening(feed.heading).encode(), icalendar.CLOSING.encode()
    parts = _parts(feed.wanted, window, today) if feed.wanted else []
    digest = hashlib.sha256(opening)
    digest.update(b"".join([piece for own, (_, words_digest) in parts for piece in (own, words_digest)]))
    pieces = [opening]
    for own, (words, _) in parts:
        pieces += (own, words)
    text = b"".join([*pieces, closing])
    if feed.shows_cancelled:
        text = text.replace(CANCELLED, SHOWN)
        digest.update(b"shown")
    return Body(text, digest.hexdigest()[:32])


Part = tuple[bytes, tuple[bytes, bytes]]


def _parts(wanted: Wanted, window: Window, today: datetime.date) -> list[Part]:
    """Own lines and words of each entry. Words that went while we were reading are asked for once more."""
    for attempt in range(3):
        try:
            return _joined(wanted, window, today)
        except WordsGoneError:
            if attempt == 2:
                raise
    return []


def _joined(wanted: Wanted, window: Window, today: datetime.date) -> list[Part]:
    if wanted.anew:
        return _rendered(wanted, window, today)
    own, keys, has_lapsed = _query(JOINED, wanted, window, today)[0]
    if own is None:
        return []
    items: Any = np.frombuffer(keys, dtype=ITEM, offset=HEADER_BYTES)
    numbers = items["number"].tolist()
    words = store.get(set(numbers))
    if has_lapsed or any(found is None for found in words.values()):
        return _rendered(wanted, window, today)
    own_texts = own.split(BEGIN)[1:]
    return [(BEGIN + text, words[key]) for text, key in zip(own_texts, numbers, strict=True)]  # ty: ignore[invalid-explicit-return]


def _rendered(wanted: Wanted, window: Window, today: datetime.date) -> list[Part]:
    rows = _query(LISTED, wanted, window, today)
    words = store.get({key for _, key, _, _ in rows})
    outdated = [
        occurrence for occurrence, key, lapsed, _ in rows if wanted.anew or lapsed or words[key] is None
    ]
    anew = _render(outdated, today)
    return [  # ty: ignore[invalid-explicit-return]
        anew[occurrence] if occurrence in anew else (own, words[key])
        for occurrence, key, _, own in rows
        if occurrence in anew or words[key] is not None
    ]


def _render(occurrences: Sequence[int], today: datetime.date) -> dict[int, Part]:
    found = CalendarEntry.objects.filter(pk__in=occurrences).select_related("occurrence__venue")
    stored = list(found.defer("text"))
    made = sources.read(sorted({entry.activity_id for entry in stored}), today)
    parts: dict[int, Part] = {}
    for entry in stored:
        date, source = entry.occurrence, made[entry.activity_id]
        words = source.words_of(date)
        own = entries.own_text(date, entries.as_read(entry, date, today))
        parts[entry.pk] = own.encode(), (words.text.encode(), words.digest)
    return parts


def _query(select: str, wanted: Wanted, window: Window, today: datetime.date) -> list[tuple[Any, ...]]:
    """Texts arrive as octets, in PostgreSQL's binary form: nothing is decoded only to be encoded again."""
    conditions, join = ["TRUE"], ""
    parameters: dict[str, Any] = {}
    if wanted.activities is not None:
        conditions.append("e.activity_id = ANY(%(activities)s::bigint[])")
        parameters["activities"] = list(wanted.activities)
    if wanted.occurrence is not None:
        conditions.append("e.occurrence_id = %(occurrence)s")
        parameters["occurrence"] = wanted.occurrence
    if wanted.next:
        join = OCCURRENCE
        conditions.append("o.state <> 'cancelled' AND e.starts_at >= %(today)s")
    if wanted.days or wanted.times:
        join = OCCURRENCE
        conditions.append(f"({_meets('e.starts_at', wanted)} OR {_meets('o.moved_from', wanted)})")
    sql = SELECTED.format(join=join, filter=" AND ".join(conditions)) + select
    parameters |= {
        "on": today,
        "first": window.first if wanted.occurrence is None else LONG_AGO,
        "today": window.today,
        "last": window.last if wanted.occurrence is None else FAR_AHEAD,
        "most": wanted.next or MOST,
    }
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.adapters.register_loader("text", ByteaBinaryLoader)
        cursor.execute(sql, parameters, binary=True)  # ty: ignore[invalid-argument-type] (all of it is ours)
        return cursor.fetchall()


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
