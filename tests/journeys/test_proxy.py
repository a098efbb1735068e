"""Behind the proxy file that is shipped slow clients harm nobody; without it nobody is answered."""

import contextlib
import http.client
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.factories.activities import make_activity
from tests.journeys import proxy
from tests.journeys.conftest import LiveSite

pytestmark = pytest.mark.slow

SLOW, PROBES, GIVE_UP_SECONDS = 400, 40, 10
LET_IN = 100
"""So many of the slow ones the system connects to a server that takes none of them in."""
PUPILS, FILES_OF_A_PAGE = 300, 12
ASKED = "/activities/?near=HX1+1UJ"


@pytest.fixture
def nginx(live_site: LiveSite, tmp_path: Path) -> proxy.Proxy:
    if proxy.path() is None:
        pytest.skip("no nginx found: install Debian's package nginx-light to try the sample proxy file")
    folder = tmp_path / "nginx"
    folder.mkdir()
    return proxy.Proxy(folder, int(live_site.url.rpartition(":")[2]))


def connect(port: int, *, secure: bool, patience: float = 60) -> http.client.HTTPConnection:
    if not secure:
        return http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    return http.client.HTTPSConnection("127.0.0.1", port, timeout=patience, context=proxy.trusting())


def get(asking: http.client.HTTPConnection, path: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    asking.request("GET", path, headers={"Host": "localhost"})
    answer = asking.getresponse()
    return answer.status, answer.headers, answer.read()


def seconds(port: int, path: str, *, secure: bool) -> float | None:
    """How long one page took; None where nothing came in time."""
    began = time.monotonic()
    with contextlib.closing(connect(port, secure=secure, patience=GIVE_UP_SECONDS)) as asking:
        try:
            status, _headers, _body = get(asking, path)
        except OSError:
            return None
    assert status == 200
    return time.monotonic() - began


def test_shipped_file_is_one_that_nginx_takes(nginx: proxy.Proxy) -> None:
    checked = nginx.check()
    assert (checked.returncode, "emerg" in checked.stderr, "warn" in checked.stderr) == (0, False, False)


def test_slow_clients_leave_the_site_answering_behind_the_proxy(
    nginx: proxy.Proxy, capsys: pytest.CaptureFixture
) -> None:
    make_activity("Sunday street football")
    took = []
    with nginx.running(), proxy.SlowClients(nginx.port, SLOW, proxy.trusting()).at_work(SLOW) as slow:
        # Until those with a slow head have been sent away once and are back.
        while len(took) < PROBES or (slow.sent_away < SLOW // 2 and None not in took):
            took.append(seconds(nginx.port, f"/activities/?q={len(took)}", secure=True))
        sent_away = slow.sent_away
    answered = [each for each in took if each is not None]
    with capsys.disabled():
        print(
            f"\n{SLOW} slow clients, {sent_away} times sent away: {len(answered)} of {len(took)} pages came, "
            f"median {statistics.median(answered) * 1000:.0f} ms, slowest {max(answered) * 1000:.0f} ms."
        )
    assert None not in took


def test_slow_clients_take_the_site_off_the_air_without_the_proxy(
    live_site: LiveSite, capsys: pytest.CaptureFixture
) -> None:
    """What running.md says happens, and what shows that the clients above are slow."""
    make_activity("Sunday street football")
    port = int(live_site.url.rpartition(":")[2])
    with proxy.SlowClients(port, SLOW, None).at_work(LET_IN):
        took = [seconds(port, "/activities/", secure=False) for _number in range(2)]
    with capsys.disabled():
        print(f"\n{SLOW} slow clients without the proxy: {2 - took.count(None)} of 2 pages came.")
    assert took == [None, None]


def test_whole_school_behind_one_address_is_let_through(nginx: proxy.Proxy) -> None:
    """Each pupil opens a page and what it is made of; no one is told to wait."""
    make_activity("Sunday street football")
    paths = ["/activities/", *["/healthz"] * FILES_OF_A_PAGE]

    def read(_pupil: int) -> set[int]:
        with contextlib.closing(connect(nginx.port, secure=True)) as asking:
            return {get(asking, path)[0] for path in paths}

    with nginx.running(), ThreadPoolExecutor(100) as pupils:
        assert set().union(*pupils.map(read, range(PUPILS))) == {200}


def test_logs_of_the_proxy_hold_no_query_even_where_the_site_is_away(
    nginx: proxy.Proxy, tmp_path: Path
) -> None:
    with nginx.running():
        for port, secure, expected in [(nginx.port, True, 302), (nginx.plain, False, 301)]:
            with contextlib.closing(connect(port, secure=secure)) as asking:
                assert get(asking, ASKED)[0] == expected
    gone = tmp_path / "gone"
    gone.mkdir()
    away = proxy.Proxy(gone, proxy.free_ports()[0])
    with away.running(), contextlib.closing(connect(away.port, secure=True)) as asking:
        status, headers, body = get(asking, ASKED)
    assert (status, headers["Retry-After"]) == (503, "30")
    assert body == b"Back in a moment. Wait a minute, then load this page again.\n"
    logged = nginx.logs() + away.logs()
    assert '"GET /activities/" 302' in logged
    assert '"GET /activities/" 503' in logged
    assert "HX1" not in logged
