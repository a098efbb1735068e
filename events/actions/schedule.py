""" "This date and all after it": a rule becomes two, and the dates stay the same dates. Single dates more."""

import datetime
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

import looks
from accounts import audit
from accounts.acting import as_the_platform
from accounts.models import User
from events import asked, dates, permissions
from events.actions import publishing, vouching
from events.models import Activity, ScheduleRule
from events.recurrence import Repeat, Rule, SchoolYear, problems, split
from events.wording import problem_words
from organisations.models import Venue
from organisations.refusals import MayNotChange, MayNotPublish

MAY_CHANGE = frozenset(
    {
        "start",
        "end",
        "venue",
        "repeat",
        "interval",
        "weekdays",
        "until",
        "times",
        "season",
        "left_out",
        "added",
    }
)


@transaction.atomic
def change_from(
    *,
    activity: Activity,
    rule: uuid.UUID,
    at: datetime.date,
    changes: dict[str, Any],
    by: User,
    seen: looks.Look | None = None,
) -> None:
    """Change the rule for the date `at` and all after it, in what is public and in what waits on top of it.

    `seen` is how the person saw the rule; one that somebody has changed since is refused.

    1. Split the rule at `at`; the later part continues the earlier one, so its dates keep their identity.
    2. Write `changes` into the later part. Where nothing lies before `at`, the rule itself is changed.
    3. Publish, through the same action as everything; then do the same to each version that waits.

    Raises ValidationError by field, MayNotPublish.
    """
    unknown = set(changes) - MAY_CHANGE
    if unknown:
        raise ValueError(f"not part of a schedule: {sorted(unknown)}")
    held = publishing.lock(activity)
    publishing.decide(held, by=by)
    if not held.live:
        raise MayNotPublish(_("This activity is not public: change its schedule in the editor."))
    if changes.get("venue"):
        asked.check_venue(changes["venue"], held)
    if at < timezone.localdate():
        raise ValidationError({"at": _("Choose a date that is still to come.")})
    _refuse_if_changed_since(held, rule, seen)
    later = uuid.uuid4()
    year = dates.school_year(held.host.place)
    waiting = _waiting(held)
    change = partial(_change, rule=rule, at=at, changes=changes, later_uuid=later, year=year)
    change(held)
    held.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    _save_again(held, waiting, change, by=by)
    audit.record(
        by=by,
        action="schedule.split",
        subject=held,
        organisation=held.host.uuid,
        details={"rule": str(rule), "later": str(later), "at": str(at), "changed": sorted(changes)},
    )


@dataclass(frozen=True, slots=True)
class NewDate:
    """One date that meets once, by a rule with this UUID. Times are London's."""

    rule: uuid.UUID
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    venue: Venue


@transaction.atomic
def add_dates(*, activity: Activity, new: Sequence[NewDate], by: User) -> None:
    """Add single dates to the schedule, in what is public and in what waits on top of it.

    By whoever may change its dates, those who run it with the host too: the page's words are not touched.
    What was never public gets them in its draft.

    Raises ValidationError by field, MayNotChange, MayNotPublish.
    """
    held = publishing.lock(activity)
    if not permissions.may_change_dates(by, held):
        raise MayNotChange(_("The dates of “%(activity)s” are not yours to change.") % {"activity": held})
    if not held.live and held.first_published_at:
        raise MayNotPublish(_("This activity is not public now, so it gets no new dates."))
    for each in new:
        asked.check_venue(each.venue, held)
    waiting = _waiting(held)
    if held.live:
        _add(held, new)
        vouching.vouch(activity=held, by=by, today=timezone.localdate())
        revision = held.save_revision(user=by)
        with as_the_platform():  # whether the person may publish its words is not asked
            revision.publish(skip_permission_checks=True)
    _save_again(held, waiting, partial(_add, new=new), by=by)
    audit.record(
        by=by,
        action="schedule.added",
        subject=held,
        organisation=held.host.uuid,
        details={"dates": [each.starts_at.isoformat() for each in new]},
    )


def once(date: NewDate) -> ScheduleRule:
    """The rule that gives it, unsaved."""
    start, end = timezone.localtime(date.starts_at), timezone.localtime(date.ends_at)
    return ScheduleRule(
        uuid=date.rule,
        first_date=start.date(),
        start=start.time(),
        end=end.time(),
        repeat=Repeat.ONCE.value,
        weekdays=[],
        venue=date.venue,
    )


