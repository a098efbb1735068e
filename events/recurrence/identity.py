"""How stored dates keep their identity while the rules that gave them are edited."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from events.recurrence.dates import meetings
from events.recurrence.rules import LONDON, Meeting, Rule, SchoolYear, horizon


class State(StrEnum):
    SCHEDULED = "scheduled"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Existing:
    """A stored date. `withdrawn`: an edit of the schedule cancelled it, not a person. `placed_by_hand`: a
    person moved it, and its time is theirs even while it is cancelled."""

    uuid: UUID
    rule_uuid: UUID
    rule_date: date
    number: int
    starts_at: datetime
    ends_at: datetime
    state: State = State.SCHEDULED
    was_public: bool = True
    withdrawn: bool = False
    placed_by_hand: bool = False

    @property
    def identity(self) -> tuple[UUID, date, int]:
        return (self.rule_uuid, self.rule_date, self.number)

    @property
    def keeps_its_time(self) -> bool:
        """A person moved or cancelled this one date, so an edit of the rule does not change when it is."""
        by_hand = self.placed_by_hand or self.state == State.MOVED
        return by_hand or (self.state == State.CANCELLED and not self.withdrawn)

    def is_past(self, now: datetime) -> bool:
        return self.state == State.HELD or self.starts_at <= now


@dataclass(frozen=True, slots=True)
class Change:
    """A stored date becomes `meeting`: identity and times as they shall be stored. Where it `reinstates`, the
    date is no longer withdrawn. `state` is the state it shall have."""

    existing: Existing
    meeting: Meeting
    reinstates: bool = False

    @property
    def uuid(self) -> UUID:
        return self.existing.uuid

    @property
    def state(self) -> State:
        if self.reinstates:
            return State.MOVED if self.existing.placed_by_hand else State.SCHEDULED
        return self.existing.state


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do. `withdraw`: becomes cancelled and withdrawn and stays. `remove`: was never public, goes.

    May be written in any order: no change takes an identity that another stored date holds.
    """

    keep: tuple[Existing, ...] = ()
    change: tuple[Change, ...] = ()
    create: tuple[Meeting, ...] = ()
    withdraw: tuple[Existing, ...] = ()
    remove: tuple[Existing, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.change or self.create or self.withdraw or self.remove)


def window(existing: Iterable[Existing], now: datetime) -> tuple[date, date]:
    """The dates to ask the rules for: from this week's Monday to the horizon, wider where the rule date of a
    coming one lies outside (a person moved it), so that none is withdrawn only because nobody asked."""
    today = now.astimezone(LONDON).date()
    monday = today - timedelta(days=today.weekday())
    coming = [row.rule_date for row in existing if not row.is_past(now)]
    return min([monday, *coming]), max([horizon(today), *(day + timedelta(days=1) for day in coming)])


def refresh(
    rules: Sequence[Rule],
    existing: Sequence[Existing],
    school_year: SchoolYear,
    *,
    now: datetime,
    continues: Mapping[UUID, UUID] | None = None,
) -> Plan:
    """Compare all stored dates of an activity with what all its rules want now. This is what actions call.

    Stored dates that began before this week may be left out of `existing`.
    """
    after, before = window(existing, now)
    wanted = [meeting for rule in rules for meeting in meetings(rule, school_year, after, before)]
    return reconcile(existing, wanted, now=now, continues=continues)


def reconcile(
    existing: Sequence[Existing],
    wanted: Sequence[Meeting],
    *,
    now: datetime,
    continues: Mapping[UUID, UUID] | None = None,
) -> Plan:
    """The least that makes the stored dates agree with the wanted ones.

    `wanted` must cover `window(existing, now)`: what is coming and not wanted is withdrawn.
    `continues` says which rule took over from which (a split): `{new rule: earlier rule}`; of rules that have
    left the schedule too, so that a split can be undone.

    1. Pair stored and wanted dates (see `matched`).
    2. A paired date that has begun is kept as it is: the past is never touched.
    3. A paired date that a person moved or cancelled keeps its time and state; only its identity follows
       the rule.
    4. Any other paired date takes the wanted identity and time; one that an edit had withdrawn is reinstated.
       Where the wanted time has begun, today's later meeting keeps its time: nothing is moved into the past,
       and of what was withdrawn only a date that a person had moved comes back, since its time is theirs.
    5. A wanted date without a pair is created, unless it has begun: nobody was told of it.
    6. A stored date without a pair is kept if it has begun or is cancelled already. Otherwise it is
       withdrawn if it was ever public, and removed if it was not.
    """
    pairs = matched(existing, wanted, now=now, continues=continues)
    keep: list[Existing] = []
    change: list[Change] = []
    for row, meeting in pairs:
        became = _change(row, meeting, now)
        if became:
            change.append(became)
        else:
            keep.append(row)
    paired = {row.uuid for row, _ in pairs}
    found = {meeting.identity for _, meeting in pairs}
    alone = [row for row in existing if row.uuid not in paired]
    settled = [row for row in alone if _is_settled(row, now)]
    unwanted = [row for row in alone if not _is_settled(row, now)]
    return Plan(
        keep=tuple(keep + settled),
        change=tuple(change),
        create=tuple(m for m in wanted if m.identity not in found and m.starts_at > now),
        withdraw=tuple(row for row in unwanted if row.was_public),
        remove=tuple(row for row in unwanted if not row.was_public),
    )


