"""A few cards without a question asked: near a venue, of an organiser, this week; and how many of each type.

Everything is found in the worker's index; one query reads the cards' stored text.
"""

import dataclasses
import datetime
from collections import Counter

import numpy as np
from django.utils import timezone
from django.utils.safestring import SafeString
from numpy.typing import NDArray

from events import index
from events.cards import stored
from events.index.coming import ALWAYS, Span
from events.index.rows import codes_of
from events.models import Activity
from events.query import local_minute
from events.query.dates import from_local_minute
from events.wording import when_markup
from places.distance import bounding_box

NEAR_MILES = 5
A_WEEK = datetime.timedelta(days=7)
EVERY_CODE = codes_of([], [])
Mask = NDArray[np.bool_]


@dataclasses.dataclass(frozen=True, slots=True)
class Shelf:
    """Cards by next date, how many there are in all, and when that changes by itself."""

    cards: list[SafeString]
    total: int
    changes_at: tuple[datetime.datetime, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class TypeCount:
    slug: str
    name: str
    count: int


class Look:
    """One look at the index at one moment."""

    def __init__(self, now: datetime.datetime, generation: int | None = None) -> None:
        self.now = now
        self.minute = local_minute(now)
        self.snapshot = index.current(generation)
        self.coming = self.snapshot.coming(self.minute)
        self.visible = self.snapshot.visible(timezone.localdate(now))

    def near(self, key: int, most: int, *, same_type: bool = False) -> Shelf:
        """What else is on around the venue of an activity that was listed once, of any type or of its own."""
        slot = self.snapshot.slots.get(key)
        if slot is None:
            return Shelf([], 0, ())
        columns = self.snapshot.columns
        own = columns.first_spot[slot]
        south, west, north, east = bounding_box(
            float(columns.latitude[own]), float(columns.longitude[own]), NEAR_MILES
        )
        around = (
            (columns.latitude >= south)
            & (columns.latitude <= north)
            & (columns.longitude >= west)
            & (columns.longitude <= east)
        )
        mask = self.visible & (columns.key != key)
        if same_type:
            mask &= columns.type == columns.type[slot]
        return self._soonest(mask, ALWAYS, most, around)

    def of_organiser(self, slug: str, most: int) -> Shelf:
        """What an organisation runs, alone or with others."""
        return self._soonest(self.visible & self.snapshot.having("organiser", [slug]), ALWAYS, most)

    def this_week(self, most: int, place: str = "") -> Shelf:
        """What meets in the seven days from today, everywhere or in one place."""
        return self._soonest(self.within(place), self._week(), most)

    def by_type(self, place: str = "") -> list[TypeCount]:
        """How many activities of each type have a coming date, in the order of the list of types."""
        slots, _dates = self._with_dates(self.within(place), ALWAYS)
        counts = Counter(self.snapshot.columns.type[slots].tolist())
        codes = self.snapshot.type_codes
        return [
            TypeCount(slug, name, counts[codes[slug]])
            for slug, name in self.snapshot.known.types.items()
            if slug in codes and counts[codes[slug]]
        ]

    def towns(self, place: str, most: int) -> list[str]:
        """Where a place's coming activities meet: the towns with most of them, by name."""
        slots, _dates = self._with_dates(self.within(place), ALWAYS)
        venues = Activity.objects.filter(pk__in=self.snapshot.columns.key[slots].tolist()).order_by()
        counts = Counter(venues.values_list("venue__town", flat=True))
        return sorted(town for town, _count in counts.most_common(most) if town)

    def within(self, place: str) -> Mask:
        return self.visible & self.snapshot.having("place", [place]) if place else self.visible

    @property
    def changes_at(self) -> datetime.datetime:
        """When the next date of anything that is listed begins or ends."""
        return from_local_minute(self.coming.changes_at)

    def _week(self) -> Span:
        today = timezone.localtime(self.now).replace(hour=0, minute=0, second=0, microsecond=0)
        return Span(local_minute(today), local_minute(today + A_WEEK))

    def _with_dates(
        self, mask: Mask, span: Span, spots: Mask | None = None
    ) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
        """The slots that have a date in the span, at one of the spots if any are given, and where in the
        columns of dates their next one stands."""
        table = self.coming.table(span)
        dates = table.next if spots is None else table.first(EVERY_CODE, spots)
        slots = np.flatnonzero(mask & (dates != index.NEVER))
        return slots, dates[slots]

    def _soonest(self, mask: Mask, span: Span, most: int, spots: Mask | None = None) -> Shelf:
        """1. Find the next date of each. 2. Take the soonest. 3. Read their cards and put the dates in."""
        slots, dates = self._with_dates(mask, span, spots)
        columns = self.snapshot.columns
        order = _soonest(columns.start[dates], columns.key[slots], most)
        keys = columns.key[slots[order]].tolist()
        begins, ends = columns.start[dates[order]].tolist(), columns.end[dates[order]].tolist()
        kept = stored(keys)
        today = timezone.localdate(self.now)
        cards = []
        for key, start, end in zip(keys, begins, ends, strict=True):
            if key in kept:
                starts_at = from_local_minute(start)
                when = when_markup(starts_at, from_local_minute(end), today)
                cards.append(SafeString(kept[key].filled(starts_at, {"when": when}, today)))  # nosec B703
        moments = tuple({from_local_minute(end) for end in ends})
        return Shelf(cards, len(slots), moments)


def _soonest(starts: NDArray[np.int32], keys: NDArray[np.int64], most: int) -> NDArray[np.intp]:
    """The places of the first few by start and key. What begins after the last of them is not sorted."""
    if len(starts) <= most:
        return np.lexsort((keys, starts))
    early = np.flatnonzero(starts <= np.partition(starts, most)[most])
    return early[np.lexsort((keys[early], starts[early]))[:most]]
