"""Writing to the audit trail."""

import uuid
from typing import Any, Protocol

from accounts.models import AuditEntry, User


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
