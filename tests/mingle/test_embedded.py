import pytest
from django.db import connection

from mingle.embedded import database_settings


@pytest.mark.django_db
def test_database_folds_letters_of_every_language() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lower('ÉCOLE ŁÓDŹ ПРИВЕТ'), 'É' ILIKE 'é', to_tsvector('simple', 'Łódź بچے')::text"
        )
        assert cursor.fetchone() == ("école łódź привет", True, "'łódź':1 'بچے':2")


def test_url_with_a_socket_in_its_query_is_understood(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres:///places?host=/var/run/postgresql&user=mingle&port=5433")
    found = database_settings(tmp_path)
    assert {name: found[name] for name in ("NAME", "HOST", "PORT", "USER", "OPTIONS")} == {
        "NAME": "places",
        "HOST": "/var/run/postgresql",
        "PORT": 5433,
        "USER": "mingle",
        "OPTIONS": {},
    }
