"""The calendar's agenda: the meetings of a page, day by day, in words. One query."""

import dataclasses
import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.browsing.words import distance_words, suits_words
from events.models import Occurrence, State
from events.models.occurrence import elsewhen
from events.query import Query, local_minute, meets
from events.search import Month
from events.wording import short_time_range, weekday_words, when_words
from events.wording.dates import day_and_month_words
from events.wording.facts import ages_words, price_words
from events.wording.occurrences import moment_words
from organisations.models import Venue
from places.distance import miles_between


class Row(NamedTuple):
    """An occurrence with what its line says of its activity."""

    key: int
    uuid: UUID
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    state: str
    withdrawn: bool
    reason: str
    notice: str
    moved_from: datetime.datetime | None
    is_away: bool
    venue: str
    town: str
    latitude: float
    longitude: float
    path: str
    title: str
    type: str
    host: str
    age_from: int | None
    age_to: int | None
    price: Decimal | None

    @property
    def start(self) -> tuple[int, int]:
        return self.key, local_minute(self.starts_at)

    @property
    def is_off(self) -> bool:
        """Cancelled by a person. A date that the schedule no longer gives is not there at all."""
        return self.state == State.CANCELLED and not self.withdrawn


COLUMNS = (
    *("activity_id", "activity__listing__uuid"),
    *("starts_at", "ends_at", "state", "withdrawn", "reason", "notice", "moved_from"),
    *("is_away", "venue__name", "venue__town", "venue__latitude", "venue__longitude"),
    *("activity__listing__path", "activity__listing__title", "activity__listing__type"),
    "activity__host__name",
    *("activity__age_from", "activity__age_to", "activity__price"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A meeting as the agenda says it."""

    starts: str  # ISO, for <time>
    time: str
    uuid: UUID
    title: str
    href: str
    type: str
    host: str
    where: str
    distance: str
    ages: str
    suits: str
    price: str
    free: bool
    cancelled: bool
    reason: str
    moved_from: str
    elsewhere: bool
    notice: str
    on_now: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Day:
    """`near` is "Today" or "Tomorrow", or empty."""

    anchor: str
    words: str
    near: str
    lines: list[Line]


def days(query: Query, month: Month, ages: Sequence[int], now: datetime.datetime) -> list[Day]:
    """The days of the page that have something, in order, with the dates that were cancelled."""
    today = timezone.localdate(now)
    dated = sorted(_dated(query, month, today, now), key=lambda pair: (pair[0], pair[1].starts_at))
    return [
        Day(
            anchor=anchor(day),
            words=day_words(day),
            near=near_words(day, today),
            lines=[_line(row, _miles(query, row), month.suits[row.key], ages, now) for _, row in rows],
        )
        for day, rows in itertools.groupby(dated, key=lambda pair: pair[0])
    ]


def anchor(day: datetime.date) -> str:
    return f"day-{day.isoformat()}"


def day_words(day: datetime.date) -> str:
    """ "Saturday 6 December", whether or not it is near."""
    return _("%(weekday)s %(date)s") % {
        "weekday": weekday_words(day.weekday()),
        "date": day_and_month_words(day),
    }


def near_words(day: datetime.date, today: datetime.date) -> str:
    return {0: _("Today"), 1: _("Tomorrow")}.get((day - today).days, "")


def _dated(
    query: Query, month: Month, today: datetime.date, now: datetime.datetime
) -> Iterator[tuple[datetime.date, Row]]:
    """What happens, as the index found it, and what is off in the same time; each with its day."""
    rows = [row for row in _rows(month, now) if _is_near(query, row)]
    happening: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row.state != State.CANCELLED:
            happening[row.start].append(row)
    for meeting in month.meetings:
        if found := happening[meeting.key, local_minute(meeting.starts_at)]:
            yield meeting.day, found.pop(0)
    for row in rows:
        local = timezone.localtime(row.starts_at)
        if row.is_off and row.starts_at < month.closes and meets(local, days=query.days, times=query.times):
            yield max(local.date(), today), row


def _rows(month: Month, now: datetime.datetime) -> list[Row]:
    """Every public date of these activities in the time of the page that is not over."""
    found = (
        Occurrence.objects.filter(
            activity__in=month.suits, starts_at__gte=month.opens, starts_at__lte=month.closes
        )
        .upcoming(now)
        .once_public()
        .order_by("starts_at", "pk")
    )
    found = found.annotate(is_away=~Q(venue=F("activity__venue")))
    return [Row._make(row) for row in found.values_list(*COLUMNS)]


def _miles(query: Query, row: Row) -> float | None:
    """To where this date is, which need not be the activity's venue. None where nobody said from where."""
    if query.near is None:
        return None
    return miles_between(query.near.latitude, query.near.longitude, row.latitude, row.longitude)


def _is_near(query: Query, row: Row) -> bool:
    miles = _miles(query, row)
    return miles is None or miles <= query.radius


def _line(
    row: Row, miles: float | None, suits: Sequence[int], ages: Sequence[int], now: datetime.datetime
) -> Line:
    today = timezone.localdate(now)
    starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    one_day = starts.date() == ends.date()
    before = elsewhen(row.state, row.starts_at, row.moved_from)
    return Line(
        starts=starts.isoformat(timespec="minutes"),
        time=short_time_range(starts.time(), ends.time()) if one_day else when_words(starts, ends, today),
        uuid=row.uuid,
        title=row.title,
        href=row.path,
        type=row.type,
        host=row.host,
        where=Venue(name=row.venue, town=row.town).name_and_town,
        distance="" if miles is None else distance_words(miles),
        ages=ages_words(row.age_from, row.age_to),
        suits=suits_words(suits, ages),
        price=price_words(row.price),
        free=row.price == 0,
        cancelled=row.is_off,
        reason=row.reason if row.is_off else "",
        moved_from=moment_words(before, today) if before else "",
        elsewhere=row.state == State.MOVED and row.is_away and not before,
        notice=row.notice,
        on_now=not row.is_off and row.starts_at <= now,
    )
