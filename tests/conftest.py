"""The database that tests run on, and the browser that journeys run in."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings

from events import index
from events.feeds import remembering, words_store
from organisations import page_cache

BROWSER_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session", autouse=True)
def _database_server() -> Iterator[None]:
    """One server for all workers: each holds it while it runs, and it stops when the last has gone."""
    cluster = settings.DATABASES["default"].get("CLUSTER")
    yield
    if cluster is not None:
        cluster.leave()


@pytest.fixture(autouse=True)
def _no_page_kept() -> None:
    """Finished pages and the index live in the process; a test's database does not."""
    page_cache.pages.clear()
    index.forget()
    remembering.memory.clear()
    words_store.store.clear()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Debian's Chromium. Without it journeys are skipped; MINGLE_REQUIRE_CHROMIUM=1 makes that a failure."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    missing = "no Chromium found: install Debian's package chromium to run the journeys"
    if os.environ.get("MINGLE_REQUIRE_CHROMIUM") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def chromium_flags() -> list[str]:
    """What Playwright's `chromium.launch(args=…)` is given: a browser that asks nobody for anything."""
    return BROWSER_FLAGS
