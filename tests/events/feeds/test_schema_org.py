"""The structured data that search engines read, as Google documents events."""

import datetime
import json
import uuid
from decimal import Decimal

import pytest

from events.feeds import schema_org
from events.models import Activity, Occurrence, State
from organisations.models import Organisation, Venue

pytestmark = pytest.mark.django_db  # a page looks up its content type when it is made
SITE = "https://mingle.example"
PAGE = f"{SITE}/organisers/spark/football/"
PICTURE = f"{SITE}/covers/1.png"
VENUE = Venue(
    pk=1,
    name="Spring Hall",
    street="Huddersfield Road",
    town="Halifax",
    postcode="HX3 0AQ",
    latitude=53.71,
    longitude=-1.85,
)
FIRST = uuid.UUID(int=1)


def make_activity(**fields: object) -> Activity:
    return Activity(
        **{
            "title": "Football",
            "summary": "Play and meet people.",
            "host": Organisation(name="Spark", slug="spark"),
            "venue": VENUE,
            "price": Decimal(0),
            "age_from": 8,
            "age_to": 14,
            **fields,
        }
    )


def make_date(activity: Activity, **fields: object) -> Occurrence:
    """A Tuesday in June, 4:30 to 6 pm."""
    return Occurrence(
        **{
            "uuid": FIRST,
            "activity": activity,
            "venue": VENUE,
            "starts_at": datetime.datetime(2027, 6, 15, 15, 30, tzinfo=datetime.UTC),
            "ends_at": datetime.datetime(2027, 6, 15, 17, 0, tzinfo=datetime.UTC),
            "state": State.SCHEDULED,
            **fields,
        }
    )


def alike(activity: Activity) -> str:
    return schema_org.alike(activity, site=SITE, address=PAGE, images=[PICTURE])


def events_of(activity: Activity, *dates: Occurrence) -> list[dict]:
    return json.loads(schema_org.events(alike(activity), dates))["@graph"]


def test_date_says_everything_that_google_asks_for() -> None:
    activity = make_activity()
    assert events_of(activity, make_date(activity)) == [
        {
            "@type": "Event",
            "@id": "urn:uuid:00000000-0000-0000-0000-000000000001",
            "name": "Football",
            "description": "Play and meet people.",
            "url": PAGE,
            "image": [PICTURE],
            "startDate": "2027-06-15T16:30:00+01:00",
            "endDate": "2027-06-15T18:00:00+01:00",
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {
                "@type": "Place",
                "name": "Spring Hall",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Huddersfield Road",
                    "addressLocality": "Halifax",
                    "postalCode": "HX3 0AQ",
                    "addressCountry": "GB",
                },
                "geo": {"@type": "GeoCoordinates", "latitude": 53.71, "longitude": -1.85},
            },
            "organizer": {"@type": "Organization", "name": "Spark", "url": f"{SITE}/organisers/spark/"},
            "isAccessibleForFree": True,
            "offers": {
                "@type": "Offer",
                "url": PAGE,
                "price": "0.00",
                "priceCurrency": "GBP",
                "availability": "https://schema.org/InStock",
            },
            "typicalAgeRange": "8-14",
        }
    ]


def test_moved_date_says_when_it_was() -> None:
    activity = make_activity()
    before = datetime.datetime(2027, 3, 23, 16, 30, tzinfo=datetime.UTC)
    (event,) = events_of(activity, make_date(activity, state=State.MOVED, moved_from=before))
    assert event["eventStatus"] == "https://schema.org/EventRescheduled"
    assert event["previousStartDate"] == "2027-03-23T16:30:00+00:00"


def test_date_that_was_moved_to_another_place_alone_is_at_its_time() -> None:
    activity = make_activity()
    date = make_date(activity)
    (event,) = events_of(activity, make_date(activity, state=State.MOVED, moved_from=date.starts_at))
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert "previousStartDate" not in event


def test_cancelled_date_keeps_its_time() -> None:
    activity = make_activity()
    before = datetime.datetime(2027, 3, 23, 16, 30, tzinfo=datetime.UTC)
    (event,) = events_of(activity, make_date(activity, state=State.CANCELLED, moved_from=before))
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert event["startDate"] == "2027-06-15T16:30:00+01:00"
    assert "previousStartDate" not in event


def test_date_elsewhere_says_where() -> None:
    activity = make_activity()
    other = Venue(
        pk=2, name="The Piece Hall", town="Halifax", postcode="HX1 1RE", latitude=53.72, longitude=-1.86
    )
    at_home, away = events_of(activity, make_date(activity), make_date(activity, venue=other))
    assert [at_home["location"]["name"], away["location"]["name"]] == ["Spring Hall", "The Piece Hall"]
    assert "streetAddress" not in away["location"]["address"]


def test_price_and_booking_address_are_offered() -> None:
    activity = make_activity(price=Decimal("2.5"), joining="book", booking_address="https://book.example/1")
    (event,) = events_of(activity, make_date(activity))
    assert event["isAccessibleForFree"] is False
    assert (event["offers"]["price"], event["offers"]["url"]) == ("2.50", "https://book.example/1")


def test_price_that_is_not_known_is_not_offered_for_nothing() -> None:
    activity = make_activity(price=None)
    (event,) = events_of(activity, make_date(activity))
    assert not {"offers", "isAccessibleForFree"} & event.keys()


def test_ages_and_audience_are_said_where_they_are_limited() -> None:
    open_ended = make_activity(age_to=None, audience="girls", places=20)
    (event,) = events_of(open_ended, make_date(open_ended))
    assert (event["typicalAgeRange"], event["audience"]["audienceType"]) == ("8-", "Girls")
    assert event["maximumAttendeeCapacity"] == 20
    to_the_highest = make_activity(age_from=10, age_to=99)
    (event,) = events_of(to_the_highest, make_date(to_the_highest))
    assert event["typicalAgeRange"] == "10-"
    anybody = make_activity(age_from=None, age_to=None)
    (event,) = events_of(anybody, make_date(anybody))
    assert not {"typicalAgeRange", "audience", "maximumAttendeeCapacity"} & event.keys()


def test_no_text_can_end_the_script_element() -> None:
    nasty = "</script><script>alert(1)</script><!-- & \u2028"
    activity = make_activity(title=nasty)
    text = schema_org.events(alike(activity), [make_date(activity)])
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["@graph"][0]["name"] == nasty


def test_without_a_coming_date_there_is_nothing_to_say() -> None:
    assert schema_org.events(alike(make_activity()), []) == ""
