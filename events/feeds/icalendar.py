"""iCalendar text (RFC 5545, RFC 7986), as real calendar apps need it. Plain values in, text out.

Written by hand because a feed holds thousands of events: objects of a library cost a hundred times as much.
What is alike on many dates of an activity is rendered once (`lines`) and follows each date's `own_lines`.

- Lines end in CRLF and are folded at 75 octets, never inside a character.
- Times are London's, with TZID and one short VTIMEZONE; the second of two equal local times is written in
  UTC, because a local time that happens twice means the first (RFC 5545, 3.3.5).
- No METHOD: `PUBLISH` would ask for an ORGANIZER (RFC 5546), and nobody is invited.
- No UID on the VCALENDAR: a real client then collapses the feed into one item.
"""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

from places.clock import LONDON

FOLD_AT = 75
# Control characters that no calendar text may hold, and halves of characters that no encoding has.
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
# Every kind of line end, those included at which some readers wrongly break lines.
LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
NOT_IN_ADDRESSES = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]")
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})

TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")
CLOSING = "END:VCALENDAR\r\n"


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"
    TENTATIVE = "TENTATIVE"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a calendar says of itself. `source` is where it can be read again, `page` the same for people."""

    name: str
    description: str
    source: str
    page: str
    color: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What an event says besides its time. `position` is latitude and longitude, `image` a raster picture."""

    summary: str
    status: Status = Status.CONFIRMED
    description: str = ""
    location: str = ""
    position: tuple[float, float] | None = None
    page: str = ""
    image: str = ""
    category: str = ""
    color: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """Which event it is, when, and its history. `changed_at` is the last change of its meaning."""

    uid: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    sequence: int
    changed_at: datetime.datetime


def calendar(heading: Heading, events: str) -> str:
    """The whole calendar around events that are text already."""
    return f"{opening(heading)}{events}{CLOSING}"


def opening(heading: Heading) -> str:
    """Everything before the first event."""
    return "".join(
        [
            "BEGIN:VCALENDAR\r\n",
            "VERSION:2.0\r\n",
            "PRODID:-//Mingle//Calendar//EN\r\n",
            "CALSCALE:GREGORIAN\r\n",
            text_line("NAME", heading.name),
            text_line("X-WR-CALNAME", heading.name),
            text_line("DESCRIPTION", heading.description),
            text_line("X-WR-CALDESC", heading.description),
            "X-WR-TIMEZONE:Europe/London\r\n",
            "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n",
            "X-PUBLISHED-TTL:PT6H\r\n",
            address_line("SOURCE;VALUE=URI", heading.source),
            address_line("URL", heading.page),
            text_line("COLOR", heading.color),
            TIMEZONE,
        ]
    )


def event(moment: Moment, said: Said) -> str:
    """One VEVENT."""
    return own_lines(moment) + lines(said)


def own_lines(moment: Moment) -> str:
    """The beginning of a VEVENT: what no other event has."""
    changed = utc(moment.changed_at)
    return (
        f"BEGIN:VEVENT\r\nUID:{moment.uid}\r\nSEQUENCE:{moment.sequence}\r\n"
        f"DTSTAMP:{changed}\r\nLAST-MODIFIED:{changed}\r\n"
        f"DTSTART{local(moment.starts_at)}\r\nDTEND{local(moment.ends_at)}\r\n"
    )


def lines(said: Said) -> str:
    """What an event says, to its end. A cancelled date keeps nobody's afternoon busy."""
    transparency = "TRANSPARENT" if said.status == Status.CANCELLED else "OPAQUE"
    return "".join(
        [
            text_line("SUMMARY", said.summary),
            f"STATUS:{said.status}\r\nTRANSP:{transparency}\r\n",
            text_line("DESCRIPTION", said.description),
            text_line("LOCATION", said.location),
            f"GEO:{said.position[0]:.6f};{said.position[1]:.6f}\r\n" if said.position else "",
            address_line("URL", said.page),
            address_line(f"IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE={_picture_type(said.image)}", said.image),
            text_line("CATEGORIES", said.category),
            text_line("COLOR", said.color),
            "END:VEVENT\r\n",
        ]
    )


def text_line(name: str, text: str) -> str:
    """A property of type TEXT; nothing where there is no text."""
    clean = UNWRITABLE.sub("", LINE_END.sub("\n", text)).translate(ESCAPES)
    return folded(f"{name}:{clean}") if clean else ""


def address_line(name: str, address: str) -> str:
    """A property of type URI, which knows no escaping; nothing where there is no address."""
    clean = NOT_IN_ADDRESSES.sub("", address)
    return folded(f"{name}:{clean}") if clean else ""


def folded(line: str) -> str:
    """The line with its end, in pieces of at most 75 octets; each further piece begins with a space.

    1. Cut the UTF-8 at 75 octets, later at 74, since the space counts.
    2. Move the cut back while it stands before an octet 10xxxxxx, the inside of a character.
    """
    octets = line.encode()
    if len(octets) <= FOLD_AT:
        return f"{line}\r\n"
    pieces, start, room = [], 0, FOLD_AT
    while len(octets) - start > room:
        cut = start + room
        while octets[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(octets[start:cut])
        start, room = cut, FOLD_AT - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode() + "\r\n"


def local(moment: datetime.datetime) -> str:
    """Parameters and value of a time on London's clocks."""
    there = moment.astimezone(LONDON)
    if there.fold:
        return f":{utc(moment)}"
    return f";TZID=Europe/London:{there:%Y%m%dT%H%M%S}"


def utc(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _picture_type(address: str) -> str:
    path = address.partition("?")[0].lower()
    return "image/jpeg" if path.endswith((".jpg", ".jpeg")) else "image/png"
