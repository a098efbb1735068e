"""Keeps the calendar entry of every public date as text, with its history: what feeds are joined from.

An entry's SEQUENCE grows and its date of change is new whenever its meaning is another; never for a new
renderer or address of the installation.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils import timezone

from events.feeds import facts, phrases, sources
from events.feeds.feed import Window
from events.feeds.history import History
from events.feeds.icalendar import Moment, own_lines
from events.feeds.sources import Source, Words
from events.models import Activity, CalendarEntry, CalendarWords, Occurrence

UID_SUFFIX = "@mingle"
"""Without the host, which may change: with the occurrence's UUID it is never given twice."""

ITS_OWN = {"occurrence", "activity"}
WRITTEN = [field.name for field in CalendarEntry._meta.concrete_fields if field.name not in ITS_OWN]
AT_ONCE = 2000

Store = Callable[[Sequence[CalendarEntry]], None]


def write(activity: Activity, *, now: datetime.datetime) -> None:
    """Make the entries of an activity's dates say what is in the database now.

    Of dates from 90 days ago on: earlier ones are in no feed. Call it in the transaction of the change.
    """
    write_many([activity.pk], now=now)


def write_many(activities: Iterable[int], *, now: datetime.datetime, store: Store | None = None) -> int:
    """The same for the activities with these keys, in a fixed number of queries; returns how many changed.

    `store` puts the entries into their table another way than row by row: where none can be there yet.
    """
    keys = sorted(activities)
    today = timezone.localdate(now)
    known, made = _read(keys, today), sources.read(keys, today)
    histories = {
        date.pk: _history(known.get(date.pk), date, made[date.activity_id], now) for date in known.dates
    }
    return _save(known, made, histories, store or _upsert)


def render_anew(activities: Iterable[int], *, now: datetime.datetime) -> int:
    """Write the entries of these activities with today's renderer and address, and their lapses, if any.

    Their histories stay: whoever reads a feed has seen this text already, made as the feed went.
    """
    keys = sorted(activities)
    today = timezone.localdate(now)
    known, made = _read(keys, today), sources.read(keys, today)
    histories = {
        date.pk: as_read(known.entries[date.pk], date, today)
        for date in known.dates
        if date.pk in known.entries
    }
    return _save(known, made, histories, _upsert)


def as_read(entry: CalendarEntry, date: Occurrence, today: datetime.date) -> History:
    """The history of an entry that nobody has changed since it was written, but perhaps time."""
    written = History(entry.sequence, entry.changed_at, bytes(entry.meaning))
    return written.as_read(entry.starts_at, date.ends_at, public_until=entry.public_until, today=today)


def own_text(date: Occurrence, history: History) -> str:
    """The lines that no other date has."""
    return own_lines(
        Moment(
            uid=f"{date.uuid}{UID_SUFFIX}",
            starts_at=date.starts_at,
            ends_at=date.ends_at,
            sequence=history.sequence,
            changed_at=history.changed_at,
        )
    )


class _Known:
    """Dates that feeds may hold, with the entries and words stored so far."""

    def __init__(self, dates: Sequence[Occurrence], entries: Mapping[int, CalendarEntry]) -> None:
        self.dates = dates
        self.entries = entries

    def get(self, key: int) -> CalendarEntry | None:
        return self.entries.get(key)


def _read(activities: Sequence[int], today: datetime.date) -> _Known:
    occurrences = Occurrence.objects.filter(activity_id__in=activities, starts_at__gte=Window.on(today).first)
    dates = list(occurrences.once_public().select_related("venue").order_by("pk"))
    stored = CalendarEntry.objects.select_related("words").defer("words__text")
    return _Known(dates, stored.in_bulk([date.pk for date in dates]))


def _history(
    entry: CalendarEntry | None, date: Occurrence, source: Source, now: datetime.datetime
) -> History:
    meaning = facts.meaning(source.words_of(date).meaning, date.starts_at, date.ends_at)
    if entry is None:
        return History(0, now, meaning)
    return as_read(entry, date, source.today).after(meaning, now)


def _save(known: _Known, made: Mapping[int, Source], histories: Mapping[int, History], store: Store) -> int:
    """Write what is not so yet; returns how many entries.

    1. Find or add the words of each activity.
    2. Write the entries that differ, or whose words were rendered by another renderer.
    3. Words of these activities that no entry has any more go.
    """
    wanted = [
        (date, made[date.activity_id], histories[date.pk]) for date in known.dates if date.pk in histories
    ]
    stale = [each for each in wanted if not _is_so(known.get(each[0].pk), *each)]
    if not stale:
        return 0
    words = _words({(date.activity_id, source.words_of(date)): source for date, source, _ in stale})
    changed = [
        CalendarEntry(
            occurrence=date,
            activity_id=date.activity_id,
            starts_at=date.starts_at,
            sequence=history.sequence,
            meaning=history.meaning,
            changed_at=history.changed_at,
            public_until=source.public_until,
            words_id=words[date.activity_id, source.words_of(date).digest],
            text=own_text(date, history),
        )
        for date, source, history in stale
    ]
    store(changed)
    touched = {date.activity_id for date, _, _ in stale}
    CalendarWords.objects.filter(activity_id__in=touched, entries=None).delete()
    return len(changed)


def _upsert(changed: Sequence[CalendarEntry]) -> None:
    CalendarEntry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["occurrence"],
        update_fields=WRITTEN,
        batch_size=AT_ONCE,
    )


def _is_so(entry: CalendarEntry | None, date: Occurrence, source: Source, history: History) -> bool:
    return (
        entry is not None
        and entry.sequence == history.sequence
        and bytes(entry.meaning) == history.meaning
        and entry.public_until == source.public_until
        and entry.words.renderer == phrases.RENDERER
        and entry.words.address == source.address
        and bytes(entry.words.digest) == source.words_of(date).digest
    )


def _words(wanted: Mapping[tuple[int, Words], Source]) -> dict[tuple[int, bytes], int]:
    """The keys of words, by activity and digest. Those that are there keep their key and become today's."""
    rows = CalendarWords.objects.bulk_create(
        [
            CalendarWords(
                activity_id=key,
                digest=words.digest,
                renderer=phrases.RENDERER,
                address=source.address,
                text=words.text,
            )
            for (key, words), source in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["activity", "digest"],
        update_fields=["renderer", "address"],
    )
    return {(row.activity_id, bytes(row.digest)): row.pk for row in rows}
