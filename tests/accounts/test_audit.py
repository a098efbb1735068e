"""The audit trail only grows."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry
from tests.factories.organisations import make_organisation
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def record(monkeypatch: pytest.MonkeyPatch, days_ago: int) -> AuditEntry:
    moment = timezone.now() - datetime.timedelta(days=days_ago)
    person = make_user()
    with monkeypatch.context() as past:
        past.setattr(timezone, "now", lambda: moment)
        return audit.record(
            by=person,
            action="place.tested",
            subject=make_organisation(),
            reason="Sam asked for it",
            details={"person": str(person.uuid), "role": "owner"},
        )


def refuses(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)
    except IntegrityError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.parametrize("days_ago", [0, 365 * 7 - 1, 365 * 9])
def test_audit_rows_can_be_neither_changed_nor_removed(
    monkeypatch: pytest.MonkeyPatch, days_ago: int
) -> None:
    entry = record(monkeypatch, days_ago)
    for statement in (
        "UPDATE accounts_auditentry SET reason = 'other'",
        "UPDATE accounts_auditentry SET action = 'other', by_id = NULL, reason = '', details = '{}'",
        "DELETE FROM accounts_auditentry",
        "TRUNCATE accounts_auditentry",
        "TRUNCATE accounts_user CASCADE",
    ):
        assert refuses(statement), statement
    assert AuditEntry.objects.get(pk=entry.pk).reason == "Sam asked for it"


def test_after_seven_years_a_row_lets_go_its_person_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = (
        "UPDATE accounts_auditentry SET by_id = NULL, reason = '', details = details - 'person' WHERE id = {}"
    )
    young, old = record(monkeypatch, 365 * 7 - 1), record(monkeypatch, 365 * 7 + 3)
    assert refuses(let_go.format(young.pk))
    assert not refuses(let_go.format(old.pk))
    kept = AuditEntry.objects.get(pk=old.pk)
    assert (kept.by, kept.reason, kept.details, kept.at, kept.subject) == (
        None,
        "",
        {"role": "owner"},
        old.at,
        old.subject,
    )
