"""Changing one date, or all dates in a span. A date keeps its identity whatever happens to it.

Each change holds the activity's row, so that two people change its dates one after the other. The second is
told: `Outcome.changed` is False where the date is already as asked, and a date that has become another since
the person saw it is refused.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from events import asked, permissions
from events.actions import publishing, vouching
from events.models import Activity, Occurrence, State
from events.recurrence import horizon
from events.wording import full_date_words, time_words
from organisations.models import Venue
from organisations.refusals import MayNotChange
from places import clock


@dataclass(frozen=True, slots=True)
class Outcome:
    """The date as it is now, and whether anything had to be done."""

    occurrence: Occurrence
    changed: bool


@dataclass(frozen=True, slots=True)
class SpanOutcome:
    """The dates that were changed, and those that were already as asked."""

    changed: list[Occurrence] = field(default_factory=list)
    unchanged: list[Occurrence] = field(default_factory=list)


@transaction.atomic
def move(
    *,
    occurrence: Occurrence,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    venue: Venue | None = None,
    by: User,
    reason: str = "",
) -> Outcome:
    """Put one date at another time, or another venue. Times without a zone are London's clock.

    Raises ValidationError by field, MayNotChange.
    """
    activity = _hold(occurrence.activity, by)
    held = _fresh(occurrence)
    start, end = asked.checked_times(starts_at, ends_at)
    there = venue or held.venue
    if _is_at(held, start, end) and held.venue == there and held.state != State.CANCELLED:
        return Outcome(held, changed=False)
    _refuse_if_changed_since(occurrence, held)
    _refuse_what_cannot_move(held)
    asked.check_venue(there, activity)
    _place(held, activity, by, start, end, there, asked.checked_reason(reason, needed=False))
    return _done(activity, held, by)


@transaction.atomic
def cancel(*, occurrence: Occurrence, reason: str, by: User) -> Outcome:
    """It does not take place; families are told why. Raises ValidationError by field, MayNotChange."""
    activity = _hold(occurrence.activity, by)
    held = _fresh(occurrence)
    reason = asked.checked_reason(reason)
    if _is_cancelled(held, reason):
        return Outcome(held, changed=False)
    _refuse_if_changed_since(occurrence, held)
    _refuse_past(held)
    _cancel(held, reason, activity, by)
    return _done(activity, held, by)


@transaction.atomic
def reinstate(*, occurrence: Occurrence, by: User) -> Outcome:
    """It takes place after all, at the time its rule gives or where a person had moved it."""
    activity = _hold(occurrence.activity, by)
    held = _fresh(occurrence)
    if held.state != State.CANCELLED:
        return Outcome(held, changed=False)
    _refuse_past(held)
    _reinstate(held, activity, by)
    return _done(activity, held, by)


@transaction.atomic
def put_notice(*, occurrence: Occurrence, notice: str, by: User) -> Outcome:
    """A line that families see with this one date ("Bring a towel"). Empty takes it away."""
    activity = _hold(occurrence.activity, by)
    held = _fresh(occurrence)
    notice = notice.strip()
    if len(notice) > asked.LONGEST_REASON:
        raise ValidationError({"notice": _("Keep it under 200 letters.")})
    if held.notice == notice:
        return Outcome(held, changed=False)
    _refuse_past(held)
    held.notice = notice
    held.save(update_fields=["notice"])
    _record(held, activity, by, "noticed", "", {"notice": notice})
    return _done(activity, held, by)


@transaction.atomic
def cancel_span(
    *, activity: Activity, first: datetime.date, last: datetime.date, reason: str, by: User
) -> SpanOutcome:
    """Cancel every coming date from `first` to `last`, both included."""
    held = _hold(activity, by)
    reason = asked.checked_reason(reason)

    def change(occurrence: Occurrence) -> bool:
        if _is_cancelled(occurrence, reason):
            return False
        _cancel(occurrence, reason, held, by)
        return True

    return _each(held, first, last, by, change)


@transaction.atomic
def move_span(
    *,
    activity: Activity,
    first: datetime.date,
    last: datetime.date,
    start: datetime.time,
    end: datetime.time,
    by: User,
    reason: str = "",
) -> SpanOutcome:
    """Put every coming date from `first` to `last`, both included, at another time of its day.

    Cancelled dates stay as they are.
    """
    held = _hold(activity, by)
    reason = asked.checked_reason(reason, needed=False)

    def change(occurrence: Occurrence) -> bool:
        if occurrence.state == State.CANCELLED:
            return False
        day = timezone.localdate(occurrence.starts_at)
        starts_at, ends_at = asked.checked_times(
            datetime.datetime.combine(day, start), datetime.datetime.combine(day, end)
        )
        if _is_at(occurrence, starts_at, ends_at):
            return False
        _place(occurrence, held, by, starts_at, ends_at, occurrence.venue, reason)
        return True

    return _each(held, first, last, by, change)


@transaction.atomic
def reinstate_span(*, activity: Activity, first: datetime.date, last: datetime.date, by: User) -> SpanOutcome:
    """Reinstate every coming date from `first` to `last` that a person cancelled."""
    held = _hold(activity, by)

    def change(occurrence: Occurrence) -> bool:
        if occurrence.state != State.CANCELLED or occurrence.withdrawn:
            return False
        _reinstate(occurrence, held, by)
        return True

    return _each(held, first, last, by, change)


def _hold(activity: Activity, by: User) -> Activity:
    held = publishing.lock(activity)
    if not permissions.may_change_dates(by, held):
        raise MayNotChange(_("The dates of “%(activity)s” are not yours to change.") % {"activity": held})
    return held


def _fresh(occurrence: Occurrence) -> Occurrence:
    """As it is now; the activity's row is held, so nobody changes it until we are done."""
    return Occurrence.objects.select_related("venue").get(pk=occurrence.pk)


