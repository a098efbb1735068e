"""Workers and PostgreSQL are killed under writes: nothing acknowledged is lost, nothing counts twice.

On a cluster of its own, which writes down what it commits, as in production. The site is never started again.
"""

import collections
import datetime
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from mingle.embedded.cluster import DATABASE, ROLE, Cluster, ClusterError
from mingle.embedded.processes import lives
from mingle.embedded.server import BIN, Server
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member
from tests.journeys import writers
from tests.journeys.conftest import LiveSite, database_url, serving
from tests.mingle.clusters import connect, wait_until

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("MINGLE_KILLS", "2"))
"""Of workers, and as many of PostgreSQL; `make bench` asks for eight."""
BETWEEN_KILLS = 3
"""Writes that each client must have acknowledged after one kill before the next."""


class Database:
    """A PostgreSQL of this test's own, killed and started again by it, as a process manager would."""

    def __init__(self, home: Path) -> None:
        self.cluster = Cluster(home)
        home.mkdir(parents=True)
        self.server = Server(self.cluster)
        self.server.start()
        self.address = f"postgres:///{DATABASE}?host={self.cluster.socket_dir}&user={ROLE}"

    def take_over(self, from_address: str) -> None:
        """All that the database of tests holds, as it is now."""
        dump = subprocess.run(
            [BIN / "pg_dump", "--no-owner", "--exclude-schema=*_rows", f"--dbname={from_address}"],
            capture_output=True,
            check=True,
        ).stdout
        load = [BIN / "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={self.address}"]
        subprocess.run(load, input=dump, stdout=subprocess.DEVNULL, check=True)

    def kill(self) -> None:
        self.server.process.send_signal(signal.SIGKILL)
        self.server.process.wait()

    def start_again(self) -> None:
        """What is left of the one that was killed needs a moment to notice, and is in the way until then."""

        def starts() -> bool:
            try:
                self.server.launch()
            except ClusterError:
                return False
            return True

        wait_until(starts)

    def kill_backend(self) -> None:
        """One of the processes that answer the site; the server then starts all of them anew by itself."""
        query = (
            "SELECT pid FROM pg_stat_activity "
            "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        with connect(self.cluster) as asking:
            [pid, *_others] = [row[0] for row in asking.execute(query)]
        os.kill(pid, signal.SIGKILL)

    def rows(self, query: str) -> list[tuple]:
        with connect(self.cluster) as asking:
            return asking.execute(query).fetchall()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "cluster")
    yield made
    made.server.stop()


@pytest.fixture
def sessions(transactional_db: None) -> list[tuple[str, str]]:
    """Two organisers who have signed in, and a date of each."""
    return [_organiser() for _number in range(2)]


@pytest.fixture
def site(
    database: Database, sessions: list, live_environment: dict[str, str], tmp_path: Path
) -> Iterator[LiveSite]:
    database.take_over(database_url().replace("postgres://", "postgresql://", 1))
    told = {**live_environment, "MINGLE_TEST_MEDIA": str(tmp_path / "media")}
    with serving(told, tmp_path, database.address) as started:
        yield started


def _organiser() -> tuple[str, str]:
    host = make_organisation()
    first = timezone.localdate() + datetime.timedelta(days=30)
    activity = make_activity(host=host, rules=[make_rule(first_date=first)])
    client = Client()
    client.force_login(make_member(host))
    return client.cookies["sessionid"].value, str(activity.occurrences.earliest("starts_at").uuid)


