"""Changing all coming dates of an activity between two days, and putting them back as they were.

A change holds the activity's row, as that of one date does. What somebody else has changed between those days
since the person looked is refused. What each date was before stands in the audit trail with the change, so
that one press puts it back.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import AuditEntry, User
from events import asked
from events import seen as looks
from events.actions import changing
from events.models import Activity, Occurrence, State
from events.recurrence import horizon
from events.wording import dates_words
from organisations.models import Venue
from places import clock

CHANGED = "activity.dates_changed"
PUT_BACK = "activity.dates_put_back"

PARTS = ("state", "reason", "notice", "starts_at", "ends_at", "venue", "placed_by_hand", "moved_from")
"""What these changes change of a date."""
MOMENTS = {"starts_at", "ends_at", "moved_from"}


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included: "all of half-term". `seen` is what the person saw of the coming
    dates; None where nobody looked."""

    first: datetime.date
    last: datetime.date
    seen: looks.Days | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The dates that were changed, those that were already as asked, and what `undo` asks for."""

    changed: list[Occurrence] = field(default_factory=list)
    unchanged: list[Occurrence] = field(default_factory=list)
    change: UUID | None = None


@transaction.atomic
def cancel(*, activity: Activity, span: Span, reason: str, by: User) -> Outcome:
    """Cancel every coming date. Raises, as all here do, ValidationError by field and MayNotChange."""
    held = changing.hold(activity, by)
    reason = asked.checked_reason(reason)

    def change(occurrence: Occurrence) -> bool:
        if changing.is_cancelled(occurrence, reason):
            return False
        changing.cancel(occurrence, reason, held, by)
        return True

    return _each(held, span, by, change, reason)


@transaction.atomic
def move(
    *,
    activity: Activity,
    span: Span,
    times: tuple[datetime.time, datetime.time] | None = None,
    venue: Venue | None = None,
    by: User,
    reason: str = "",
) -> Outcome:
    """Put every coming date at another time of its day, at another venue, or both.

    Cancelled dates stay as they are.
    """
    held = changing.hold(activity, by)
    reason = asked.checked_reason(reason, needed=False)
    if venue:
        asked.check_venue(venue, held)

    def change(occurrence: Occurrence) -> bool:
        starts_at, ends_at = _on_its_day(occurrence, times)
        there = venue or occurrence.venue
        if occurrence.state == State.CANCELLED or changing.is_at(occurrence, starts_at, ends_at, there):
            return False
        changing.place(occurrence, held, by, starts_at, ends_at, there, reason)
        return True

    return _each(held, span, by, change, reason)


@transaction.atomic
def reinstate(*, activity: Activity, span: Span, by: User) -> Outcome:
    """Reinstate every coming date that a person cancelled."""
    held = changing.hold(activity, by)

    def change(occurrence: Occurrence) -> bool:
        if occurrence.state != State.CANCELLED:
            return False
        changing.reinstate(occurrence, held, by)
        return True

    return _each(held, span, by, change)


@transaction.atomic
def put_notice(*, activity: Activity, span: Span, notice: str, by: User) -> Outcome:
    """A line that families see with each coming date; empty takes it away. Cancelled dates stay."""
    held = changing.hold(activity, by)
    notice = asked.checked_notice(notice)

    def change(occurrence: Occurrence) -> bool:
        if occurrence.state == State.CANCELLED or occurrence.notice == notice:
            return False
        changing.put_notice(occurrence, notice, held, by)
        return True

    return _each(held, span, by, change)


@transaction.atomic
def undo(*, activity: Activity, change: UUID, by: User) -> list[Occurrence]:
    """Put back what each date was before the change with this id.

    All or nothing: refused where one of them has been changed since, has begun, or would not stay so, because
    the schedule has become another.
    """
    held = changing.hold(activity, by)
    entry = AuditEntry.objects.filter(uuid=change, action=CHANGED, subject=held.uuid).first()
    if entry is None:
        raise ValidationError(_("There is nothing to undo any more."))
    told = entry.details["dates"]
    rows = list(_rows().filter(activity=held, uuid__in=told))
    _refuse_to_undo(rows, told)
    for row in rows:
        _put_back(row, told[str(row.uuid)]["before"])
        changing.record(row, held, by, "put_back", "", {"change": str(change)})
    wanted = {row.pk: _parts(row) for row in rows}
    changing.settle(held, by)
    after = list(_rows().filter(pk__in=wanted))
    others = [row for row in after if _parts(row) != wanted[row.pk] or row.withdrawn]
    if others:
        words = _("Nothing was put back, because the schedule has changed since: %(dates)s.")
        raise ValidationError(words % {"dates": _days_words(others)})
    _record(held, by, PUT_BACK, "", {"change": str(change)})
    return after


def _each(
    activity: Activity, span: Span, by: User, change: Callable[[Occurrence], bool], reason: str = ""
) -> Outcome:
    """Change every coming date of the span that the schedule still has, then settle once.

    None lies beyond the horizon.
    """
    if span.last < span.first:
        raise ValidationError({"last": _("The last day cannot be before the first.")})
    _refuse_if_changed_since(activity, span)
    coming = _coming(activity, span)
    before = {row.pk: _parts(row) for row in coming}
    touched = {row.pk for row in coming if change(row)}
    unchanged = [row for row in coming if row.pk not in touched]
    if not touched:
        return Outcome(unchanged=unchanged)
    changing.settle(activity, by)
    changed = list(_rows().filter(pk__in=touched))
    if any(row.withdrawn for row in changed):
        words = _("The schedule no longer has these dates: %(dates)s. Leave them out.")
        raise ValidationError(words % {"dates": _days_words([row for row in changed if row.withdrawn])})
    told = {
        str(row.uuid): {"before": _difference(before[row.pk], _parts(row)), "after": looks.of_date(row)}
        for row in changed
    }
    entry = _record(activity, by, CHANGED, reason, {"dates": told})
    return Outcome(changed=changed, unchanged=unchanged, change=entry.uuid)


def _rows() -> Any:
    return Occurrence.objects.select_related("venue").order_by("starts_at", "id")


def _coming(activity: Activity, span: Span) -> list[Occurrence]:
    last = min(span.last, horizon(timezone.localdate()))
    begin, end = clock.midnight(span.first), clock.midnight(last + datetime.timedelta(days=1))
    rows = _rows().filter(activity=activity, starts_at__gte=begin, starts_at__lt=end, withdrawn=False)
    return [row for row in rows if not changing.has_begun(row)]


def _on_its_day(
    occurrence: Occurrence, times: tuple[datetime.time, datetime.time] | None
) -> tuple[datetime.datetime, datetime.datetime]:
    if times is None:
        return occurrence.starts_at, occurrence.ends_at
    day = timezone.localdate(occurrence.starts_at)
    start, end = (datetime.datetime.combine(day, time) for time in times)
    return asked.checked_times(start, end)


def _refuse_if_changed_since(activity: Activity, span: Span) -> None:
    if span.seen is None:
        return
    days = looks.differing(span.seen, looks.of_coming(activity), span.first, span.last)
    if days:
        words = _("These dates have changed since you opened this page: %(dates)s. Look again, then send.")
        raise ValidationError({"seen": words % {"dates": dates_words(days, timezone.localdate())}})


def _refuse_to_undo(rows: Sequence[Occurrence], told: dict[str, Any]) -> None:
    others = [row for row in rows if looks.of_date(row) != told[str(row.uuid)]["after"] or row.withdrawn]
    if others:
        words = _("Nothing was put back, because these dates have changed since: %(dates)s.")
        raise ValidationError(words % {"dates": _days_words(others)})
    begun = [row for row in rows if changing.has_begun(row) or _had_begun(told[str(row.uuid)]["before"])]
    if begun:
        words = _("Nothing was put back, because it is too late for these dates: %(dates)s.")
        raise ValidationError(words % {"dates": _days_words(begun)})


def _had_begun(before: dict[str, Any]) -> bool:
    """At the time that it would have again."""
    return "starts_at" in before and datetime.datetime.fromisoformat(before["starts_at"]) <= timezone.now()


def _put_back(row: Occurrence, before: dict[str, Any]) -> None:
    for name, value in before.items():
        setattr(row, name, _from_json(name, value))
    row.save(update_fields=before)


def _parts(row: Occurrence) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PARTS}


def _difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What it was before, of what is another now."""
    return {name: _to_json(value) for name, value in before.items() if value != after[name]}


def _to_json(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return str(value.uuid) if isinstance(value, Venue) else value


def _from_json(name: str, value: Any) -> Any:
    if name == "venue":
        return _venue(value)
    return datetime.datetime.fromisoformat(value) if name in MOMENTS and value else value


def _venue(uuid: str) -> Venue:
    venue = Venue.objects.filter(uuid=uuid).first()
    if venue is None:
        raise ValidationError(_("Nothing was put back, because the place where they met is no longer here."))
    return venue


def _days_words(rows: Sequence[Occurrence]) -> str:
    days = {timezone.localdate(row.starts_at) for row in rows}
    return dates_words(sorted(days), timezone.localdate())


def _record(activity: Activity, by: User, action: str, reason: str, details: dict[str, Any]) -> AuditEntry:
    return audit.record(
        by=by,
        action=action,
        subject=activity,
        organisation=activity.host.uuid,
        reason=reason,
        details=details,
    )
