"""Which listings answer a question: a mask for each thing asked, over the columns of the index."""

import datetime

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from events.index import NEVER, Snapshot
from events.index.coming import ALWAYS, Span, by_slot
from events.index.rows import CODES, codes_of
from events.index.snapshot import AUDIENCES, Mask
from events.query import DAYS, Query, local_minute, minute_of_day, span
from events.search import text


class Narrowing:
    """One question put to one snapshot at one moment.

    `others` is what every filter but access, type, free, dates and distance lets through; the first are kept
    apart, because the numbers beside them leave their own filter out. How far it is and how one gets in are
    asked of spots, so that a date must answer both: `access` and `ask` are masks over these, and `miles` is
    a number for each.
    """

    def __init__(self, query: Query, snapshot: Snapshot, now: datetime.datetime) -> None:
        self.query, self.snapshot = query, snapshot
        self.today = timezone.localdate(now)
        self.coming = snapshot.coming(local_minute(now))
        self.ages = query.ages_on(self.today)
        columns = snapshot.columns
        self.size = len(snapshot.alive)
        self.matches = text.search(query.q, snapshot, self.today) if query.q else None
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
    def spots(self) -> Mask:
        """Near enough, with the access asked for; or, turned round, where it may be and nobody has said."""
        return self.ask if self.query.ask else self.access

    def spots_with(self, place: int) -> Mask:
        """Where dates may be that stand on a card with this one: if that says a distance, at its spot."""
        if self.miles is None:
            return self.spots
        alone = np.zeros(len(self.spots), dtype=bool)
        alone[self.snapshot.columns.cell[place] // CODES] = True
        return alone

    def asked(self) -> Mask:
        """All filters but dates and who may see it."""
        somewhere = by_slot(np.logical_or, self.spots, self.snapshot.columns.first_spot)
        return self.others & somewhere & self.types & self.free

    def next_dates(self) -> NDArray[np.int32]:
        """The place of each slot's next date that was asked for, or NEVER."""
        return self.table.first(self.codes, self.spots)

    def meets_where_nobody_said(self) -> Mask:
        """What has a date that was asked for where the access asked for may be."""
        asks = bool(self.query.access)
        return self.table.first(self.codes, self.ask) != NEVER if asks else np.zeros(self.size, dtype=bool)

    def miles_to(self, place: int) -> float | None:
        """How far it is to a date; None where nobody said from where."""
        return None if self.miles is None else float(self.miles[self.snapshot.columns.cell[place] // CODES])

    def ages_suited(self, slot: int) -> tuple[int, ...]:
        """Of the ages asked for."""
        return tuple(age for age, suits in zip(self.ages, self.suits, strict=True) if suits[slot])

    def day_counts(self, mask: Mask) -> dict[str, int]:
        """How many have a date on each day, at one of the times asked for."""
        held = self.table.codes(self.spots)[mask]
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

    def _near(self) -> Mask:
        """The spots that are near enough."""
        return (
            np.ones(len(self.snapshot.columns.slot), dtype=bool)
            if self.miles is None
            else self.miles <= self.query.radius
        )

    def _others(self) -> Mask:
        query, columns, having = self.query, self.snapshot.columns, self.snapshot.having
        mask = self.snapshot.alive.copy()
        if self.matches:
            mask &= self.matches.fit > 0
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
        """Near enough, where every feature asked for is there; and where none is missing, but of some nobody
        knows."""
        yes, possible = self._near(), self._near()
        for feature in self.query.access:
            there = self.snapshot.offering("access", feature)
            yes &= there
            possible &= there | self.snapshot.offering("ask", feature)
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
