"""What stays on record is not emptied at once either."""

import pytest
from django.db import IntegrityError, connection, transaction

KEPT = (
    "accounts_auditentry",
    "organisations_concernreading",
    "organisations_declarationtext",
    "schools_twinningstep",
)


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("how", ["CASCADE", "RESTART IDENTITY CASCADE"])
def test_table_that_only_grows_cannot_be_truncated(table: str, how: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} {how}")


@pytest.mark.django_db
def test_every_table_that_refuses_a_change_refuses_that_too() -> None:
    """By their triggers: those of which no row may be removed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE proname LIKE 'refuse_to_change_%' AND NOT tgisinternal"
        )
        assert sorted(name for (name,) in cursor.fetchall()) == sorted(KEPT)
