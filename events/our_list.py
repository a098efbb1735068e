"""A list of picked activities as its page shows it: their cards, where to go, whom to ask, what has gone."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from events import cards, search
from events.browsing import words
from events.models import Activity
from events.query import MOST_PICKS, Query
from events.search import Found
from organisations.models import OrganisationPage

Picks = tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One activity. `dates` are the next few in words for paper; `without` is the address without it."""

    uuid: uuid.UUID
    title: str
    card: SafeString
    dates: str
    venue: str
    contact: OrganisationPage
    without: str


@dataclass(frozen=True, slots=True)
class OurList:
    """Activities by their next date, those without one last; `listed` and `gone` in the order of the address.

    `gone` may be back one day, was never here, or is not public yet: nobody is told which.
    """

    items: list[Item]
    listed: Picks
    gone: Picks
    changes_at: tuple[datetime.datetime, ...]


def address(picks: Picks) -> str:
    """Within the site. An empty list has an address too."""
    return f"{reverse('browse')}?{Query(picks=picks).to_querystring() or 'pick='}"


def read(picks: Picks, *, now: datetime.datetime, today: datetime.date, generation: int | None) -> OurList:
    """Found in the index; one query reads the cards' stored text, one where and who."""
    if not picks:  # a question without picks is one for everything
        return OurList(items=[], listed=(), gone=(), changes_at=())
    query = Query(picks=picks)
    answer = search.find(query, now, generation=generation, most=MOST_PICKS)
    found = answer.found + _without_dates(query, answer.found, now, generation)
    known = Activity.objects.select_related("venue", "host__page").order_by()
    activities = known.in_bulk([each.key for each in found])
    uuids = {activity.uuid for activity in activities.values()}
    listed = tuple(pick for pick in picks if pick in uuids)
    return OurList(
        items=[
            _item(activities[each.key], each, card, listed)
            for each, card in cards.each(found, ages=(), today=today)
        ],
        listed=listed,
        gone=tuple(pick for pick in picks if pick not in uuids),
        changes_at=(answer.changes_at,),
    )


def _without_dates(
    query: Query, dated: Sequence[Found], now: datetime.datetime, generation: int | None
) -> list[Found]:
    """Those that are listed and have no coming date."""
    keys = {each.key for each in dated}
    rest = [key for key in search.matching(query, now, generation=generation) if key not in keys]
    return [Found(key=key, dates=(), miles=None, suits=()) for key in rest]


def _item(activity: Activity, found: Found, card: SafeString, listed: Picks) -> Item:
    return Item(
        uuid=activity.uuid,
        title=activity.title,
        card=card,
        dates=words.lasting_dates_words(found.dates),
        venue=activity.venue.address,
        contact=activity.host.page,
        without=address(tuple(pick for pick in listed if pick != activity.uuid)),
    )
