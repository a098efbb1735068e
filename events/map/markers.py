"""The markers of a map in words: what each stands for, and the short cards behind it."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.index import Snapshot
from events.map.grouping import Group, grouped
from events.map.window import MOST_ZOOM, Window
from events.models import Listing
from events.query import from_local_minute
from events.search import Spots
from events.wording import when_words
from events.wording.facts import price_words

MOST_LISTED = 20


class Facts(NamedTuple):
    """What the index does not hold. The venue is the one that the next date is at."""

    uuid: UUID
    path: str
    notices: dict[str, str]
    price: Decimal | None
    venue: str
    town: str


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """An activity on its short card. `notice` is of the date that is shown."""

    uuid: UUID
    title: str
    when: str
    price: str
    href: str
    notice: str


@dataclasses.dataclass(frozen=True, slots=True)
class Marker:
    """`name` is what it is called. Where looking closer parts nothing, `items` are those that meet there,
    under the words of `place`, and `more` is how many others do. `type` is of the only one, for a pictogram.
    `town` is where it is, or near where.
    """

    group: Group
    name: str
    place: str
    town: str
    type: str = ""
    items: Sequence[Item] = ()
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.group.members)


def markers(spots: Spots, window: Window, snapshot: Snapshot, today: datetime.date) -> list[Marker]:
    """Those of one piece of the map, from north to south. One query."""
    groups = grouped(spots.latitudes, spots.longitudes, window.box, window.zoom)
    closest = window.zoom >= MOST_ZOOM
    shown = [_shown(group, spots, closest=closest) for group in groups]
    members = [member for each in shown for member in each]
    reading = _Reading(spots, snapshot, today, shown=members, closest=closest)
    made = [reading.marker(group, members) for group, members in zip(groups, shown, strict=True)]
    return [marker for marker in made if marker]


def _shown(group: Group, spots: Spots, *, closest: bool) -> tuple[int, ...]:
    """The members that are listed; or the one nearest to the marker, to name the group after."""
    if group.is_one_spot or closest:
        return group.members[:MOST_LISTED]
    members = np.array(group.members)
    north = spots.latitudes[members] - group.latitude
    east = spots.longitudes[members] - group.longitude
    return (group.members[int(np.argmin(np.hypot(north, east)))],)


class _Reading:
    """What was found, with the facts of those that are shown."""

    def __init__(
        self,
        spots: Spots,
        snapshot: Snapshot,
        today: datetime.date,
        *,
        shown: Sequence[int],
        closest: bool,
    ) -> None:
        self.spots, self.snapshot, self.today, self.closest = spots, snapshot, today, closest
        self.keys = snapshot.columns.key[spots.slots]
        self.facts = _facts({int(self.keys[each]): int(spots.venues[each]) for each in shown})

    def marker(self, group: Group, shown: Sequence[int]) -> Marker | None:
        """None where all of it was taken away a moment ago."""
        known = [
            (member, self.facts[key]) for member in shown if (key := int(self.keys[member])) in self.facts
        ]
        if not known:
            return None
        member, facts = known[0]
        count = len(group.members)
        if group.is_one_spot or self.closest:
            items = [self._item(*each) for each in known]
            near = _at_words(count, facts.venue) if group.is_one_spot else _near_words(count, facts.town)
            name = _name(items[0]) if count == 1 else near
            place = f"{facts.venue}, {facts.town}" if group.is_one_spot else near
            return Marker(group, name, place, facts.town, self._type(member), items, count - len(items))
        return Marker(group, _near_words(count, facts.town), facts.town, facts.town)

    def _item(self, member: int, facts: Facts) -> Item:
        start, end = (from_local_minute(int(each[member])) for each in (self.spots.starts, self.spots.ends))
        title = self.snapshot.titles[self.spots.slots[member]]
        return Item(
            uuid=facts.uuid,
            title=title,
            when=when_words(start, end, self.today),
            price=price_words(facts.price),
            href=facts.path,
            notice=facts.notices.get(str(int(self.spots.starts[member])), ""),
        )

    def _type(self, member: int) -> str:
        code = int(self.snapshot.columns.type[self.spots.slots[member]])
        return next(slug for slug, number in self.snapshot.type_codes.items() if number == code)


def _facts(venues: Mapping[int, int]) -> dict[int, Facts]:
    """Of the listings with these keys, each with which of its venues is asked about."""
    if not venues:
        return {}
    fields = ("activity__price", "activity__venue__name", "activity__venue__town", "elsewhere")
    rows = Listing.objects.filter(pk__in=venues.keys()).values_list("pk", "uuid", "path", "notices", *fields)
    found = {}
    for key, uuid, path, notices, price, name, town, elsewhere in rows:
        there = [(name, town), *((each["name"], each["town"]) for each in elsewhere)]
        # Written again a moment ago, it may be at fewer venues than the index knows.
        found[key] = Facts(uuid, path, notices, price, *there[min(venues[key], len(elsewhere))])
    return found


def _name(item: Item) -> str:
    return _("%(title)s, %(when)s") % {"title": item.title, "when": item.when}


def _at_words(count: int, venue: str) -> str:
    words = ngettext("%(count)s activity at %(place)s", "%(count)s activities at %(place)s", count)
    return words % {"count": f"{count:,}", "place": venue}


def _near_words(count: int, town: str) -> str:
    words = ngettext("%(count)s activity near %(place)s", "%(count)s activities near %(place)s", count)
    return words % {"count": f"{count:,}", "place": town}
