"""The dates of an activity that are not over, as its page tells them.

Plain values and no rows of models: a page may have a hundred of them, and each is only read.
"""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection

from events.models.occurrence import State
from organisations.models import Venue
from places.clock import LONDON

# Cancelled ones too; not those that the schedule itself has dropped.
COMING = """
    SELECT date.uuid, starts_at, ends_at, state, reason, notice, moved_from,
        other.id, other.name, other.street, other.town, other.postcode, other.latitude, other.longitude
    FROM events_occurrence date
    LEFT JOIN organisations_venue other ON other.id = date.venue_id AND other.id <> %(usual)s
    WHERE activity_id = %(activity)s AND ends_at > %(now)s AND NOT withdrawn AND public_since IS NOT NULL
    ORDER BY starts_at, date.id
"""
VENUE = ("id", "name", "street", "town", "postcode", "latitude", "longitude")


@dataclasses.dataclass(frozen=True, slots=True)
class ComingDate:
    """Its times are London's."""

    uuid: uuid.UUID
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    venue: Venue
    state: str = State.SCHEDULED.value
    reason: str = ""
    notice: str = ""
    moved_from: datetime.datetime | None = None

    @property
    def venue_id(self) -> int:
        return self.venue.pk

    @property
    def cancelled(self) -> bool:
        return self.state == State.CANCELLED


def of_activity(key: int, usual: Venue, now: datetime.datetime) -> list[ComingDate]:
    """In order; one query. Where a date says no other venue, it meets at the usual one."""
    with connection.cursor() as cursor:
        cursor.execute(COMING, {"activity": key, "usual": usual.pk, "now": now})
        rows = cursor.fetchall()
    return [
        ComingDate(
            uuid,
            starts_at.astimezone(LONDON),
            ends_at.astimezone(LONDON),
            usual if other[0] is None else venue(other),
            state,
            reason,
            notice,
            moved_from and moved_from.astimezone(LONDON),
        )
        for uuid, starts_at, ends_at, state, reason, notice, moved_from, *other in rows
    ]


def venue(columns: Sequence[Any]) -> Venue:
    """From the columns of VENUE: what a page says of it."""
    return Venue(**dict(zip(VENUE, columns, strict=True)))
