"""What a calendar entry says, as facts and not yet as words: so that only a change of facts is a change.

The meaning of an entry is a digest of its facts and times. How they are put into words, the address of the
installation and the drawing of a cover are no part of it.
"""

import datetime
import hashlib
from dataclasses import astuple, dataclass, fields

from events import pictures
from events.addresses import path_of
from events.models import Activity, Occurrence, State
from events.models.occurrence import elsewhen


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """The same on every date of an activity. `path` is its page's address, without the host."""

    title: str
    summary: str
    type: str
    threads: tuple[str, str]
    youngest: int | None
    oldest: int | None
    audience: str
    price: str
    price_note: str
    joining: str
    booking_address: str
    alone: str
    bring: str
    organisers: tuple[str, ...]
    path: str
    picture: str


@dataclass(frozen=True, slots=True)
class DateFacts:
    """What is particular to a date, and the same on most of them."""

    state: str
    reason: str
    notice: str
    moved_from: datetime.datetime | None
    location: str
    position: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an entry says but its time. None of an activity that is not public: no name, place or link."""

    activity: ActivityFacts | None
    date: DateFacts | None


NOTHING = Facts(None, None)


def of_activity(activity: Activity, partners: tuple[str, ...]) -> ActivityFacts:
    """`partners` are the names of co-organisers that the public may see."""
    picture = pictures.photograph(activity)
    return ActivityFacts(
        title=activity.title,
        summary=activity.summary,
        type=activity.type.name,
        threads=(activity.type.warp, activity.type.weft),
        youngest=activity.age_from,
        oldest=activity.age_to,
        audience=activity.audience,
        price="" if activity.price is None else f"{activity.price:.2f}",
        price_note=activity.price_note,
        joining=activity.joining,
        booking_address=activity.booking_address if activity.joining == "book" else "",
        alone=activity.alone,
        bring=activity.bring,
        organisers=(activity.host.name, *partners),
        path=path_of(activity),
        picture="" if picture is None else f"{picture.pk}",
    )


def of_date(occurrence: Occurrence) -> DateFacts:
    """Whether a date is still to come or was held is nothing new to who has it in a calendar.

    `moved_from` is empty where a moved date meets at its old time, in another place.
    """
    state = State(occurrence.state)
    if state == State.HELD:
        state = State.MOVED if occurrence.moved_from else State.SCHEDULED
    venue = occurrence.venue
    return DateFacts(
        state=state.value,
        reason=occurrence.reason if state in {State.CANCELLED, State.MOVED} else "",
        notice=occurrence.notice,
        moved_from=elsewhen(state, occurrence.starts_at, occurrence.moved_from),
        location=venue.address,
        position=(venue.latitude, venue.longitude),
    )


def a_year_after(day: datetime.date) -> datetime.date:
    """The same day of the next year; of 29 February the day before."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def words_of(facts: Facts) -> str:
    """The facts as one text, the same in every version: each that is given, after its name.

    A fact that is added to the classes later changes the text of those entries alone that have it.
    """
    given = []
    for part in (facts.activity, facts.date):
        if part is not None:
            values = zip(fields(part), astuple(part), strict=True)
            given += [f"{field.name}={_as_text(value)}" for field, value in values if value not in ("", None)]
    return "\x1f".join(given)


def meaning(words: str, starts_at: datetime.datetime, ends_at: datetime.datetime) -> bytes:
    """SHA-256 of when, in seconds of UTC, and what."""
    when = f"{starts_at.timestamp():.0f}/{ends_at.timestamp():.0f}"
    return hashlib.sha256(f"{when}\x1f{words}".encode()).digest()


def _as_text(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return f"{value.timestamp():.0f}"
    return "\x1e".join(map(str, value)) if isinstance(value, tuple) else str(value)
