"""Keeps the calendar entry of every public date as text, with its history: what feeds are joined from.

An entry's SEQUENCE grows and its date of change is new whenever its meaning is another; never for a new
renderer or address of the installation.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation

from events.feeds import facts, phrases
from events.feeds.icalendar import Moment, event, lines
from events.models import Activity, CalendarEntry, CoOrganiser, Occurrence
from images.covers import addresses
from images.covers.geometry import Cover
from organisations.models import Organisation
from organisations.permissions import is_public

DAYS_BACK = 90
A_DAY = datetime.timedelta(days=1)
CUT = "fill-1200x630|format-jpeg"
UID_SUFFIX = "@mingle"
"""Without the host, which may change: with the occurrence's UUID it is never given twice."""

WRITTEN = [
    field.name
    for field in CalendarEntry._meta.concrete_fields
    if field.name not in {"occurrence", "activity"}
]


@dataclass(frozen=True, slots=True)
class History:
    """How often the meaning changed, when last, and what it is."""

    sequence: int
    changed_at: datetime.datetime
    meaning: bytes


class Source:
    """All that the entries of one activity are made from, on one day."""

    def __init__(self, activity: Activity, partners: tuple[str, ...], today: datetime.date) -> None:
        self.today = today
        self.address = settings.PUBLIC_ADDRESS
        self.public_until = activity.host.declaration_until if _is_public(activity, today) else None
        self._activity = activity
        self._facts = facts.of_activity(activity, partners) if self.public_until else None
        self._said: dict[facts.Facts, tuple[str, str]] = {}

    def said_of(self, date: Occurrence) -> tuple[str, str]:
        """What the date's entry says: the text that has its meaning, and lines. On most dates the same."""
        found = facts.Facts(self._facts, facts.of_date(date)) if self._facts else facts.NOTHING
        if found not in self._said:
            image = _image(self._activity) if self._facts else ""
            said = phrases.said(found, address=self.address, image=image)
            self._said[found] = facts.words_of(found), lines(said)
        return self._said[found]


def write(activity: Activity, *, now: datetime.datetime) -> None:
    """Make the entries of an activity's dates say what is in the database now.

    Of dates from 90 days ago on: earlier ones are in no feed. Call it in the transaction of the change.
    """
    write_many([activity.pk], now=now)


def write_many(activities: Iterable[int], *, now: datetime.datetime) -> int:
    """The same for the activities with these keys, in a fixed number of queries; returns how many changed."""
    keys = list(activities)
    today = timezone.localdate(now)
    occurrences = Occurrence.objects.filter(activity_id__in=keys, starts_at__gte=earliest(today))
    dates = list(occurrences.once_public().select_related("venue").order_by("pk"))
    known = CalendarEntry.objects.defer("text").in_bulk([date.pk for date in dates])
    sources = read_sources(keys, today)
    changed = []
    with translation.override(settings.LANGUAGE_CODE):
        for date in dates:
            entry = made(sources[date.activity_id], date, known.get(date.pk), now)
            if entry is not None:
                changed.append(entry)
    CalendarEntry.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["occurrence"], update_fields=WRITTEN, batch_size=2000
    )
    return len(changed)


def made(
    source: Source, date: Occurrence, known: CalendarEntry | None, now: datetime.datetime
) -> CalendarEntry | None:
    """The entry as it should be after a change, or None where it is so already."""
    words, said = source.said_of(date)
    meaning = facts.meaning(words, date.starts_at, date.ends_at)
    history = history_of(known, date, meaning, now)
    return (
        None if known is not None and _is_so(known, history, source) else _entry(source, date, history, said)
    )


def read_anew(source: Source, date: Occurrence, known: CalendarEntry) -> CalendarEntry:
    """The entry as today's renderer writes it: its history is the stored one, for nothing has changed."""
    return _entry(source, date, _as_read(known, date, source.today), source.said_of(date)[1])


def history_of(
    known: CalendarEntry | None, date: Occurrence, meaning: bytes, now: datetime.datetime
) -> History:
    """The history of an entry whose meaning is this now: another than the last is one change more."""
    if known is None:
        return History(0, now, meaning)
    last = _as_read(known, date, timezone.localdate(now))
    return last if last.meaning == meaning else History(last.sequence + 1, now, meaning)


def _as_read(known: CalendarEntry, date: Occurrence, today: datetime.date) -> History:
    """What a reader has seen last.

    An entry whose host's declaration has run out since it was written reads as naming nothing: that change
    came at the midnight after the last public day, without anybody writing it.
    """
    if known.public_until is None or known.public_until >= today:
        return History(known.sequence, known.changed_at, bytes(known.meaning))
    gone = facts.meaning(facts.words_of(facts.NOTHING), known.starts_at, date.ends_at)
    return History(known.sequence + 1, midnight(known.public_until + A_DAY), gone)


def read_sources(activities: Sequence[int], today: datetime.date) -> dict[int, Source]:
    """What the entries of these activities are made from, in two queries."""
    found = Activity.objects.filter(pk__in=activities).select_related("host", "type", "picture").order_by()
    partners = _partners(activities, today)
    return {activity.pk: Source(activity, tuple(partners[activity.pk]), today) for activity in found}


def earliest(today: datetime.date) -> datetime.datetime:
    """The midnight with which feeds begin."""
    return midnight(today - DAYS_BACK * A_DAY)


def midnight(day: datetime.date) -> datetime.datetime:
    """With which a day begins on London's clocks."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


def _is_public(activity: Activity, on: datetime.date) -> bool:
    return activity.live and is_public(activity.host, on)


def _is_so(known: CalendarEntry, history: History, source: Source) -> bool:
    return (
        known.sequence == history.sequence
        and bytes(known.meaning) == history.meaning
        and known.public_until == source.public_until
        and known.renderer == phrases.RENDERER
        and known.address == source.address
    )


def _entry(source: Source, date: Occurrence, history: History, said: str) -> CalendarEntry:
    moment = Moment(
        uid=f"{date.uuid}{UID_SUFFIX}",
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        sequence=history.sequence,
        changed_at=history.changed_at,
    )
    return CalendarEntry(
        occurrence=date,
        activity_id=date.activity_id,
        starts_at=date.starts_at,
        sequence=history.sequence,
        meaning=history.meaning,
        changed_at=history.changed_at,
        public_until=source.public_until,
        renderer=phrases.RENDERER,
        address=source.address,
        text=event(moment, said),
    )


def _partners(activities: Sequence[int], today: datetime.date) -> dict[int, list[str]]:
    """Names of co-organisers that accepted and that the public may see."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = CoOrganiser.objects.filter(activity_id__in=activities, accepted_at__isnull=False)
    rows = rows.filter(organisation__in=Organisation.objects.public(today)).order_by("accepted_at", "pk")
    for key, name in rows.values_list("activity_id", "organisation__name"):
        found[key].append(name)
    return found


def _image(activity: Activity) -> str:
    """The path of its photograph, where everybody on it agreed, else of its woven cover as a raster."""
    picture = facts.photograph(activity)
    if picture is not None:
        return picture.get_rendition(CUT).url
    type = activity.type
    return addresses.raster_path(Cover(activity.uuid, type.warp, type.weft, type.slug))
