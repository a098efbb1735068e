"""Reads stored entries: of the dates to come, and of the last 90 days what these leave room for."""

import contextlib
import datetime
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import psycopg
from django.db import connection, transaction
from django.utils import timezone
from numpy.typing import NDArray
from psycopg.types.string import ByteaBinaryLoader

from events.feeds.feed import MOST, Keys, Wanted, Window
from events.query import DAYS, TIMES

BEGIN = b"BEGIN:VEVENT\r\n"
# The binary form of an array of bigint: five words of header, then each number after its length.
HEADER_BYTES = 20
ITEM = np.dtype([("length", ">i4"), ("number", ">i8")])
NOTHING = np.empty(0, dtype=np.int64)

# Put together as they are found: ten thousand rows take Python longer than all else that a feed costs.
DATES = """
    SELECT array_send(array_agg(occurrence_id)), array_send(array_agg(activity_id::bigint)),
        array_send(array_agg(CASE WHEN public_until < %(on)s THEN -words_id ELSE words_id END)),
        string_agg(text, '')
    FROM (
        SELECT e.occurrence_id, e.activity_id, e.words_id, e.text, e.public_until
        FROM events_calendarentry e {join}
        WHERE {filter} AND e.starts_at >= %(first)s AND e.starts_at < %(last)s
        ORDER BY e.starts_at {order}, e.occurrence_id {order} LIMIT %(most)s
    ) AS dates
"""
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
LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
FAR_AHEAD = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)
OCCURRENCE = "JOIN events_occurrence o ON o.id = e.occurrence_id"


@dataclass(frozen=True, slots=True)
class Dates:
    """Columns: of each date its key and those of its activity and its words, whether its host's declaration
    has run out since, and its own lines after the first, which all have."""

    key: NDArray[np.int64]
    activity: NDArray[np.int64]
    words: NDArray[np.int64]
    lapsed: NDArray[np.bool_]
    own: list[bytes]

    def backwards(self) -> "Dates":
        numbers = self.key[::-1], self.activity[::-1], self.words[::-1], self.lapsed[::-1]
        return Dates(*numbers, self.own[::-1])

    def followed_by(self, other: "Dates") -> "Dates":
        return Dates(
            np.concatenate([self.key, other.key]),
            np.concatenate([self.activity, other.activity]),
            np.concatenate([self.words, other.words]),
            np.concatenate([self.lapsed, other.lapsed]),
            self.own + other.own,
        )


class _Which(NamedTuple):
    """Which dates are asked for, as SQL with its parameters."""

    join: str
    filter: str
    parameters: Mapping[str, Any]


def read(wanted: Wanted, now: datetime.datetime) -> Dates:
    """In the order of time. Coming dates come first; only what room they leave is for those of the last 90
    days, the latest first. No date goes from one side of midnight to the other between the two queries:
    what has begun stays where it was, and nothing is moved to a day that is over.
    """
    window, most, which = Window.on(timezone.localdate(now)), wanted.next or MOST, _which(wanted, now)
    with _cursor(goes_through_time=wanted.is_broad) as cursor:
        if wanted.occurrence is not None:
            return _dates(cursor, which, LONG_AGO, FAR_AHEAD, most=1)
        coming = _dates(cursor, which, window.today, window.last, most=most)
        room = 0 if wanted.next else most - len(coming.own)
        if not room:
            return coming
        past = _dates(cursor, which, window.first, window.today, most=room, order="DESC")
        return past.backwards().followed_by(coming)


def soonest(now: datetime.datetime, *, most: int) -> Dates:
    """Of everything, the dates to come."""
    window = Window.on(timezone.localdate(now))
    with _cursor(goes_through_time=True) as cursor:
        return _dates(cursor, _which(Wanted(), now), window.today, window.last, most=most)


@contextlib.contextmanager
def _cursor(*, goes_through_time: bool) -> Generator[psycopg.Cursor[Any]]:
    """Texts arrive as octets, in PostgreSQL's binary form: nothing is decoded only to be encoded again."""
    with transaction.atomic(), psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(PLANNED, ["off" if goes_through_time else "on"], prepare=False)
        cursor.adapters.register_loader("text", ByteaBinaryLoader)
        yield cursor


def _dates(
    cursor: psycopg.Cursor[Any],
    which: _Which,
    first: datetime.datetime,
    last: datetime.datetime,
    *,
    most: int,
    order: str = "ASC",
) -> Dates:
    sql = DATES.format(join=which.join, filter=which.filter, order=order)
    parameters = {**which.parameters, "first": first, "last": last, "most": most}
    # Another plan for each question: one for all would suit none.
    cursor.execute(sql, parameters, binary=True, prepare=False)  # ty: ignore[invalid-argument-type] (all of it is ours)
    [[*numbers, own]] = cursor.fetchall()
    if own is None:
        return Dates(NOTHING, NOTHING, NOTHING, NOTHING.astype(bool), [])
    keys, activities, words = (_numbers_in(each) for each in numbers)
    return Dates(keys, activities, abs(words), words < 0, own.split(BEGIN)[1:])


def _numbers_in(array: bytes) -> NDArray[np.int64]:
    return np.frombuffer(array, dtype=ITEM, offset=HEADER_BYTES)["number"].astype(np.int64)  # ty: ignore[invalid-argument-type] (a record)


def _which(wanted: Wanted, now: datetime.datetime) -> _Which:
    conditions, join = ["TRUE"], ""
    parameters: dict[str, Any] = {"on": timezone.localdate(now), "now": now}
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
    if wanted.days or wanted.times:
        join = OCCURRENCE
        conditions.append(f"({_meets('e.starts_at', wanted)} OR {_meets('o.moved_from', wanted)})")
    return _Which(join, " AND ".join(conditions), parameters)


def _bits(keys: Keys) -> bytes:
    """As `get_bit` counts them: bit 0 is the lowest of the first octet."""
    return np.packbits(marked(keys), bitorder="little").tobytes()


def marked(keys: Keys) -> NDArray[np.bool_]:
    """A mark for each number up to the greatest of these, at those that are."""
    at = np.asarray(keys, dtype=np.int64)
    marks = np.zeros(int(at.max(initial=-1)) + 1, dtype=bool)
    marks[at] = True
    return marks


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