def test_nothing_acknowledged_is_lost_and_nothing_counts_twice(
    site: LiveSite, database: Database, sessions: list[tuple[str, str]], capsys: pytest.CaptureFixture
) -> None:
    port = int(site.url.rpartition(":")[2])
    organisers = [writers.Organiser(port, *session) for session in sessions]
    worried = [writers.Worried(port) for _number in range(2)]
    clients: list[writers.Client] = [*organisers, *worried, writers.Reader(port)]
    for client in clients:
        client.start()
    away = []
    try:
        _go_on(clients)
        for number in range(KILLS):
            os.kill(_workers(site)[number % 2], signal.SIGKILL)
            _go_on(clients)
            wait_until(lambda: len(_workers(site)) == 2)
        database.kill_backend()
        _go_on(clients)
        for _number in range(KILLS):
            away.append(_without(database, port, clients))
            _go_on(clients)
    finally:
        for client in clients:
            client.over.set()
        for client in clients:
            client.join(writers.ANSWER_SECONDS)
    assert [client.unexpected for client in clients] == [[]] * len(clients)
    assert lives(site.pid)

    concerns = [reference for (reference,) in database.rows("SELECT reference FROM organisations_concern")]
    changes = database.rows(
        "SELECT action, reason FROM accounts_auditentry WHERE subject_kind = 'occurrence'"
    )
    cancelled = collections.Counter(reason for action, reason in changes if action == "occurrence.cancelled")
    reinstated = sum(action == "occurrence.reinstated" for action, _reason in changes)
    reasons = [reason for organiser in organisers for reason in organiser.acknowledged]
    numbers = [number for client in worried for number in client.acknowledged]
    answers = sum((client.answers for client in clients), collections.Counter())
    with capsys.disabled():
        print(
            f"\n{KILLS} kills of workers, 1 of a backend, {KILLS} of PostgreSQL; the longest without it "
            f"{max(away):.1f} s. Acknowledged: {len(numbers)} concerns, {len(reasons)} cancellations, "
            f"{sum(each.reinstated for each in organisers)} reinstatements. Lost: "
            f"{len(set(numbers) - set(concerns)) + len(set(reasons) - set(cancelled))}. Answers: "
            + ", ".join(f"{kind}: {count}" for kind, count in sorted(answers.items(), key=str))
        )
    # Acknowledged means there; a form whose answer was lost is there once, however often it was sent.
    assert set(numbers) <= set(concerns)
    assert len(numbers) <= len(concerns) <= len(numbers) + len(worried)
    assert set(reasons) <= set(cancelled)
    assert set(cancelled.values()) == {1}
    assert sum(each.reinstated for each in organisers) <= reinstated <= cancelled.total()
    assert set(answers) <= {200, 302, 503, "broken", "without Retry-After"}
    assert answers["without Retry-After"] == 0
    assert answers[503] > 0


def test_without_durable_commits_the_same_kill_loses_what_was_acknowledged(tmp_path: Path) -> None:
    """That the test above can fail: the same server told not to wait for the disk forgets."""
    database = Database(tmp_path / "cluster")
    try:
        with connect(database.cluster, "postgres", "postgres") as asking:
            asking.execute("ALTER SYSTEM SET synchronous_commit = off")
            asking.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
            asking.execute("SELECT pg_reload_conf()")
            asking.execute("CREATE TABLE kept (word text)")
            asking.execute("CHECKPOINT")
        with connect(database.cluster, "postgres", "postgres") as asking:
            asking.execute("INSERT INTO kept VALUES ('acknowledged')")
            database.kill()
        database.start_again()
        with connect(database.cluster, "postgres", "postgres") as asking:
            assert asking.execute("SELECT word FROM kept").fetchall() == []
    finally:
        database.server.stop()


def _without(database: Database, port: int, clients: list[writers.Client]) -> float:
    """Kill PostgreSQL, look at the site while it is away, start it again; the seconds between."""
    began = time.monotonic()
    database.kill()
    asking = writers.Reader(port)
    seen = {path: _answer(asking, path) for path in ("/healthz", "/readyz", "/activities/", "/concern/")}
    database.start_again()
    assert {path: status for path, (status, _text) in seen.items()} == {
        "/healthz": 200,
        "/readyz": 503,
        "/activities/": 503,
        "/concern/": 503,
    }
    assert seen["/readyz"][1] == "the database is away\n"
    assert "Back in a moment" in seen["/activities/"][1]
    return time.monotonic() - began


def _answer(asking: writers.Client, path: str) -> tuple[int, str]:
    """Status and text, 503 with its Retry-After among them."""
    status, text, headers = asking.plain(path)
    assert status != 503 or headers["Retry-After"] == "30"
    return status, text


def _go_on(clients: list[writers.Client]) -> None:
    """Wait until everybody has been served again, so that the next kill meets writes."""
    enough = [len(client.acknowledged) + BETWEEN_KILLS for client in clients]
    wait_until(
        lambda: all(
            len(client.acknowledged) >= number or client.unexpected
            for client, number in zip(clients, enough, strict=True)
        )
    )


def _workers(site: LiveSite) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()]
