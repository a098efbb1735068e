"""schema.org `Event`s for search engines, as Google documents them: one for each coming date.

https://developers.google.com/search/docs/appearance/structured-data/event
"""

import datetime
import json
from collections.abc import Iterable, Sequence

from events.coming_dates import ComingDate
from events.models import Activity, State
from events.models.activity import Audience
from events.models.occurrence import elsewhen
from events.wording.facts import NO_LIMIT
from organisations.models import Venue
from places.clock import LONDON

CONTEXT = "https://schema.org"
SCHEMA_STATES = {
    State.SCHEDULED: "EventScheduled",
    State.MOVED: "EventRescheduled",
    State.CANCELLED: "EventCancelled",
    State.HELD: "EventScheduled",
}
# What could end the script element, begin a comment or break a line of JavaScript, as JSON escapes.
UNSAFE = "<>&\u2028\u2029"


def alike(activity: Activity, *, site: str, address: str, images: Sequence[str]) -> str:
    """What is the same on every date of an activity, as a JSON object.

    `site` is the installation's address, `address` the activity's page, `images` pictures: all absolute.
    """
    return escaped(_alike(activity, site, address, images))


def events(event: str, dates: Iterable[ComingDate]) -> str:
    """The text for one `<script type="application/ld+json">`; empty where no date is coming.

    `event` is what `alike` gave. Put together as text, since a page may have a hundred dates.
    """
    places: dict[int, str] = {}
    found = []
    for date in dates:
        if date.venue_id not in places:
            places[date.venue_id] = escaped(_place(date.venue))
        found.append(f'{event[:-1]},{_of_date(date)},"location":{places[date.venue_id]}}}')
    return f'{{"@context":"{CONTEXT}","@graph":[{",".join(found)}]}}' if found else ""


def escaped(data: object) -> str:
    """JSON that may stand inside a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in UNSAFE:  # a translation table takes twenty times as long
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _alike(activity: Activity, site: str, address: str, images: Sequence[str]) -> dict:
    """What is the same on every date."""
    host = activity.host
    event = {
        "@type": "Event",
        "name": activity.title,
        "description": activity.summary,
        "url": address,
        "image": list(images),
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "organizer": {
            "@type": "Organization",
            "name": host.name,
            "url": f"{site}/organisers/{host.slug}/",
        },
        **_offers(activity, address),
    }
    if ages := _age_range(activity):
        event["typicalAgeRange"] = ages
    if activity.audience != Audience.EVERYONE:
        event["audience"] = {"@type": "Audience", "audienceType": str(activity.get_audience_display())}
    if activity.places:
        event["maximumAttendeeCapacity"] = activity.places
    return event


def _of_date(date: ComingDate) -> str:
    """The members of a JSON object. Nothing in them needs escaping.

    One that meets at its time in another place is not rescheduled: its `location` says where.
    """
    before = elsewhen(date.state, date.starts_at, date.moved_from)
    state = State.SCHEDULED if date.state == State.MOVED and not before else State(date.state)
    return (
        f'"@id":"urn:uuid:{date.uuid}","startDate":"{_local(date.starts_at)}",'
        f'"endDate":"{_local(date.ends_at)}","eventStatus":"{CONTEXT}/{SCHEMA_STATES[state]}"'
        + (f',"previousStartDate":"{_local(before)}"' if before else "")
    )


def _offers(activity: Activity, address: str) -> dict:
    """Nothing where the price is not known: a missing price is read as a mistake, not as free."""
    if activity.price is None:
        return {}
    offer = {
        "@type": "Offer",
        "url": activity.booking_address or address,
        "price": f"{activity.price:.2f}",
        "priceCurrency": "GBP",
        "availability": f"{CONTEXT}/InStock",
    }
    return {"isAccessibleForFree": activity.price == 0, "offers": offer}


def _place(venue: Venue) -> dict:
    postal = {
        "@type": "PostalAddress",
        "streetAddress": venue.street,
        "addressLocality": venue.town,
        "postalCode": venue.postcode,
        "addressCountry": "GB",
    }
    return {
        "@type": "Place",
        "name": venue.name,
        "address": {key: value for key, value in postal.items() if value},
        "geo": {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude},
    }


def _age_range(activity: Activity) -> str:
    """ "8-14", "8-" and "-14", as schema.org writes them."""
    youngest, oldest = activity.age_from, activity.age_to
    if oldest is not None and oldest >= NO_LIMIT:
        oldest = None
    if youngest is None and oldest is None:
        return ""
    return f"{'' if youngest is None else youngest}-{'' if oldest is None else oldest}"


def _local(moment: datetime.datetime) -> str:
    """London's time with its offset: 2027-06-15T16:30:00+01:00."""
    return moment.astimezone(LONDON).isoformat(timespec="seconds")