def matched(
    existing: Sequence[Existing],
    wanted: Sequence[Meeting],
    *,
    now: datetime,
    continues: Mapping[UUID, UUID] | None = None,
) -> list[tuple[Existing, Meeting]]:
    """Pair each wanted date with the stored date that it is, at most one each.

    Each step pairs what the steps before left over, in order of date: within a rule first and then, for a
    rule that continues another, with the earlier rule's dates; last with those of rules that continued it and
    give no dates any more.

    1. The same rule date and number, whatever the state and even if it has begun.
    2. The same ISO week, both still to come: the weekday was changed.
    3. The same month, both still to come and the rule's only one in that month before and after: the second
       Tuesday may lie a week after the second Wednesday.
    4. Any two still to come that are the rule's only one before and after: a single date was put off.
    5. The same ISO week as a date that an edit withdrew: better reinstated than cancelled beside a new one.

    Undoing an edit restores each date's UUID: what was paired is paired again the other way round, by the
    same step, and what was withdrawn still lies on its own date (step 1).
    """
    lineage = _lineage({meeting.rule_uuid for meeting in wanted}, continues or {})
    rows = sorted(existing, key=lambda row: (row.rule_date, row.number, row.starts_at))
    coming = [row for row in rows if not row.is_past(now)]
    living = [row for row in coming if not row.withdrawn]
    withdrawn = [row for row in coming if row.withdrawn]
    ahead = sorted((m for m in wanted if m.starts_at > now), key=lambda m: (m.rule_date, m.number))
    pairing = _Pairing(lineage)
    pairing.pair(rows, wanted, _exact)
    pairing.pair(living, ahead, _week)
    pairing.pair(living, ahead, _month, only_ones=True)
    pairing.pair(living, ahead, _always, only_ones=True)
    pairing.pair(withdrawn, ahead, _week)
    return list(pairing.pairs.values())


Key = Callable[[Existing | Meeting], Hashable]


class _Pairing:
    """The pairs found so far; each call of `pair` is one step."""

    def __init__(self, lineage: Mapping[UUID, list[UUID]]) -> None:
        self.lineage = lineage
        self.pairs: dict[UUID, tuple[Existing, Meeting]] = {}
        self.found: set[tuple[UUID, date, int]] = set()

    def pair(
        self, rows: Sequence[Existing], wanted: Sequence[Meeting], key: Key, only_ones: bool = False
    ) -> None:
        for generation in range(max(map(len, self.lineage.values()), default=0)):
            free = self._free(rows, key, only_ones)
            wishes = Counter((m.rule_uuid, key(m)) for m in wanted)
            for meeting in wanted:
                line = self.lineage[meeting.rule_uuid]
                if meeting.identity in self.found or generation >= len(line):
                    continue
                group = free.get((line[generation], key(meeting)))
                if group and not (only_ones and wishes[meeting.rule_uuid, key(meeting)] > 1):
                    row = group.popleft()
                    self.pairs[row.uuid] = (row, meeting)
                    self.found.add(meeting.identity)

    def _free(self, rows: Sequence[Existing], key: Key, only_ones: bool) -> dict[Hashable, deque[Existing]]:
        groups: defaultdict[Hashable, deque[Existing]] = defaultdict(deque)
        for row in rows:
            groups[row.rule_uuid, key(row)].append(row)
        return {
            name: deque(row for row in group if row.uuid not in self.pairs)
            for name, group in groups.items()
            if not (only_ones and len(group) > 1)
        }


def _exact(item: Existing | Meeting) -> Hashable:
    return (item.rule_date, item.number)


def _week(item: Existing | Meeting) -> Hashable:
    return item.rule_date.isocalendar()[:2]


def _month(item: Existing | Meeting) -> Hashable:
    return (item.rule_date.year, item.rule_date.month)


def _always(item: Existing | Meeting) -> Hashable:
    return None


def _lineage(rules: Collection[UUID], continues: Mapping[UUID, UUID]) -> dict[UUID, list[UUID]]:
    """For each rule: itself, the rule it continues, the one that continued, and so on; then what followed."""
    lines: dict[UUID, list[UUID]] = {}
    for rule in rules:
        line = [rule]
        while line[-1] in continues and continues[line[-1]] not in line:
            line.append(continues[line[-1]])
        lines[rule] = line + _followers(rule, rules, continues)
    return lines


def _followers(rule: UUID, rules: Collection[UUID], continues: Mapping[UUID, UUID]) -> list[UUID]:
    """The rules that continued it, directly or after one another, and are not among the `rules`."""
    found = [later for later, earlier in continues.items() if earlier == rule and later not in {rule, *rules}]
    rest = {later: earlier for later, earlier in continues.items() if earlier != rule}
    return found + [further for each in found for further in _followers(each, rules, rest)]


def _is_settled(row: Existing, now: datetime) -> bool:
    return row.is_past(now) or row.state == State.CANCELLED


def _change(row: Existing, meeting: Meeting, now: datetime) -> Change | None:
    begun = meeting.starts_at <= now
    if row.is_past(now) or (begun and row.withdrawn and not row.placed_by_hand):
        return None
    if begun or row.keeps_its_time:
        meeting = replace(meeting, starts_at=row.starts_at, ends_at=row.ends_at)
    as_it_is = (row.identity, row.starts_at.astimezone(UTC), row.ends_at.astimezone(UTC), False)
    # In UTC, because Python never finds a time that happens twice equal to the same moment in another zone.
    shall_be = (
        meeting.identity,
        meeting.starts_at.astimezone(UTC),
        meeting.ends_at.astimezone(UTC),
        row.withdrawn,
    )
    return None if as_it_is == shall_be else Change(row, meeting, reinstates=row.withdrawn)
