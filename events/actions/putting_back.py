"""Putting dates back as they were before a change of them, of one or of many.

What each date was before stands in the audit trail with the change, so that one press puts it back.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from events import seen as looks
from events.actions import changing, publishing
from events.models import Activity, Occurrence
from events.wording import dates_words
from organisations.models import Venue

CHANGED = "activity.dates_changed"
PUT_BACK = "activity.dates_put_back"

PARTS = (
    "state",
    "reason",
    "notice",
    "starts_at",
    "ends_at",
    "venue",
    "placed_by_hand",
    "moved_from",
    "withdrawn",
)
"""What these changes change of a date."""
MOMENTS = {"starts_at", "ends_at", "moved_from"}

Parts = dict[str, Any]


def parts(row: Occurrence) -> Parts:
    return {name: getattr(row, name) for name in PARTS}


def remember(
    activity: Activity, before: Mapping[int, Parts], changed: Sequence[Occurrence], reason: str, by: User
) -> UUID:
    """Record what these dates were, by their keys, `before` they became what they are; gives what `undo` asks
    for."""
    told = {
        str(row.uuid): {"before": _difference(before[row.pk], parts(row)), "after": looks.of_date(row)}
        for row in changed
    }
    return publishing.record(activity, by, CHANGED, reason, {"dates": told}).uuid


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
    rows = list(changing.rows().filter(activity=held, uuid__in=told))
    _refuse(rows, told)
    for row in rows:
        _put_back(row, told[str(row.uuid)]["before"])
        changing.record(row, held, by, "put_back", "", {"change": str(change)})
    wanted = {row.pk: parts(row) for row in rows}
    changing.settle(held, by)
    after = list(changing.rows().filter(pk__in=wanted))
    others = [row for row in after if parts(row) != wanted[row.pk]]
    if others:
        words = _("Nothing was put back, because the schedule has changed since: %(dates)s.")
        raise ValidationError(words % {"dates": days_words(others)})
    publishing.record(held, by, PUT_BACK, "", {"change": str(change)})
    return after


def days_words(rows: Sequence[Occurrence]) -> str:
    days = {timezone.localdate(row.starts_at) for row in rows}
    return dates_words(sorted(days), timezone.localdate())


def _refuse(rows: Sequence[Occurrence], told: dict[str, Any]) -> None:
    others = [row for row in rows if looks.of_date(row) != told[str(row.uuid)]["after"] or row.withdrawn]
    if others:
        words = _("Nothing was put back, because these dates have changed since: %(dates)s.")
        raise ValidationError(words % {"dates": days_words(others)})
    begun = [row for row in rows if changing.has_begun(row) or _had_begun(told[str(row.uuid)]["before"])]
    if begun:
        words = _("Nothing was put back, because it is too late for these dates: %(dates)s.")
        raise ValidationError(words % {"dates": days_words(begun)})


def _had_begun(before: Parts) -> bool:
    """At the time that it would have again."""
    return "starts_at" in before and datetime.datetime.fromisoformat(before["starts_at"]) <= timezone.now()


def _put_back(row: Occurrence, before: Parts) -> None:
    for name, value in before.items():
        setattr(row, name, _from_json(name, value))
    row.save(update_fields=before)


def _difference(before: Parts, after: Parts) -> Parts:
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
