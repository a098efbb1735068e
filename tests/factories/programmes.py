"""What two schools plan together. All are fictional."""

import datetime

from django.utils import timezone

from events.actions import vocabularies
from events.models import ActivityType
from organisations.models import Venue
from places.models import Place
from schools.actions import programmes
from schools.actions.programmes import Group, Plan, Planned
from schools.models import Programme, Setting, Side, Twinning
from tests.factories.organisations import make_venue
from tests.factories.twinnings import Joined, running

TITLES = ("Meet for games", "Visit Heron Bank", "Visit Larkfield")
SETTINGS = (Setting.NEUTRAL, Setting.FIRST, Setting.SECOND)
GROUPS = (Group(Side.FIRST, "5B", 28, 9, 10), Group(Side.SECOND, "Year 6", 24, 10, 11))


def in_days(days: int, hour: int = 10) -> datetime.datetime:
    """Without a zone: London's clock."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    return datetime.datetime.combine(day, datetime.time(hour))


def meeting(number: int = 0, days: int | None = None, venue: Venue | None = None, **said: object) -> Planned:
    """The first is at a neutral place, the others are visits; for two hours if it has a date."""
    dated = days is not None
    return Planned(
        **{
            "setting": SETTINGS[number],
            "title": TITLES[number],
            "starts_at": in_days(days) if dated else None,
            "ends_at": in_days(days, 12) if dated else None,
            "venue": (venue or neutral()) if dated else None,
            **said,
        }
    )


def neutral() -> Venue:
    place = Place.objects.get(slug="calderdale")
    return Venue.objects.filter(organisation=None, place=place).first() or make_venue(place=place)


def a_plan(*meetings: Planned, **said: object) -> Plan:
    if not ActivityType.objects.exists():
        vocabularies.add_missing()
    return Plan(
        **{
            "title": "Heron Bank and Larkfield together",
            "summary": "Children of two schools meet and play.",
            "type": ActivityType.objects.get(slug="multi-sport"),
            "before": "Write letters.",
            "groups": GROUPS,
            "meetings": meetings,
            **said,
        }
    )


def planned(
    one: Joined, other: Joined, *meetings: Planned, twinning: Twinning | None = None, **said: object
) -> Programme:
    """By the head of the one, whose school hosts it."""
    return programmes.plan(
        twinning=twinning or running(one, other),
        school=one.school,
        plan=a_plan(*meetings, **said),
        version=0,
        by=one.head,
    )
