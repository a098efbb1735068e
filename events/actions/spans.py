"""Changing all coming dates of an activity between two days.

A change holds the activity's row, as that of one date does. What somebody else has changed between those days
since the person looked is refused.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from events import asked
from events import seen as looks
from events.actions import changing, putting_back
from events.models import Activity, Occurrence, State
from events.recurrence import horizon
from events.wording import dates_words
from organisations.models import Venue
from places import clock


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both included: "all of half-term". `seen` is what the person saw of the coming
    dates; None where nobody looked."""

    first: datetime.date
    last: datetime.date
    seen: looks.Days | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The dates that were changed, those that were already as asked, and what undoing them asks for."""

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
    before = {row.pk: putting_back.parts(row) for row in coming}
    touched = {row.pk for row in coming if change(row)}
    unchanged = [row for row in coming if row.pk not in touched]
    if not touched:
        return Outcome(unchanged=unchanged)
    changing.settle(activity, by)
    changed = list(changing.rows().filter(pk__in=touched))
    if given_up := [row for row in changed if row.withdrawn]:
        words = _("The schedule no longer has these dates: %(dates)s. Leave them out.")
        raise ValidationError(words % {"dates": putting_back.days_words(given_up)})
    undoing = putting_back.remember(activity, before, changed, reason, by)
    return Outcome(changed=changed, unchanged=unchanged, change=undoing)


def _coming(activity: Activity, span: Span) -> list[Occurrence]:
    last = min(span.last, horizon(timezone.localdate()))
    begin, end = clock.midnight(span.first), clock.midnight(last + datetime.timedelta(days=1))
    rows = changing.rows().filter(activity=activity, starts_at__gte=begin, starts_at__lt=end, withdrawn=False)
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
