"""A real server for journeys: gunicorn with two workers, on the database of the test that asks for it."""

import contextlib
import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from mingle.embedded.cluster import hold
from mingle.embedded.privileges import end_with_parent
from tests.conftest import bring_back, put_aside
from tests.journeys import asked, faults, showcase
from tests.journeys.signed_in import Sessions, open_sessions

ROOT = Path(__file__).resolve().parents[2]
COLLECT = "import django; django.setup(); from mingle.launcher import preparing; preparing.collect_files()"
ANSWER_SECONDS = 60
# Importing the site is most of a start. The workers may share it where no test asks how they come and go.
APP_ONCE = {"GUNICORN_CMD_ARGS": "--preload"}

# A busy machine may take more than the five seconds that a page is given otherwise.
expect.set_options(timeout=30_000)


@dataclass(frozen=True)
class LiveSite:
    url: str
    """Without a slash at its end."""
    mail: Path
    """The folder of the mails that it sent."""
    pid: int
    """Of the server; its workers are its children."""


@pytest.fixture(scope="session", autouse=True)
def hosts_asked() -> Iterator[Counter[str]]:
    """By every page of every browser, from before the first is opened."""
    with pytest.MonkeyPatch.context() as patch:
        yield asked.listen(patch)


@pytest.fixture
def led_to() -> set[str]:
    """Other hosts to which somebody goes by their own press: a test that does it says which."""
    return set()


@pytest.fixture(autouse=True)
def nobody_else_is_asked(
    request: pytest.FixtureRequest, hosts_asked: Counter[str], led_to: set[str]
) -> Iterator[None]:
    before = hosts_asked.copy()
    yield
    now = hosts_asked - before
    unled = {host: number for host, number in now.items() if host not in led_to}
    if now:
        request.node.user_properties.append((asked.PROPERTY, unled))
    assert asked.strangers(unled) == set()


@pytest.fixture(scope="session")
def live_environment() -> dict[str, str]:
    """What every live server is started with; style sheets and scripts are collected once for all."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.live_settings",
        "MINGLE_CLUSTER": "test",
        "MINGLE_DATA_DIR": str(settings.DATA_DIR),
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
    }
    home = settings.DATA_DIR / "test"
    home.mkdir(parents=True, exist_ok=True)
    lock = hold(home / "static.lock")
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        subprocess.run([sys.executable, "-c", COLLECT], env=environment, check=True)
    finally:
        os.close(lock)
    return environment


@pytest.fixture
def live_site(transactional_db: None, live_environment: dict[str, str], tmp_path: Path) -> Iterator[LiveSite]:
    """A server of this test's own: workers keep pages in memory, and the next test has other data.

    What the test writes is committed, and pictures are kept where the server finds them, so it shows both.
    Lists and page tree come back after.
    """
    media = tmp_path / "media"
    told = {**live_environment, **APP_ONCE, "MINGLE_TEST_MEDIA": str(media)}
    with override_settings(MEDIA_ROOT=media), serving(told, tmp_path) as site:
        yield site


@pytest.fixture
def chromium(
    chromium_path: str, chromium_flags: list[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Browser]:
    """Beside a test that writes. Playwright keeps an event loop in this thread; Django then takes plain
    queries for a mistake."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags)
        yield launched
        connections.close_all()  # the loop gave this test a connection of its own
        launched.close()


@pytest.fixture(scope="session")
def showcase_media(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The pictures of the showcase, which takes long: it is made once, and its rows are put aside."""
    media = tmp_path_factory.mktemp("showcase")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
        try:
            showcase.fill()
            put_aside("showcase_rows")
        finally:
            bring_back("first_rows")
    return media


@pytest.fixture(scope="module")
def every_page(
    showcase_media: Path,
    committed: None,
    live_environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[LiveSite]:
    """A server for a whole file of tests that only look, with everything that `pages.PAGES` names.

    Such a file is marked `django_db`, or there is no database of tests to fill.
    """
    bring_back("showcase_rows")
    cache.clear()  # where pages lie was remembered of other rows
    folder = tmp_path_factory.mktemp("site")
    media = shutil.copytree(showcase_media, folder / "media")
    told = {"MINGLE_TEST_DEMO": "1", "MINGLE_TEST_MEDIA": str(media)}
    with serving({**live_environment, **APP_ONCE, **told}, folder) as site:
        yield site


@pytest.fixture(scope="module")
def crowded(every_page: LiveSite) -> LiveSite:
    """The same server, with a thousand activities more from now on: `pages.CROWDED`."""
    showcase.put_on_a_thousand()
    return every_page


@pytest.fixture(scope="module")
def sessions(every_page: LiveSite) -> Sessions:
    """Of everybody whom a page is for."""
    return open_sessions()


@pytest.fixture(scope="module")
def browser(every_page: LiveSite, chromium_path: str, chromium_flags: list[str]) -> Iterator[Browser]:
    """The same for a whole file of tests that only look."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        launched = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags)
        yield launched
        # The loop gave these tests a connection of their own.
        connections.close_all()
        launched.close()


@pytest.fixture(scope="session")
def axe() -> str:
    return Axe().axe_script


@pytest.fixture(scope="module")
def context(browser: Browser, every_page: LiveSite) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=every_page.url, reduced_motion="reduce")
    opened.add_init_script(faults.LISTEN)
    yield opened
    opened.close()


@contextlib.contextmanager
def serving(environment: dict[str, str], folder: Path, database: str = "") -> Iterator[LiveSite]:
    """The site on this test's database, or on the one at that address."""
    parent, log, mail = os.getpid(), folder / "gunicorn.log", folder / "mail"
    with socket.create_server(("127.0.0.1", 0)) as listening, log.open("ab") as output:
        port = listening.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "gunicorn.conf.py")],
            cwd=ROOT,
            env={
                **environment,
                "DATABASE_URL": database or database_url(),
                "PORT": str(port),
                "MINGLE_BIND": f"fd://{listening.fileno()}",
                "MINGLE_TEST_MAIL": str(mail),
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=[listening.fileno()],
            preexec_fn=lambda: end_with_parent(signal.SIGTERM, parent),
        )
    try:
        assert _status(port, "/readyz") == http.client.OK, log.read_text()
        yield LiveSite(f"http://localhost:{port}", mail, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _status(port: int, path: str) -> int:
    """The socket listens before the server starts, so that asking waits by itself."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        asking.request("GET", path)
        return asking.getresponse().status
    except OSError:
        return 0
    finally:
        asking.close()


def database_url() -> str:
    """This test's database, which the suffix of its xdist worker tells from the others'."""
    found = connection.settings_dict
    parts = {
        "host": found["HOST"],
        "port": found["PORT"],
        "user": found["USER"],
        "password": found["PASSWORD"],
    }
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"postgres:///{quote(found['NAME'])}?{query}"
