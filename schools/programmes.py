"""Where a programme stands: of each meeting its date, and what is due of it or has slipped."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from events.actions.registers import CLOSES_AFTER
from events.models import Activity, Occurrence, ScheduleRule, State
from events.wording import when_words
from places.clock import LONDON
from places.models import School
from schools.models import Meeting, Programme, Twinning
from schools.models.twinning import TOGETHER

SOON = datetime.timedelta(days=14)


class Stand(StrEnum):
    UNDATED = "undated"
    WAITING = "waiting"  # for the officer's first look
    COMING = "coming"
    CANCELLED = "cancelled"
    OVER = "over"


class Due(StrEnum):
    """What somebody has to see to."""

    UNDATED = "undated"
    CANCELLED = "cancelled"
    SOON = "soon"
    UNCOUNTED = "uncounted"


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting as it stands. `can_count`: its register is still open."""

    meeting: Meeting
    stands: Stand
    occurrence: Occurrence | None = None
    when: str = ""
    venue: str = ""
    due: Due | None = None
    can_count: bool = False

    @property
    def is_open(self) -> bool:
        """It can be given a date, or left out."""
        return self.stands in {Stand.UNDATED, Stand.CANCELLED}

    @property
    def moved(self) -> bool:
        return self.occurrence is not None and self.occurrence.state == State.MOVED


@dataclass(frozen=True, slots=True)
class Desk:
    """A twinning that goes on, as one of its schools sees it: what is due of it, in the programme's order."""

    twinning: Twinning
    school: School
    programme: Programme | None
    due: tuple[Line, ...]

    @property
    def other(self) -> School:
        return self.twinning.other(self.school)


def lines_of(programme: Programme, now: datetime.datetime) -> list[Line]:
    return read([programme], now)[programme.pk]


def read(programmes: Sequence[Programme], now: datetime.datetime) -> dict[int, list[Line]]:
    """Every meeting of each, in order. Two queries; more where an officer still has to look at something."""
    meetings = list(Meeting.objects.filter(programme__in=programmes).order_by("programme", "number"))
    rules = [each.rule for each in meetings if each.rule]
    dates = _dates(rules, programmes)
    drafts = _drafts(programmes) if set(rules) - set(dates) else {}
    found: dict[int, list[Line]] = {each.pk: [] for each in programmes}
    for each in meetings:
        rule = each.rule
        line = _line(each, dates.get(rule), drafts.get(rule), now) if rule else _undated(each)
        found[each.programme_id].append(line)
    return found


def desks(schools: Iterable[School], now: datetime.datetime) -> list[Desk]:
    """The twinnings of these schools that go on, each as its school sees it. Four queries at most."""
    ours = {school.pk: school for school in schools}
    held = Twinning.objects.filter(Q(first__in=ours) | Q(second__in=ours), state__in=TOGETHER)
    twinnings = list(held.select_related("first", "second").order_by("year", "pk"))
    programmes = {
        each.twinning_id: each for each in Programme.objects.filter(twinning__in=twinnings) if twinnings
    }
    lines = read(list(programmes.values()), now) if programmes else {}
    return [
        Desk(
            twinning,
            school,
            programme := programmes.get(twinning.pk),
            tuple(line for line in lines[programme.pk] if line.due) if programme else (),
        )
        for twinning in twinnings
        for school in (twinning.first, twinning.second)
        if school.pk in ours
    ]


def _dates(rules: Sequence[UUID], programmes: Sequence[Programme]) -> dict[UUID, Occurrence]:
    """The date of each rule: of several the first that takes place."""
    if not rules:
        return {}
    rows = Occurrence.objects.filter(rule__in=rules, activity__in=[each.activity_id for each in programmes])
    by_rule: dict[UUID, list[Occurrence]] = defaultdict(list)
    for row in rows.select_related("venue", "register").order_by("rule_date", "number"):
        by_rule[row.rule].append(row)
    return {
        rule: next((row for row in found if row.state != State.CANCELLED), found[-1])
        for rule, found in by_rule.items()
    }


def _drafts(programmes: Sequence[Programme]) -> dict[UUID, ScheduleRule]:
    """Rules of drafts that were never public, so that nothing has made dates of them yet."""
    keys = [each.activity_id for each in programmes]
    drafts = Activity.objects.filter(pk__in=keys, first_published_at=None)
    versions = [each.get_latest_revision_as_object() for each in drafts]
    return {rule.uuid: rule for version in versions for rule in version.rules.all()}


def _undated(meeting: Meeting) -> Line:
    return Line(meeting, Stand.UNDATED, due=Due.UNDATED)


def _line(
    meeting: Meeting, occurrence: Occurrence | None, draft: ScheduleRule | None, now: datetime.datetime
) -> Line:
    if occurrence is not None:
        return _dated(meeting, occurrence, now)
    if draft is None:
        return _undated(meeting)
    starts_at, ends_at = (
        datetime.datetime.combine(draft.first_date, time, tzinfo=LONDON) for time in (draft.start, draft.end)
    )
    when = when_words(starts_at, ends_at, timezone.localdate(now))
    return Line(meeting, Stand.WAITING, when=when, venue=str(draft.venue or ""))


def _dated(meeting: Meeting, occurrence: Occurrence, now: datetime.datetime) -> Line:
    stands, due = _stands(occurrence, now)
    return Line(
        meeting,
        stands,
        occurrence,
        when=when_words(occurrence.starts_at, occurrence.ends_at, timezone.localdate(now)),
        venue=occurrence.venue.name,
        due=due,
        can_count=stands == Stand.OVER and occurrence.ends_at > now - CLOSES_AFTER,
    )


def _stands(occurrence: Occurrence, now: datetime.datetime) -> tuple[Stand, Due | None]:
    if occurrence.state == State.CANCELLED:
        return Stand.CANCELLED, Due.CANCELLED
    if occurrence.ends_at > now:
        is_soon = timezone.localdate(occurrence.starts_at) <= timezone.localdate(now) + SOON
        return Stand.COMING, Due.SOON if is_soon else None
    can_be_counted = occurrence.ends_at > now - CLOSES_AFTER
    return Stand.OVER, Due.UNCOUNTED if can_be_counted and not occurrence.is_counted else None
