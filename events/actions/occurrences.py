"""Changing one date. It keeps its identity whatever happens to it.

Each change holds the activity's row, so that two people change its dates one after the other. The second is
told: `Outcome.changed` is False where the date is already as asked, and a date that has become another since
the person saw it is refused.
"""

import datetime
from dataclasses import dataclass
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
from events.wording import full_date_words, time_words
from organisations.models import Venue


@dataclass(frozen=True, slots=True)
class Outcome:
    """The date as it is now, and what undoing asks for; nothing where it was already as asked."""

    occurrence: Occurrence
    change: UUID | None = None

    @property
    def changed(self) -> bool:
        return self.change is not None


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
    activity = changing.hold(occurrence.activity, by)
    held = changing.fresh(occurrence)
    start, end = asked.checked_times(starts_at, ends_at)
    there = venue or held.venue
    if changing.is_at(held, start, end, there) and held.state != State.CANCELLED:
        return Outcome(held)
    _refuse_if_changed_since(occurrence, held)
    _refuse_what_cannot_move(held)
    asked.check_venue(there, activity)
    reason = asked.checked_reason(reason, needed=False)
    before = putting_back.parts(held)
    changing.place(held, activity, by, start, end, there, reason)
    return _done(activity, held, before, by, reason)


@transaction.atomic
def cancel(*, occurrence: Occurrence, reason: str, by: User) -> Outcome:
    """It does not take place; families are told why. Raises ValidationError by field, MayNotChange."""
    activity = changing.hold(occurrence.activity, by)
    held = changing.fresh(occurrence)
    reason = asked.checked_reason(reason)
    if changing.is_cancelled(held, reason):
        return Outcome(held)
    _refuse_if_changed_since(occurrence, held)
    _refuse_past(held)
    before = putting_back.parts(held)
    changing.cancel(held, reason, activity, by)
    return _done(activity, held, before, by, reason)


@transaction.atomic
def reinstate(*, occurrence: Occurrence, by: User) -> Outcome:
    """It takes place after all, at the time its rule gives or where a person had moved it."""
    activity = changing.hold(occurrence.activity, by)
    held = changing.fresh(occurrence)
    if held.state != State.CANCELLED:
        return Outcome(held)
    _refuse_if_changed_since(occurrence, held)
    _refuse_past(held)
    before = putting_back.parts(held)
    changing.reinstate(held, activity, by)
    return _done(activity, held, before, by)


@transaction.atomic
def put_notice(*, occurrence: Occurrence, notice: str, by: User) -> Outcome:
    """A line that families see with this one date ("Bring a towel"). Empty takes it away."""
    activity = changing.hold(occurrence.activity, by)
    held = changing.fresh(occurrence)
    notice = asked.checked_notice(notice)
    if held.notice == notice:
        return Outcome(held)
    _refuse_if_changed_since(occurrence, held)
    _refuse_past(held)
    before = putting_back.parts(held)
    changing.put_notice(held, notice, activity, by)
    return _done(activity, held, before, by)


def _done(
    activity: Activity, occurrence: Occurrence, before: putting_back.Parts, by: User, reason: str = ""
) -> Outcome:
    changing.settle(activity, by)
    after = changing.fresh(occurrence)
    if after.withdrawn and not occurrence.withdrawn:
        changing.refuse_withdrawn()
    return Outcome(after, putting_back.remember(activity, {after.pk: before}, [after], reason, by))


def _refuse_past(occurrence: Occurrence) -> None:
    if changing.has_begun(occurrence):
        raise ValidationError(_("This date has begun or is over, so it stays as it was."))


def _refuse_what_cannot_move(occurrence: Occurrence) -> None:
    _refuse_past(occurrence)
    if occurrence.state == State.CANCELLED:
        raise ValidationError(_("This date is cancelled. Reinstate it first."))


def _refuse_if_changed_since(seen: Occurrence, now: Occurrence) -> None:
    """`seen` is what the person decided on; nothing that somebody else did since is overwritten unseen."""
    if looks.of_date(seen) != looks.of_date(now):
        start = timezone.localtime(now.starts_at)
        raise ValidationError(
            _("Somebody else has just changed this date. It is now: %(date)s, %(time)s, %(state)s.")
            % {
                "date": full_date_words(start.date()),
                "time": time_words(start.time()),
                "state": now.get_state_display(),
            }
        )
