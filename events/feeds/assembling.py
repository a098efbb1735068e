"""Joins stored entries to the body of a feed.

Nothing is rendered unless an entry is out of date: its words were made by another renderer or for another
address, or its host's declaration has run out since. Then that entry is rendered as the feed goes.
"""

import contextlib
import datetime
import hashlib
from collections.abc import Callable, Sequence

from django.utils import timezone

from events.feeds import entries, icalendar, reading, sources
from events.feeds.feed import Body, Feed, Stamp, Wanted
from events.feeds.reading import BEGIN
from events.feeds.soonest import Parts, keeper
from events.feeds.words_store import Text, WordsGoneError, store
from events.models import CalendarEntry

CANCELLED, SHOWN = b"\r\nSTATUS:CANCELLED\r\n", b"\r\nSTATUS:CONFIRMED\r\n"
A_PIECE = 1_000  # dates
ATTEMPTS = 3
NOTHING = Parts([], [], [])


def assemble(
    feed: Feed, now: datetime.datetime, stamp: Stamp, *, made: Callable[[bytes], object] | None = None
) -> Body:
    """The body as of the installation's `stamp` or newer. Who has something to do with each piece meanwhile
    gets it as soon as it is `made`.

    1. Pick the dates from memory, or read their own lines and take their words from memory.
    2. Where an entry is out of date, render that one.
    3. Put own lines and words together. The digest is of the own lines and of the words' digests, which is a
       digest of the whole at a quarter of the cost.
    """
    opening, closing = icalendar.opening(feed.heading).encode(), icalendar.CLOSING.encode()
    parts = _parts(feed.wanted, now, stamp) if feed.wanted else NOTHING
    digest, pieces = hashlib.sha256(opening), []
    for first in range(0, max(1, len(parts.own)), A_PIECE):
        last = first + A_PIECE
        own = parts.own[first:last]
        lines = [BEGIN] * (3 * len(own))
        lines[1::3], lines[2::3] = own, parts.words[first:last]
        piece = b"".join([b"" if first else opening, *lines, closing if last >= len(parts.own) else b""])
        pieces.append(piece.replace(CANCELLED, SHOWN) if feed.shows_cancelled else piece)
        if made is not None:
            made(pieces[-1])
        digest.update(b"".join(own))
    digest.update(b"".join(parts.digests))
    if feed.shows_cancelled:
        digest.update(b"shown")
    return Body(tuple(pieces), digest.hexdigest()[:32])


def _parts(wanted: Wanted, now: datetime.datetime, stamp: Stamp) -> Parts:
    """Words that went while we were reading are asked for again."""
    for _attempt in range(ATTEMPTS - 1):
        with contextlib.suppress(WordsGoneError):
            return keeper.picked(wanted, stamp, now) or _read(wanted, now)
    return _read(wanted, now)


def _read(wanted: Wanted, now: datetime.datetime) -> Parts:
    dates = reading.read(wanted, now)
    texts = store.get(dates.words)
    if not wanted.anew and not dates.lapsed.any() and None not in texts:
        return Parts.of(dates.own, texts)  # ty: ignore[invalid-argument-type] (none is None)
    stored = zip(dates.key.tolist(), dates.lapsed.tolist(), dates.own, texts, strict=True)
    rows = [(key, wanted.anew or lapsed or text is None, own, text) for key, lapsed, own, text in stored]
    anew = _render([key for key, is_stale, _, _ in rows if is_stale], timezone.localdate(now))
    entire = [anew.get(key, (own, text)) for key, _, own, text in rows]
    found = [(own, text) for own, text in entire if text is not None]
    return Parts.of([own for own, _ in found], [text for _, text in found])


def _render(occurrences: Sequence[int], today: datetime.date) -> dict[int, tuple[bytes, Text]]:
    found = CalendarEntry.objects.filter(pk__in=occurrences).select_related("occurrence__venue")
    stored = list(found.defer("text"))
    made = sources.read(sorted({entry.activity_id for entry in stored}), today)
    parts: dict[int, tuple[bytes, Text]] = {}
    for entry in stored:
        date, source = entry.occurrence, made[entry.activity_id]
        words = source.words_of(date)
        own = entries.own_text(date, entries.as_read(entry, date, today))
        parts[entry.pk] = own.encode().removeprefix(BEGIN), (words.text.encode(), words.digest)
    return parts
