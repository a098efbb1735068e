"""Connections that are kept between requests."""

import psycopg
import pytest
from django.db import DataError, connection, transaction


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_connection_that_lives_is_kept_without_a_query(django_assert_num_queries):
    first = backend()
    with django_assert_num_queries(0):
        assert connection.is_usable()
    assert backend() == first


@pytest.mark.django_db(transaction=True)
def test_connection_that_the_server_ended_is_noticed_before_it_is_used():
    first = backend()
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    assert not connection.is_usable()
    connection.close()
    assert backend() != first


@pytest.mark.django_db
def test_connection_in_a_failed_transaction_is_not_usable():
    with transaction.atomic(), connection.cursor() as cursor:
        with pytest.raises(DataError):
            cursor.execute("SELECT 1 / 0")
        assert not connection.is_usable()
        transaction.set_rollback(True)
    assert connection.is_usable()
