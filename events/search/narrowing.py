"""Which listings answer a question: a mask for each thing asked, over the columns of the index."""

import datetime

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from events.index import Snapshot
from events.index.coming import ALWAYS, Span
from events.index.rows import codes_of
from events.index.snapshot import AUDIENCES, Mask
from events.query import DAYS, Query, local_minute, minute_of_day, span
from events.search import text


class Narrowing:
    """One question put to one snapshot at one moment.

    `others` is what every filter but access, type, free and dates lets through; those are kept apart, because
    the numbers beside them leave their own filter out.
    """

    def __init__(self, query: Query, snapshot: Snapshot, now: datetime.datetime) -> None:
        self.query, self.snapshot = query, snapshot
        self.today = timezone.localdate(now)
        self.coming = snapshot.coming(local_minute(now))
        self.ages = query.ages_on(self.today)
        columns = snapshot.columns
        self.size = len(snapshot.alive)
        self.matches = text.search(query.q, snapshot) if query.q else None
        self.miles: NDArray[np.float64] | None = None
        if query.near:
            self.miles = snapshot.miles_from(query.near.latitude, query.near.longitude, within=query.radius)
        self.suits = [(columns.age_from <= age) & (columns.age_to >= age) for age in self.ages]
        self.access, self.ask = self._access()
        self.others = self._others()
        self.types = self._types()
        self.free: Mask = columns.free if query.free else self._all()
        self.span = self._span()
        self.codes = codes_of(query.days, query.times)
        self.table = self.coming.table(self.span)

    @property
    def visible(self) -> Mask:
        return self.snapshot.visible(self.today)

    @property
    def answered(self) -> Mask:
        """What the access asked for lets through; or, turned round, what may let through and has not said."""
        return self.ask if self.query.ask else self.access

    def asked(self) -> Mask:
        """All filters of the activity itself, dates and who may see it left out."""
        return self.others & self.answered & self.types & self.free

    def next_dates(self) -> NDArray[np.int32]:
        """The place of each slot's next date that was asked for, or NEVER."""
        return self.table.first(self.codes)

    def miles_to(self, slot: int) -> float | None:
        """How far one is; None where nobody said from where."""
        return None if self.miles is None else float(self.miles[slot])

    def ages_suited(self, slot: int) -> tuple[int, ...]:
        """Of the ages asked for."""
        return tuple(age for age, suits in zip(self.ages, self.suits, strict=True) if suits[slot])

    def day_counts(self, mask: Mask) -> dict[str, int]:
        """How many have a date on each day, at one of the times asked for."""
        held = self.table.held[mask]
        return {
            day: int(
                np.count_nonzero(
                    held & np.uint32(sum(1 << code for code in codes_of([day], self.query.times)))
                )
            )
            for day in DAYS
        }

    def type_counts(self, mask: Mask) -> dict[str, int]:
        counts = np.bincount(self.snapshot.columns.type[mask], minlength=len(self.snapshot.type_codes))
        return {slug: int(counts[code]) for slug, code in self.snapshot.type_codes.items()}

    def _all(self) -> Mask:
        return np.ones(self.size, dtype=bool)

    def _others(self) -> Mask:
        query, columns, having = self.query, self.snapshot.columns, self.snapshot.having
        mask = self.snapshot.alive.copy()
        if self.matches:
            mask &= self.matches.fit > 0
        if self.miles is not None:
            mask &= self.miles <= query.radius
        if self.suits:
            mask &= np.logical_or.reduce(self.suits)
        if query.audiences:
            mask &= np.isin(columns.audience, [AUDIENCES.index(audience) for audience in query.audiences])
        if query.alone:
            mask &= columns.alone
        if query.picks:
            mask &= self.snapshot.picked(query.picks)
        for kind, values in (
            ("language", query.languages),
            ("aim", query.aims),
            ("organiser", query.organisers),
            ("place", query.places),
            ("school", query.schools),
        ):
            if values:
                mask &= having(kind, values)
        return mask

    def _access(self) -> tuple[Mask, Mask]:
        """Where every feature asked for is there; and where none is missing, but of some nobody knows."""
        yes, possible = self._all(), self._all()
        for feature in self.query.access:
            there = self.snapshot.having("access", [feature])
            yes &= there
            possible &= there | self.snapshot.having("ask", [feature])
        return yes, possible & ~yes

    def _types(self) -> Mask:
        if not self.query.types:
            return self._all()
        codes = [self.snapshot.type_codes.get(slug, -1) for slug in self.query.types]
        return np.isin(self.snapshot.columns.type, codes)

    def _span(self) -> Span:
        """A meeting belongs to the day on which it begins; one that has begun today is still on."""
        first, last = span(self.query, self.today)
        start = minute_of_day(first) if first and first > self.today else ALWAYS.start
        before = (
            minute_of_day(last + datetime.timedelta(days=1)) if last and last.year < 3000 else ALWAYS.before
        )
        return Span(start, max(0, before))
