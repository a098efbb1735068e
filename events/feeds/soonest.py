"""The soonest dates of everything, in this worker's memory: the largest feeds are picked from them.

To read ten thousand entries takes longer than all else that a feed costs, and a question for most of what is
on finds nearly those of the question before.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from events.feeds import reading
from events.feeds.feed import MOST, Keys, Stamp, Wanted
from events.feeds.words_store import Maker, Text, maker, store

SPARE = 2_500  # dates of what a question leaves out
NO_TEXT = b"", b""

AsOf = tuple[Stamp, datetime.date, Maker]


@dataclass(frozen=True, slots=True)
class Parts:
    """Of each entry the own lines after the first, the words and the words' digest, in order."""

    own: Sequence[bytes]
    words: Sequence[bytes]
    digests: Sequence[bytes]

    @classmethod
    def of(cls, own: Sequence[bytes], texts: Sequence[Text]) -> "Parts":
        return cls(own, [words for words, _ in texts], [digest for _, digest in texts])

    def at(self, places: NDArray[np.int64]) -> "Parts":
        """Some of them, in order. The first ones are asked for most often, and soonest taken."""
        most = len(places)
        if most == 0 or places[-1] == most - 1:
            return Parts(self.own[:most], self.words[:most], self.digests[:most])
        wanted = places.tolist()
        return Parts(_picked(self.own, wanted), _picked(self.words, wanted), _picked(self.digests, wanted))


@dataclass(frozen=True, slots=True)
class _Soonest:
    """As of one generation of the installation, one day and one maker of words. What is `stale` has to be
    rendered anew."""

    as_of: AsOf
    activity: NDArray[np.int64]
    stale: NDArray[np.bool_]
    parts: Parts

    def picked(self, activities: Keys | None, most: int) -> Parts | None:
        """As many of these activities. None where there are fewer, or one has to be rendered anew."""
        found = (np.arange(len(self.activity)) if activities is None else self._places(activities))[:most]
        if len(found) < most or self.stale[found].any():
            return None
        return self.parts.at(found)

    def _places(self, activities: Keys) -> NDArray[np.int64]:
        marks = reading.marked(activities)
        known = self.activity < len(marks)
        return np.flatnonzero(known)[marks[self.activity[known]]]


class Keeper:
    """Holds what was read last. It is read again once anything public has changed, and at midnight."""

    def __init__(self) -> None:
        self.held: _Soonest | None = None

    def clear(self) -> None:
        self.held = None

    def picked(self, wanted: Wanted, stamp: Stamp, now: datetime.datetime) -> Parts | None:
        """The entries of a feed that is full of dates to come; None where the database has to be asked."""
        if not wanted.is_full:
            return None
        as_of, held = (stamp, timezone.localdate(now), maker()), self.held
        if held is None or held.as_of != as_of:
            held = self.held = _read_now(as_of, now)
        return held.picked(wanted.activities, MOST)


def _picked(column: Sequence[bytes], places: Sequence[int]) -> list[bytes]:
    return [column[place] for place in places]


def _read_now(as_of: AsOf, now: datetime.datetime) -> _Soonest:
    dates = reading.soonest(now, most=MOST + SPARE)
    texts = store.get(dates.words)
    stale = dates.lapsed | np.fromiter((text is None for text in texts), dtype=bool, count=len(texts))
    return _Soonest(as_of, dates.activity, stale, Parts.of(dates.own, [text or NO_TEXT for text in texts]))


keeper = Keeper()
