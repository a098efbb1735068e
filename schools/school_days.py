"""How many school days have passed: days on which somebody at a school could have answered."""

import datetime

from places.calendar import SchoolYear, school_year
from places.models import Place, School

SATURDAY = 5
UNKNOWN = SchoolYear((), frozenset())


def calendar_of(school: School) -> SchoolYear:
    """That of the place which the school lies in; nothing is known of a school outside all places."""
    place = Place.objects.containing(school.area_code).order_by("pk").first() if school.area_code else None
    return school_year(place) if place else UNKNOWN


def between(calendar: SchoolYear, after: datetime.date, until: datetime.date) -> int:
    """School days after the one day, up to the other and with it.

    A day before the first known term or after the last counts if it is a weekday: nobody knows better.
    """
    days = (after + datetime.timedelta(days=number) for number in range(1, (until - after).days + 1))
    return sum(is_school_day(calendar, day) for day in days)


def last_of(calendar: SchoolYear, after: datetime.date, number: int) -> datetime.date:
    """The last day before so many school days have passed, which is the one before the last of them."""
    day, left = after, number
    while left:
        day += datetime.timedelta(days=1)
        left -= is_school_day(calendar, day)
    return day - datetime.timedelta(days=1)


def is_school_day(calendar: SchoolYear, day: datetime.date) -> bool:
    if day.weekday() >= SATURDAY or day in calendar.bank_holidays:
        return False
    terms = calendar.terms
    known = bool(terms) and terms[0][0] <= day <= terms[-1][1]
    return not known or any(first <= day <= last for first, last in terms)
