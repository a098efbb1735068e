"""The audit trail only grows."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import audit
from accounts.models import AuditEntry
from tests.factories.organisations import make_organisation


@pytest.mark.django_db
def test_audit_rows_can_be_neither_changed_nor_removed():
    entry = audit.record(by=None, action="place.tested", subject=make_organisation())
    for statement in ("UPDATE accounts_auditentry SET reason = 'other'", "DELETE FROM accounts_auditentry"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert AuditEntry.objects.get(pk=entry.pk).reason == ""
