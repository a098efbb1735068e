"""Making the stored dates of an activity agree with its schedule."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from events import dates
from events.models import Activity, Occurrence, ScheduleRule, State
from events.recurrence import Change, Existing, Meeting, Plan, SchoolYear, refresh
from events.recurrence import State as KnownState
from places import clock

WRITTEN = [
    "rule",
    "rule_date",
    "number",
    "starts_at",
    "ends_at",
    "venue",
    "state",
    "withdrawn",
    "placed_by_hand",
    "reason",
]


@dataclass(frozen=True, slots=True)
class Changes:
    """How many dates were made, changed, withdrawn and removed."""

    created: int = 0
    changed: int = 0
    withdrawn: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return any((self.created, self.changed, self.withdrawn, self.removed))


def refresh_dates(*, activity: Activity, now: datetime.datetime) -> Changes:
    """Compare stored dates with what the rules want, and write the difference.

    For `publishing.settle` alone, which holds the activity's row and has decided that its schedule counts.
    """
    stored = _stored(activity, now)
    rows = list(activity.rules.all())
    plan = _plan(activity, rows, stored, dates.school_year(activity.host.place), now)
    return _write(plan, stored, activity, _venues(rows, activity), now)


def first_dates(*, activity: Activity, year: SchoolYear, now: datetime.datetime) -> list[Occurrence]:
    """What `refresh_dates` makes of an activity without any, unsaved: for whoever adds many at once."""
    rows = list(activity.rules.all())
    venues = _venues(rows, activity)
    return [_new(meeting, activity, venues) for meeting in _plan(activity, rows, [], year, now).create]


def is_agreed(*, activity: Activity, year: SchoolYear, now: datetime.datetime) -> bool:
    """Whether `refresh_dates` would find nothing to write but venues: the nightly job's cheap question."""
    rows = list(activity.rules.all())
    return _plan(activity, rows, _stored(activity, now), year, now).is_empty


def _stored(activity: Activity, now: datetime.datetime) -> list[Occurrence]:
    """Dates from this week on. Earlier ones are not even read: they are never touched."""
    today = timezone.localdate(now)
    monday = today - datetime.timedelta(days=today.weekday())
    this_week_on = Q(starts_at__gte=clock.midnight(monday)) | Q(rule_date__gte=monday)
    return list(Occurrence.objects.filter(this_week_on, activity=activity))


def _plan(
    activity: Activity,
    rows: list[ScheduleRule],
    stored: list[Occurrence],
    year: SchoolYear,
    now: datetime.datetime,
) -> Plan:
    return refresh(
        [dates.as_rule(row) for row in rows],
        [_existing(occurrence) for occurrence in stored],
        year,
        now=now,
        continues=_continued(activity, rows, stored),
    )


def _continued(activity: Activity, rows: list[ScheduleRule], stored: list[Occurrence]) -> dict[UUID, UUID]:
    """Which rule took over from which. Where a rule has left its dates behind, older versions are asked: the
    rule that it continued may be whole again."""
    known = dates.continued(rows)
    if {occurrence.rule for occurrence in stored} <= {row.uuid for row in rows}:
        return known
    return {**dates.once_continued(activity), **known}


def _existing(occurrence: Occurrence) -> Existing:
    return Existing(
        uuid=occurrence.uuid,
        rule_uuid=occurrence.rule,
        rule_date=occurrence.rule_date,
        number=occurrence.number,
        starts_at=occurrence.starts_at,
        ends_at=occurrence.ends_at,
        state=KnownState(occurrence.state),
        was_public=occurrence.public_since is not None,
        withdrawn=occurrence.withdrawn,
        placed_by_hand=occurrence.placed_by_hand,
    )


def _venues(rows: Iterable[ScheduleRule], activity: Activity) -> dict[UUID, int]:
    """Where each rule meets: at its own venue or at the activity's."""
    return {row.uuid: row.venue_id or activity.venue_id for row in rows}


def _write(
    plan: Plan, stored: list[Occurrence], activity: Activity, venues: dict[UUID, int], now: datetime.datetime
) -> Changes:
    by_uuid = {occurrence.uuid: occurrence for occurrence in stored}
    touched = {change.uuid: _apply(change, by_uuid[change.uuid]) for change in plan.change}
    for existing in plan.withdraw:
        touched[existing.uuid] = _withdraw(by_uuid[existing.uuid])
    for occurrence in stored:
        if _follow_venue(occurrence, venues, now):
            touched[occurrence.uuid] = occurrence
    Occurrence.objects.filter(uuid__in=[existing.uuid for existing in plan.remove]).delete()
    Occurrence.objects.bulk_update(touched.values(), WRITTEN)
    Occurrence.objects.bulk_create(_new(meeting, activity, venues) for meeting in plan.create)
    return Changes(
        created=len(plan.create),
        changed=len(touched) - len(plan.withdraw),
        withdrawn=len(plan.withdraw),
        removed=len(plan.remove),
    )


def _new(meeting: Meeting, activity: Activity, venues: dict[UUID, int]) -> Occurrence:
    return Occurrence(
        activity=activity,
        rule=meeting.rule_uuid,
        rule_date=meeting.rule_date,
        number=meeting.number,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        venue_id=venues[meeting.rule_uuid],
    )


def _apply(change: Change, occurrence: Occurrence) -> Occurrence:
    meeting = change.meeting
    occurrence.rule, occurrence.rule_date, occurrence.number = meeting.identity
    occurrence.starts_at, occurrence.ends_at = meeting.starts_at, meeting.ends_at
    occurrence.state = State(change.state.value)
    if change.reinstates:
        occurrence.withdrawn = False
        occurrence.reason = ""
    return occurrence


def _withdraw(occurrence: Occurrence) -> Occurrence:
    occurrence.state = State.CANCELLED
    occurrence.withdrawn = True
    return occurrence


def _follow_venue(occurrence: Occurrence, venues: dict[UUID, int], now: datetime.datetime) -> bool:
    """Coming dates are where their rule says, unless a person placed them or no rule gives them."""
    venue = venues.get(occurrence.rule)
    if venue in {None, occurrence.venue_id} or occurrence.placed_by_hand or occurrence.withdrawn:
        return False
    if occurrence.starts_at <= now or occurrence.state == State.HELD:
        return False
    occurrence.venue_id = venue
    return True
