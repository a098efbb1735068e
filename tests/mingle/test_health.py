import datetime

import pytest
from django.db import OperationalError
from django.utils import timezone

from jobs import running
from jobs.models import LastSuccess


def test_process_lives_without_asking_the_database(client) -> None:
    # No mark for the database: a query would fail this test.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (200, b"ok\n", "no-store")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "body"), [(1, b"ok\n"), (37, b"ok, but nightly has not succeeded for 36 hours\n")]
)
def test_readiness_says_when_the_night_was_missed(client, hours, body) -> None:
    at = timezone.now() - datetime.timedelta(hours=hours)
    LastSuccess.objects.create(name="nightly", at=at, seconds=1, done=0)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, body)


def test_readiness_is_503_without_the_database(client, monkeypatch) -> None:
    def away(now: datetime.datetime) -> bool:
        raise OperationalError("connection refused")

    monkeypatch.setattr(running, "stale", away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_watchers_get_no_cookie(client, path) -> None:
    assert not client.get(path).cookies
