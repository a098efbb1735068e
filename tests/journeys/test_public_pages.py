"""Public pages in a real browser and on a real server with two workers."""

import contextlib
import datetime
import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

from events.models import Activity
from tests.factories.activities import make_activity, make_rule

pytestmark = pytest.mark.slow
WORKERS = 2


@contextlib.contextmanager
def small_phone(chromium_path: str, chromium_flags: list[str]) -> Iterator[Page]:
    """Not a fixture: Playwright keeps an event loop in this thread, in which Django refuses to read."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags)
        yield browser.new_page(viewport={"width": 320, "height": 640})
        browser.close()


def make_tomorrows(title: str) -> Activity:
    first = timezone.localdate() + datetime.timedelta(days=1)
    return make_activity(title, rules=[make_rule(first_date=first, times=30)])


def path(activity: Activity) -> str:
    return f"/organisers/{activity.host.slug}/{activity.slug}/"


def test_change_is_seen_by_the_very_next_request_on_every_worker(live_site) -> None:
    """Eight connections at once reach both workers; each keeps the page, and none may show the old one."""
    activity = make_tomorrows("Before the change")
    host = urlsplit(live_site.url).netloc

    def read_everywhere() -> set[str]:
        titles = set()
        for _turn in range(WORKERS * 4):
            asking = http.client.HTTPConnection(host, timeout=30)
            asking.request("GET", path(activity))
            text = asking.getresponse().read().decode()
            titles.add(text.partition("<h1>")[2].partition("</h1>")[0])
            asking.close()
        return titles

    for title in ("Before the change", "After the change", "After another"):
        draft = activity.get_latest_revision_as_object()
        draft.title = title
        draft.save_revision().publish()
        assert read_everywhere() == {title}


def test_pages_break_no_policy_and_fit_a_small_phone(
    live_site, chromium_path: str, chromium_flags: list[str]
) -> None:
    """The structured data stands in a script element, which the content policy must let be."""
    activity = make_tomorrows("Football " + "for everybody in the valley " * 3)
    host = f"/organisers/{activity.host.slug}/"
    complaints: list[str] = []
    with small_phone(chromium_path, chromium_flags) as page:
        page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for address in ("/", "/in/calderdale/", "/organisers/", host, f"{host}{activity.slug}/"):
            page.goto(live_site.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") == 320, address
        assert page.locator('script[type="application/ld+json"]').count() == 1
        assert page.context.cookies() == []
    assert complaints == []
