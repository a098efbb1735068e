"""Which dates of a series are count days: drawn by lot, so that nobody picks the good evenings.

Pure: dates, terms and a seed in, dates out.
"""

import datetime
import random
from collections.abc import Sequence
from typing import TypeVar

A_TERM = 2
"""So many count days a series has in each term."""
SEASONS = ((8, 1), (4, 1), (1, 1))
"""Month and day on which autumn, summer and spring begin: both halves of a term are one."""
Date = TypeVar("Date")


def season_of(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The first day of its autumn, spring or summer, and the first of the next."""
    firsts = sorted(
        datetime.date(year, month, first)
        for year in (day.year - 1, day.year, day.year + 1)
        for month, first in SEASONS
    )
    begins = max(first for first in firsts if first <= day)
    return begins, firsts[firsts.index(begins) + 1]


def in_term(
    days: Sequence[datetime.date], terms: Sequence[tuple[datetime.date, datetime.date]]
) -> list[datetime.date]:
    """Those of a season that lie in terms. All, where none does: a camp in the holidays, or no terms."""
    inside = [day for day in days if any(first <= day <= last for first, last in terms)]
    return inside or list(days)


def draw(dates: Sequence[Date], number: int, seed: int) -> list[Date]:
    """So many of them in their order, each as likely as any other; all where there are no more."""
    lot = random.Random(seed)  # noqa: S311 - its seed is a secret's, and it guards nothing # nosec B311
    places = lot.sample(range(len(dates)), min(number, len(dates)))
    return [dates[at] for at in sorted(places)]
