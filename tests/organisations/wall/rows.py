"""Every row of every table, and a fingerprint of each: what a crawl compares."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Model

Key = tuple[str, str]  # table, primary key

# Between the columns of a key that has several.
KEY_PARTS = " and "


def models() -> Iterator[type[Model]]:
    """Every model with a table of its own."""
    return (each for each in apps.get_models() if each._meta.managed and not each._meta.proxy)


def snapshot() -> dict[Key, str]:
    """A fingerprint of every row of every table."""
    rows: dict[Key, str] = {}
    with connection.cursor() as cursor:
        for model in models():
            table = model._meta.db_table
            key = ", ".join(f'"{field.column}"' for field in model._meta.pk_fields)
            cursor.execute(f"SELECT concat_ws('{KEY_PARTS}', {key}), md5(t::text) FROM \"{table}\" t")
            rows.update({(table, pk): digest for pk, digest in cursor.fetchall()})
    return rows


def keys_apart() -> None:
    """Each table counts from a number of its own, so that a key says what it is the key of."""
    with connection.cursor() as cursor:
        for at, sequence in enumerate(connection.introspection.sequence_list(), start=1):
            cursor.execute(f'ALTER SEQUENCE "{sequence["name"]}" RESTART WITH {1_000 * at}')