def _each(
    activity: Activity,
    first: datetime.date,
    last: datetime.date,
    by: User,
    change: Callable[[Occurrence], bool],
) -> SpanOutcome:
    """Change every coming date of the span, then settle once. None lies beyond the horizon."""
    if last < first:
        raise ValidationError({"last": _("The last day cannot be before the first.")})
    last = min(last, horizon(timezone.localdate()))
    begin, end = clock.midnight(first), clock.midnight(last + datetime.timedelta(days=1))
    rows = Occurrence.objects.filter(activity=activity, starts_at__gte=begin, starts_at__lt=end)
    coming = rows.filter(starts_at__gt=timezone.now()).exclude(state=State.HELD).select_related("venue")
    outcome = SpanOutcome()
    for occurrence in coming:
        (outcome.changed if change(occurrence) else outcome.unchanged).append(occurrence)
    if outcome.changed:
        vouching.vouch(activity=activity, by=by, today=timezone.localdate())
        publishing.settle(activity=activity, by=by)
    return outcome


def _place(
    occurrence: Occurrence,
    activity: Activity,
    by: User,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    venue: Venue,
    reason: str,
) -> None:
    """Put it there by hand; back where its rule has it, it follows the rule again."""
    before = {"starts_at": occurrence.starts_at.isoformat(), "venue": str(occurrence.venue.uuid)}
    occurrence.moved_from = occurrence.moved_from or occurrence.starts_at
    occurrence.starts_at, occurrence.ends_at, occurrence.venue = starts_at, ends_at, venue
    occurrence.reason = reason
    if _is_where_its_rule_has_it(occurrence, activity):
        occurrence.state, occurrence.placed_by_hand, occurrence.moved_from = State.SCHEDULED, False, None
    else:
        occurrence.state, occurrence.placed_by_hand = State.MOVED, True
    occurrence.save()
    after = {"starts_at": starts_at.isoformat(), "venue": str(venue.uuid)}
    _record(occurrence, activity, by, "moved", reason, {"from": before, "to": after})


def _cancel(occurrence: Occurrence, reason: str, activity: Activity, by: User) -> None:
    """A person's word outlasts the schedule's: a date that an edit withdrew stays cancelled from now on."""
    occurrence.state, occurrence.reason, occurrence.withdrawn = State.CANCELLED, reason, False
    occurrence.save()
    _record(occurrence, activity, by, "cancelled", reason, {})


def _reinstate(occurrence: Occurrence, activity: Activity, by: User) -> None:
    if occurrence.withdrawn:
        raise ValidationError(_("The schedule no longer has this date. Add it to the schedule instead."))
    occurrence.state = State.MOVED if occurrence.placed_by_hand else State.SCHEDULED
    occurrence.reason = ""
    occurrence.save()
    _record(occurrence, activity, by, "reinstated", "", {})


def _done(activity: Activity, occurrence: Occurrence, by: User) -> Outcome:
    vouching.vouch(activity=activity, by=by, today=timezone.localdate())
    publishing.settle(activity=activity, by=by)
    after = _fresh(occurrence)
    if after.withdrawn and not occurrence.withdrawn:
        raise ValidationError(_("The schedule no longer has this date. Add it to the schedule instead."))
    return Outcome(after, changed=True)


def _record(
    occurrence: Occurrence, activity: Activity, by: User, verb: str, reason: str, details: dict[str, Any]
) -> None:
    audit.record(
        by=by,
        action=f"occurrence.{verb}",
        subject=occurrence,
        organisation=activity.host.uuid,
        reason=reason,
        details={"activity": str(activity.uuid), **details},
    )


def _is_at(occurrence: Occurrence, starts_at: datetime.datetime, ends_at: datetime.datetime) -> bool:
    return (occurrence.starts_at, occurrence.ends_at) == (starts_at, ends_at)


def _is_cancelled(occurrence: Occurrence, reason: str) -> bool:
    return occurrence.state == State.CANCELLED and not occurrence.withdrawn and occurrence.reason == reason


def _is_where_its_rule_has_it(occurrence: Occurrence, activity: Activity) -> bool:
    start, end = timezone.localtime(occurrence.starts_at), timezone.localtime(occurrence.ends_at)
    return any(
        (start.date(), start.time(), end.time()) == (occurrence.rule_date, rule.start, rule.end)
        and occurrence.venue_id == (rule.venue_id or activity.venue_id)
        for rule in activity.rules.filter(uuid=occurrence.rule)
    )


def _refuse_past(occurrence: Occurrence) -> None:
    if occurrence.starts_at <= timezone.now() or occurrence.state == State.HELD:
        raise ValidationError(_("This date has begun or is over, so it stays as it was."))


def _refuse_what_cannot_move(occurrence: Occurrence) -> None:
    _refuse_past(occurrence)
    if occurrence.state == State.CANCELLED:
        raise ValidationError(_("This date is cancelled. Reinstate it first."))


def _refuse_if_changed_since(seen: Occurrence, now: Occurrence) -> None:
    """`seen` is what the person decided on; nothing that somebody else did since is overwritten unseen."""
    if any(
        getattr(seen, name) != getattr(now, name) for name in ("state", "starts_at", "ends_at", "venue_id")
    ):
        start = timezone.localtime(now.starts_at)
        raise ValidationError(
            _("Somebody else has just changed this date. It is now: %(date)s, %(time)s, %(state)s.")
            % {
                "date": full_date_words(start.date()),
                "time": time_words(start.time()),
                "state": now.get_state_display(),
            }
        )
