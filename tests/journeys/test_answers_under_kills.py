"""Many halls answer the three questions while workers and PostgreSQL are killed: none lost, none twice."""

import collections
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from events.models import Occurrence
from tests.factories.answers import code_of, make_session
from tests.journeys.conftest import LiveSite, database_url, serving
from tests.journeys.test_kills import Database
from tests.journeys.test_kills import database as database  # the fixture: a PostgreSQL of this test's own
from tests.journeys.writers import Answering
from tests.mingle.clusters import wait_until

pytestmark = pytest.mark.slow

HALLS = int(os.environ.get("MINGLE_HALLS", "3"))
CLIENTS = int(os.environ.get("MINGLE_ANSWERING", "6"))
ANSWERS = int(os.environ.get("MINGLE_ANSWERS", "30"))
"""That are acknowledged before the first kill, after it, and after the second; the first are timed."""
A_SECOND = float(os.environ.get("MINGLE_ANSWERS_A_SECOND", "0"))
"""What `make bench` wants of them."""


@pytest.fixture
def halls(transactional_db: None) -> dict[int, str]:
    """Sessions that are on, each with its address."""
    sessions = [make_session() for _number in range(HALLS)]
    return {session.pk: f"/r/{code_of(session.activity)}" for session in sessions}


@pytest.fixture
def site(
    database: Database, halls: dict, live_environment: dict[str, str], tmp_path: Path
) -> Iterator[LiveSite]:
    assert Occurrence.objects.filter(starts_at__lte=timezone.now()).count() == HALLS
    database.take_over(database_url().replace("postgres://", "postgresql://", 1))
    with serving(
        {**live_environment, "MINGLE_TEST_MEDIA": str(tmp_path / "media")}, tmp_path, database.address
    ) as on:
        yield on


def test_none_is_lost_and_none_counts_twice(
    site: LiveSite, database: Database, halls: dict[int, str], capsys: pytest.CaptureFixture
) -> None:
    port = int(site.url.rpartition(":")[2])
    paths = list(halls.values())
    clients = [Answering(port, paths[number % HALLS]) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        began = time.monotonic()
        _go_on(clients)
        rate = _acknowledged(clients) / (time.monotonic() - began)
        os.kill(_workers(site)[0], signal.SIGKILL)
        _go_on(clients)
        wait_until(lambda: len(_workers(site)) == 2)
        database.kill()
        database.start_again()
        _go_on(clients)
    finally:
        for client in clients:
            client.over.set()
        for client in clients:
            client.join(60)
    assert [client.unexpected for client in clients] == [[]] * CLIENTS
    counters = database.rows(
        "SELECT register_id, answer, number FROM events_counter WHERE question = 'group' AND number > 0"
    )
    kept = collections.Counter({(hall, group): number for hall, group, number in counters})
    told = collections.Counter(
        (hall, group)
        for hall, path in halls.items()
        for client in clients
        if client.path == path
        for group in client.acknowledged
    )
    [(digests,)] = database.rows("SELECT count(*) FROM events_answertoken")
    with capsys.disabled():
        print(
            f"\n{CLIENTS} clients, {HALLS} halls: {rate:.0f} answers a second; {told.total()} acknowledged, "
            f"{kept.total()} counted, {(told - kept).total()} lost"
        )
    # Acknowledged means counted; a form whose answer nobody waited for any more may be counted as well.
    assert (told - kept).total() == 0
    assert (kept - told).total() <= CLIENTS
    assert digests == kept.total()
    assert rate >= A_SECOND


def _acknowledged(clients: list[Answering]) -> int:
    return sum(len(client.acknowledged) for client in clients)


def _go_on(clients: list[Answering]) -> None:
    enough = _acknowledged(clients) + ANSWERS
    wait_until(lambda: _acknowledged(clients) >= enough or any(client.unexpected for client in clients))


def _workers(site: LiveSite) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()]
