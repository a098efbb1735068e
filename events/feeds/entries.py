"""Keeps the calendar entry of every public date as text, with its history: what feeds are joined from.

An entry's SEQUENCE grows and its date of change is new whenever its meaning is another; never for a new
renderer or address of the installation.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import prefetch_related_objects
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


def write_many(activities: Iterable[int], *, now: datetime.datetime) -> int:
    """The same for the activities with these keys, in a fixed number of queries; returns how many changed."""
    keys = sorted(activities)
    today = timezone.localdate(now)
    dates, stored = _read(keys, today)
    said = _said(dates, keys, today)
    return _save(stored, [(each, _history(stored.get(each.date.pk), each, now)) for each in said], _upsert)


def write_first(dates: Sequence[Occurrence], *, now: datetime.datetime, store: Store) -> int:
    """The same for dates that were made just now, are public and still to come, and so have no entry yet.

    Nothing is read that the caller has in hand; `store` puts the entries into their table.
    """
    prefetch_related_objects(dates, "venue")
    said = _said(dates, sorted({date.activity_id for date in dates}), timezone.localdate(now))
    return _save({}, [(each, _history(None, each, now)) for each in said], store)


def render_anew(activities: Iterable[int], *, now: datetime.datetime) -> int:
    """Write the entries of these activities with today's renderer and address, and their lapses, if any.

    Their histories stay: whoever reads a feed has seen this text already, made as the feed went.
    """
    keys = sorted(activities)
    today = timezone.localdate(now)
    dates, stored = _read(keys, today)
    said = _said([date for date in dates if date.pk in stored], keys, today)
    wanted = [(each, as_read(stored[each.date.pk], each.date, today)) for each in said]
    return _save(stored, wanted, _upsert)


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


class _Said(NamedTuple):
    """A date that feeds may hold, and what its entry has to say now."""

    date: Occurrence
    source: Source
    words: Words


def _read(
    activities: Sequence[int], today: datetime.date
) -> tuple[list[Occurrence], dict[int, CalendarEntry]]:
    """Dates that feeds may hold, and the entries stored so far with their words, by the date's key."""
    occurrences = Occurrence.objects.filter(activity_id__in=activities, starts_at__gte=Window.on(today).first)
    dates = list(occurrences.once_public().prefetch_related("venue").order_by("pk"))
    stored = CalendarEntry.objects.select_related("words").defer("words__text")
    return dates, stored.in_bulk([date.pk for date in dates])


def _said(dates: Sequence[Occurrence], activities: Sequence[int], today: datetime.date) -> list[_Said]:
    made = sources.read(activities, today)
    return [_Said(date, made[date.activity_id], made[date.activity_id].words_of(date)) for date in dates]


def _history(entry: CalendarEntry | None, said: _Said, now: datetime.datetime) -> History:
    meaning = facts.meaning(said.words.meaning, said.date.starts_at, said.date.ends_at)
    if entry is None:
        return History(0, now, meaning)
    return as_read(entry, said.date, said.source.today).after(meaning, now)


def _save(stored: Mapping[int, CalendarEntry], wanted: Sequence[tuple[_Said, History]], store: Store) -> int:
    """Write what is not so yet; returns how many entries.

    1. Find or add the words of each activity.
    2. Write the entries that differ, or whose words were rendered by another renderer.
    3. Words of these activities that no entry has any more go.
    """
    stale = [each for each in wanted if not _is_so(stored.get(each[0].date.pk), *each)]
    if not stale:
        return 0
    words = _words({(said.date.activity_id, said.words): said.source for said, _ in stale})
    changed = [
        CalendarEntry(
            occurrence_id=said.date.pk,
            activity_id=said.date.activity_id,
            starts_at=said.date.starts_at,
            sequence=history.sequence,
            meaning=history.meaning,
            changed_at=history.changed_at,
            public_until=said.source.public_until,
            words_id=words[said.date.activity_id, said.words.digest],
            text=own_text(said.date, history),
        )
        for said, history in stale
    ]
    store(changed)
    touched = {said.date.activity_id for said, _ in stale}
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


def _is_so(entry: CalendarEntry | None, said: _Said, history: History) -> bool:
    return (
        entry is not None
        and entry.sequence == history.sequence
        and bytes(entry.meaning) == history.meaning
        and entry.public_until == said.source.public_until
        and entry.words.renderer == phrases.RENDERER
        and entry.words.address == said.source.address
        and bytes(entry.words.digest) == said.words.digest
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
