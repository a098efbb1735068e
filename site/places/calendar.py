"""A place's school year as plain data, and which places must soon say how theirs goes on."""

import datetime
from typing import NamedTuple

from django.db.models import F, Max, Q

from places.models import BankHoliday, Place

# Activities "in term time" stop with the last known term: an officer hears of it four months before.
DAYS_OF_WARNING = 120


class SchoolYear(NamedTuple):
    """First and last days of the known terms in order, and the days on which everything is closed."""

    terms: tuple[tuple[datetime.date, datetime.date], ...]
    bank_holidays: frozenset[datetime.date]


class Ending(NamedTuple):
    """A place whose known terms end soon; None where it has said none at all."""

    place: Place
    last_day: datetime.date | None


def school_year(place: Place) -> SchoolYear:
    """Two queries."""
    return SchoolYear(
        tuple(place.terms.order_by("first_day").values_list("first_day", "last_day")),
        frozenset(BankHoliday.objects.filter(nation=place.nation).values_list("date", flat=True)),
    )


def ending_soon(today: datetime.date, days: int = DAYS_OF_WARNING) -> list[Ending]:
    """Places that know no term beyond the next `days` days, those without any first, then the soonest."""
    places = Place.objects.annotate(last=Max("terms__last_day")).filter(
        Q(last=None) | Q(last__lte=today + datetime.timedelta(days=days))
    )
    soonest = places.order_by(F("last").asc(nulls_first=True), "name")
    return [Ending(place, place.last) for place in soonest]
