"""Writing to the audit trail."""

import uuid
from typing import Any, Protocol

from django.db.models import DateTimeField, F, Func, JSONField, Q

from accounts.models import AuditEntry, User

SEVEN_YEARS_AGO = Func(template="(statement_timestamp() - interval '7 years')", output_field=DateTimeField())
"""As the database's own triggers say it: older rows of what is append-only let go whom they name."""
LETTING_GO: dict[str, Any] = {
    "by": None,
    "reason": "",
    "details": Func(F("details"), template="(%(expressions)s - 'person')", output_field=JSONField()),
}


class Subject(Protocol):
    """Anything with a public id."""

    @property
    def uuid(self) -> uuid.UUID: ...


def record(
    *,
    by: User | None,
    action: str,
    subject: Subject,
    organisation: uuid.UUID | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one row, in the caller's transaction, so that a change and its record stand or fall together.

    `action` reads "noun.verb", for instance `occurrence.cancelled`. `by` is None when the platform acted.
    """
    row = entry(
        by=by, action=action, subject=subject, organisation=organisation, reason=reason, details=details
    )
    row.save(force_insert=True)
    return row


def entry(
    *,
    by: User | None,
    action: str,
    subject: Subject,
    organisation: uuid.UUID | None = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> AuditEntry:
    """The row, not yet added: for whoever adds many at once."""
    return AuditEntry(
        by=by,
        action=action,
        subject_kind=type(subject).__name__.lower(),
        subject=subject.uuid,
        organisation=organisation,
        reason=reason,
        details=details or {},
    )


def let_go(*, dry_run: bool) -> int:
    """Who acted, about whom, and what they wrote, after seven years. What happened, and when, stays."""
    named = Q(by__isnull=False) | ~Q(reason="") | Q(details__has_key="person")
    old = AuditEntry.objects.filter(named, at__lt=SEVEN_YEARS_AGO)
    return old.count() if dry_run else old.update(**LETTING_GO)
