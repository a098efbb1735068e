"""Listings as columns of numbers, read from the database in one query."""

import datetime
import itertools
import json
import uuid
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from events.query import DAYS, TIMES, Known, time_of_day
from events.query.dates import EPOCH

# The arrays of dates come in PostgreSQL's own binary form, which numpy reads ten times as fast as text.
LISTINGS = """
    SELECT activity_id, listing.uuid, public, public_until, organisers, schools, place.slug, type, aims,
        languages, access_yes, access_unknown, audience, age_from, age_to, free, alone,
        listing.latitude, listing.longitude, elsewhere, title, words, array_send(starts), array_send(ends),
        array_send(spots)
    FROM events_listing listing JOIN places_place place ON place.id = listing.place_id
    WHERE generation > %s ORDER BY listing.activity_id
"""
LISTS = """
    SELECT 'types', slug, name, position, '', '' FROM events_activitytype
    UNION ALL SELECT 'access', slug, name, position, '', '' FROM organisations_accessfeature
    UNION ALL SELECT 'languages', slug, name, position, code, autonym FROM events_language
    UNION ALL SELECT 'aims', slug, name, position, '', '' FROM events_aim
    UNION ALL SELECT 'places', slug, name, 0, '', '' FROM places_place
    ORDER BY 1, 4, 3
"""
DAY = 24 * 60
# Of a binary array of whole numbers: five words of header, then each number after its length.
HEADER_AND_LENGTH, PAIR = 6, 2
TIME_CODES = len(TIMES) + 1
CODES = len(DAYS) * TIME_CODES
NOWHERE_ELSE = "[]"


class Row(NamedTuple):
    """A listing as LISTINGS selects it."""

    key: int
    uuid: uuid.UUID
    public: bool
    public_until: datetime.date
    organisers: list[str]
    schools: list[int]
    place: str
    type: str
    aims: list[str]
    languages: list[str]
    access: list[str]
    ask: list[str]
    audience: str
    age_from: int
    age_to: int
    free: bool
    alone: bool
    latitude: float
    longitude: float
    elsewhere: str
    title: str
    words: str
    starts: bytes
    ends: bytes
    spots: bytes


class Spot(NamedTuple):
    """A venue of one listing, with what is known of getting in there."""

    latitude: float
    longitude: float
    access: list[str]
    ask: list[str]


def spots_of(row: Row) -> list[Spot]:
    """The activity's own venue first, whether or not a coming date is there."""
    own = Spot(row.latitude, row.longitude, row.access, row.ask)
    others = json.loads(row.elsewhere) if row.elsewhere != NOWHERE_ELSE else []
    return [
        own,
        *(
            Spot(each["latitude"], each["longitude"], each["access_yes"], each["access_unknown"])
            for each in others
        ),
    ]


def read(since: int) -> list[Row]:
    """Listings written after that generation; all for -1."""
    with connection.cursor() as cursor:
        cursor.execute(LISTINGS, [since])
        return [Row._make(row) for row in cursor.fetchall()]


def read_known() -> Known:
    """The words of every list, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(LISTS)
        rows = cursor.fetchall()
    lists = {
        kind: {slug: name for _, slug, name, *_ in found}
        for kind, found in itertools.groupby(rows, key=lambda row: row[0])
    }
    autonyms = {slug: (code, autonym) for _, slug, _, _, code, autonym in rows if autonym}
    return Known(**lists, autonyms=autonyms)


def numbers(arrays: Iterable[bytes]) -> list[NDArray[np.int32]]:
    """What `array_send` sent."""
    return [np.frombuffer(sent, ">i4")[HEADER_AND_LENGTH::PAIR].astype(np.int32) for sent in arrays]


def day_number(day: datetime.date) -> int:
    return (day - EPOCH.date()).days


def _time_codes() -> NDArray[np.uint8]:
    """The code of each minute of a week: the weekday, and which of the named times it belongs to."""
    names = ["", *TIMES]
    codes = [
        weekday * TIME_CODES + names.index(time_of_day(weekday, minute))
        for weekday in range(len(DAYS))
        for minute in range(DAY)
    ]
    return np.array(codes, dtype=np.uint8)


_CODE_OF_MINUTE = _time_codes()
_FROM_MONDAY = EPOCH.weekday() * DAY


def codes(starts: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Weekday and time of day of each start, as one small number."""
    return _CODE_OF_MINUTE[(starts + _FROM_MONDAY) % len(_CODE_OF_MINUTE)]


def codes_of(days: Iterable[str], times: Iterable[str]) -> NDArray[np.intp]:
    """The codes that are on one of the days and at one of the times; none of a kind means any."""
    weekdays = [DAYS.index(day) for day in days] or range(len(DAYS))
    clock = [1 + list(TIMES).index(time) for time in times] or range(TIME_CODES)
    return np.array([weekday * TIME_CODES + time for weekday in weekdays for time in clock])
