"""What becomes of one date, alone or with others: in an action's transaction, which holds its activity."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from events import permissions
from events.actions import publishing, vouching
from events.models import Activity, Occurrence, State
from organisations.models import Venue
from organisations.refusals import MayNotChange


def hold(activity: Activity, by: User) -> Activity:
    """Nobody else changes its dates until the transaction ends. Raises MayNotChange."""
    held = publishing.lock(activity)
    if not permissions.may_change_dates(by, held):
        raise MayNotChange(_("The dates of “%(activity)s” are not yours to change.") % {"activity": held})
    return held


def rows() -> QuerySet[Occurrence]:
    """As they are now; the activity's row is held, so nobody changes them until we are done."""
    return Occurrence.objects.select_related("venue").order_by("starts_at", "id")


def fresh(occurrence: Occurrence) -> Occurrence:
    return rows().get(pk=occurrence.pk)


def settle(activity: Activity, by: User) -> None:
    """The end of every change of its dates."""
    vouching.vouch(activity=activity, by=by, today=timezone.localdate())
    publishing.settle(activity=activity, by=by)


def place(
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
    record(occurrence, activity, by, "moved", reason, {"from": before, "to": after})


def cancel(occurrence: Occurrence, reason: str, activity: Activity, by: User) -> None:
    """A person's word outlasts the schedule's: a date that an edit withdrew stays cancelled from now on."""
    occurrence.state, occurrence.reason, occurrence.withdrawn = State.CANCELLED, reason, False
    occurrence.save()
    record(occurrence, activity, by, "cancelled", reason, {})


def reinstate(occurrence: Occurrence, activity: Activity, by: User) -> None:
    if occurrence.withdrawn:
        refuse_withdrawn()
    occurrence.state = State.MOVED if occurrence.placed_by_hand else State.SCHEDULED
    occurrence.reason = ""
    occurrence.save()
    record(occurrence, activity, by, "reinstated", "", {})


def put_notice(occurrence: Occurrence, notice: str, activity: Activity, by: User) -> None:
    occurrence.notice = notice
    occurrence.save(update_fields=["notice"])
    record(occurrence, activity, by, "noticed", "", {"notice": notice})


def record(
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


def is_at(
    occurrence: Occurrence, starts_at: datetime.datetime, ends_at: datetime.datetime, venue: Venue
) -> bool:
    return (occurrence.starts_at, occurrence.ends_at, occurrence.venue_id) == (starts_at, ends_at, venue.pk)


def is_cancelled(occurrence: Occurrence, reason: str) -> bool:
    return occurrence.state == State.CANCELLED and not occurrence.withdrawn and occurrence.reason == reason


def has_begun(occurrence: Occurrence) -> bool:
    return occurrence.starts_at <= timezone.now() or occurrence.state == State.HELD


def refuse_withdrawn() -> None:
    raise ValidationError(_("The schedule no longer has this date. Add it to the schedule instead."))


def _is_where_its_rule_has_it(occurrence: Occurrence, activity: Activity) -> bool:
    start, end = timezone.localtime(occurrence.starts_at), timezone.localtime(occurrence.ends_at)
    return any(
        (start.date(), start.time(), end.time()) == (occurrence.rule_date, rule.start, rule.end)
        and occurrence.venue_id == (rule.venue_id or activity.venue_id)
        for rule in activity.rules.filter(uuid=occurrence.rule)
    )
