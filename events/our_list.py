"""A list of picked activities as its page shows it: their cards, where to go, whom to ask, what has gone."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events import cards, search
from events.browsing import words
from events.models import Activity, Occurrence, State
from events.query import MOST_PICKS, Query
from events.search import Found
from events.wording import lasting_when_words
from organisations.models import OrganisationPage

Picks = tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One activity. `dates` are the next few in words for paper; `without` is the address without it.

    `off` says that what would have been next is cancelled.
    """

    uuid: uuid.UUID
    title: str
    card: SafeString
    dates: str
    off: str
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
    """Found in the index; one query reads the cards' stored text, one where and who, one what is off."""
    if not picks:  # a question without picks is one for everything
        return OurList(items=[], listed=(), gone=(), changes_at=())
    query = Query(picks=picks)
    answer = search.find(query, now, generation=generation, most=MOST_PICKS)
    found = answer.found + _without_dates(query, answer.found, now, generation)
    known = Activity.objects.select_related("venue", "host__page").order_by()
    activities = known.in_bulk([each.key for each in found])
    off = _off(found, now)
    uuids = {activity.uuid for activity in activities.values()}
    listed = tuple(pick for pick in picks if pick in uuids)
    return OurList(
        items=[
            _item(activities[each.key], each, card, off.get(each.key), listed)
            for each, card in cards.each(found, ages=(), today=today)
        ],
        listed=listed,
        gone=tuple(pick for pick in picks if pick not in uuids),
        changes_at=(answer.changes_at, *(date.ends_at for date in off.values())),
    )


def _without_dates(
    query: Query, dated: Sequence[Found], now: datetime.datetime, generation: int | None
) -> list[Found]:
    """Those that are listed and have no coming date."""
    keys = {each.key for each in dated}
    rest = [key for key in search.matching(query, now, generation=generation) if key not in keys]
    return [Found(key=key, dates=(), miles=None, suits=()) for key in rest]


def _off(found: Sequence[Found], now: datetime.datetime) -> dict[int, Occurrence]:
    """By activity, the first coming date, where that is cancelled."""
    following = {each.key: each.dates[0][0] if each.dates else None for each in found}
    cancelled = Occurrence.objects.filter(activity__in=following, state=State.CANCELLED, withdrawn=False)
    off: dict[int, Occurrence] = {}
    for date in cancelled.once_public().upcoming(now).order_by("starts_at"):
        start = following[date.activity_id]
        if start is None or date.starts_at < start:
            off.setdefault(date.activity_id, date)
    return off


def _off_words(date: Occurrence) -> str:
    """ "Cancelled: Saturday 28 November 2026, 10 am–noon. The hall has no heating." """
    when = lasting_when_words(date.starts_at, date.ends_at)
    return _("Cancelled: %(when)s. %(reason)s") % {"when": when, "reason": date.reason}


def _item(activity: Activity, found: Found, card: SafeString, off: Occurrence | None, listed: Picks) -> Item:
    return Item(
        uuid=activity.uuid,
        title=activity.title,
        card=card,
        dates=words.lasting_dates_words(found.dates),
        off=_off_words(off) if off else "",
        venue=activity.venue.address_on_pages,
        contact=activity.host.page,
        without=address(tuple(pick for pick in listed if pick != activity.uuid)),
    )
