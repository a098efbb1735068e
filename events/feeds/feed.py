"""What one calendar is: its words, which entries it holds, and whose changes can change it."""

import datetime
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from events.feeds import facts, phrases
from events.feeds.icalendar import Heading
from organisations.models import INSTALLATION, Scope
from places import clock

MOST = 10_000
DAYS_BACK = 90
A_DAY = datetime.timedelta(days=1)
EVERYWHERE = ((Scope.INSTALLATION.value, INSTALLATION),)

Reach = tuple[tuple[str, uuid.UUID], ...]
Stamp = tuple[int, datetime.datetime | None]
"""Where the generations within a reach stand: their sum, and when one of them rose last."""
Keys = Sequence[int] | NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of these activities, or of all; on these days and at these times, if any are given.

    `next` asks for so many of the dates that are not over, take place and are listed; `occurrence` for one
    date alone, whenever it is. `is_broad` where so many activities are asked for that their dates are found
    by going through time, `is_full` where all dates of most that is listed are asked for, more than a
    calendar holds. `anew` trusts no stored text: where something has left, or is so old that nobody has
    written it since.
    """

    activities: Keys | None = None
    days: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    next: int = 0
    occurrence: int | None = None
    is_broad: bool = False
    is_full: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """`reach` are the generations that tell whether it may have changed; None of `wanted` is an empty one.

    `shows_cancelled` is for Google, which removes cancelled entries without a word: there they are confirmed.
    """

    heading: Heading
    wanted: Wanted | None
    reach: Reach = EVERYWHERE
    shows_cancelled: bool = False
    filename: str = ""

    @property
    def passes(self) -> bool:
        """It may be another by the minute, as dates end: nothing that is kept by the day tells what it is."""
        return self.wanted is not None and self.wanted.next > 0


@dataclass(frozen=True, slots=True)
class Body:
    """The finished calendar, in pieces of as many dates, and a digest of all that is in it."""

    pieces: tuple[bytes, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Window:
    """The moments between which entries begin; `today` divides what is coming from what has been."""

    first: datetime.datetime
    today: datetime.datetime
    last: datetime.datetime

    @classmethod
    def on(cls, today: datetime.date) -> "Window":
        """From 90 days ago to 12 months ahead. The edges move at midnight on London's clocks."""
        ahead = facts.a_year_after(today) + A_DAY
        return cls(clock.midnight(today - DAYS_BACK * A_DAY), clock.midnight(today), clock.midnight(ahead))


def key(question: str) -> str:
    """Under which a question's feed is remembered. Another renderer or address makes another feed."""
    known = f"{phrases.RENDERER}\x1f{settings.PUBLIC_ADDRESS}\x1f{question}"
    return hashlib.sha256(known.encode(errors="replace")).hexdigest()[:40]