def _refuse_if_changed_since(held: Activity, rule: uuid.UUID, seen: looks.Look | None) -> None:
    """A rule that is not there any more is refused when it is to be changed."""
    row = held.rules.filter(uuid=rule).first()
    if row and seen and seen.version != looks.version(row, seen.names):
        words = _("Somebody else has just changed this line of the schedule. Look at it again, then send.")
        raise ValidationError({"seen": words})


def _waiting(held: Activity) -> list[Revision]:
    """Versions that are not public yet, the oldest first: the one with a time to go live, and the draft."""
    wanted = Q(approved_go_live_at__isnull=False)
    if held.has_unpublished_changes or not held.live:
        draft = held.get_latest_revision() or held.save_revision()
        wanted |= Q(pk=draft.pk)
    return list(held.revisions.filter(wanted).order_by("created_at", "pk"))


def _save_again(
    held: Activity, waiting: Sequence[Revision], change: Callable[[Activity], None], *, by: User
) -> None:
    """Save what waits once more, changed, on top of what is public now. Each goes live when it would have.

    Publishing took their times back, and what is not the newest is no draft any more. A version in which the
    change cannot be made, as it has no such line or one that has ended, is saved as it is. So is an
    unfinished one: that is for its editor to see to.
    """
    held.revisions.update(approved_go_live_at=None)
    for revision in waiting:
        version = _version(held, revision)
        try:
            change(version)
        except ValidationError:
            version = _version(held, revision)
        version.save_revision(user=by, approved_go_live_at=revision.approved_go_live_at, clean=False)


def _version(held: Activity, revision: Revision) -> Activity:
    return Activity.objects.get(pk=held.pk).with_content_json(revision.content)


def _add(version: Activity, new: Sequence[NewDate]) -> None:
    """To this version of the activity, in memory."""
    rows = list(version.rules.all())
    added = [once(each) for each in new]
    for place, each in enumerate([*rows, *added]):
        each.sort_order = place
    version.rules.add(*rows, *added)


def _change(
    version: Activity,
    rule: uuid.UUID,
    at: datetime.date,
    changes: dict[str, Any],
    later_uuid: uuid.UUID,
    year: SchoolYear,
) -> None:
    """Change this version of the activity, in memory."""
    rows = list(version.rules.all())
    row = next((row for row in rows if row.uuid == rule), None)
    if row is None:
        raise ValidationError({"rule": _("The schedule no longer has this line.")})
    try:
        earlier, later = split(dates.as_rule(row), at, later_uuid, year)
    except ValueError:
        raise ValidationError({"at": _("The schedule has no date on or after this one.")}) from None
    changed = row
    if earlier is not None:
        changed = ScheduleRule(venue=row.venue, continues=row.uuid)
        rows.insert(rows.index(row) + 1, changed)
        _write(row, earlier)
    _write(changed, later)
    _apply(changed, changes, earlier, at)
    _check(changed, year)
    for place, each in enumerate(rows):
        each.sort_order = place
    version.rules.add(*rows)


def _write(row: ScheduleRule, rule: Rule) -> None:
    row.uuid = rule.uuid
    row.first_date, row.start, row.end = rule.first_date, rule.start, rule.end
    row.repeat, row.interval, row.season = rule.repeat.value, rule.interval, rule.season.value
    row.until, row.times = rule.until, rule.times
    row.weekdays = sorted(rule.weekdays)
    row.left_out, row.added = sorted(rule.left_out), sorted(rule.added)


def _apply(row: ScheduleRule, changes: dict[str, Any], earlier: Rule | None, at: datetime.date) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    if changes.get("until"):
        row.times = None
    if changes.get("times"):
        row.until = None
    monday = row.first_date - datetime.timedelta(days=row.first_date.weekday())
    whole_week = (
        earlier is None
        or (earlier.until or earlier.first_date) < monday
        or not _meets_in(earlier, monday, at)
    )
    if "weekdays" in changes and whole_week:
        # A date that moves to an earlier weekday of its week is still that week's date.
        row.first_date = max(min(row.first_date, monday), timezone.localdate())


def _meets_in(rule: Rule, monday: datetime.date, at: datetime.date) -> bool:
    """Whether the rule has days of its own in this week before `at`."""
    return any(monday + datetime.timedelta(days=day) < at for day in rule.days)


def _check(row: ScheduleRule, year: SchoolYear) -> None:
    found = problems(dates.as_rule(row), year)
    if found:
        raise ValidationError({problem.field: problem_words(problem) for problem in found})
