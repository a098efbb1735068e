"""Two readers of calendars that know nothing of each other, brought to one form."""

import datetime
from dataclasses import dataclass

import icalendar
import vobject


@dataclass(frozen=True)
class Read:
    """One event as a reader understood it."""

    uid: str
    summary: str
    description: str
    location: str
    status: str
    sequence: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    url: str


def by_icalendar(body: str | bytes) -> list[Read]:
    calendar = icalendar.Calendar.from_ical(body)
    assert not calendar.errors
    return [
        Read(
            uid=str(event["UID"]),
            summary=str(event["SUMMARY"]),
            description=str(event.get("DESCRIPTION", "")),
            location=str(event.get("LOCATION", "")),
            status=str(event["STATUS"]),
            sequence=int(event["SEQUENCE"]),
            starts_at=event["DTSTART"].dt.astimezone(datetime.UTC),
            ends_at=event["DTEND"].dt.astimezone(datetime.UTC),
            url=str(event.get("URL", "")),
        )
        for event in calendar.walk("VEVENT")
    ]


def by_vobject(body: str | bytes) -> list[Read]:
    text = body.decode() if isinstance(body, bytes) else body
    calendar = vobject.readOne(text)

    def of(event: vobject.base.Component, name: str) -> str:
        return getattr(event, name).value if hasattr(event, name) else ""

    return [
        Read(
            uid=event.uid.value,
            summary=of(event, "summary"),
            description=of(event, "description"),
            location=of(event, "location"),
            status=event.status.value,
            sequence=int(event.sequence.value),
            starts_at=event.dtstart.value.astimezone(datetime.UTC),
            ends_at=event.dtend.value.astimezone(datetime.UTC),
            url=of(event, "url"),
        )
        for event in getattr(calendar, "vevent_list", [])
    ]


def events(body: str | bytes) -> list[Read]:
    """What both say; a difference between them fails the test."""
    ours, theirs = by_icalendar(body), by_vobject(body)
    assert ours == theirs
    return ours


def properties(body: str | bytes) -> dict[str, str]:
    """What the calendar says of itself."""
    return {name: str(value) for name, value in icalendar.Calendar.from_ical(body).items()}
