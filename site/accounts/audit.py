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
    return AuditEntry.objects.create(
        by=by,
        action=action,
        subject_kind=type(subject).__name__.lower(),
        subject=subject.uuid,
        organisation=organisation,
        reason=reason,
        details=details or {},
    )
