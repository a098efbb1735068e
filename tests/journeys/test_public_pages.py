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
from tests.journeys.workers import one_connection_each

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


def read_everywhere(site, address: str) -> dict[int, str]:
    """What each worker answers, by its process id; no worker is asked twice."""
    answers = {}
    with one_connection_each(site.url, site.pid) as connections:
        for worker, asking in connections.items():
            asking.request("GET", address, headers={"Host": urlsplit(site.url).netloc})
            answer = asking.getresponse()
            assert answer.status == http.client.OK, address
            answers[worker] = answer.read().decode()
    return answers


def path(activity: Activity) -> str:
    return f"/organisers/{activity.host.slug}/{activity.slug}/"


def test_change_is_seen_by_the_very_next_request_on_every_worker(live_site) -> None:
    """Each keeps its pages, and none may show the old one."""
    activity = make_tomorrows("Before the change")
    host = f"/organisers/{activity.host.slug}/"
    addresses = (
        path(activity),
        host,
        "/",
        "/in/calderdale/",
        "/activities/",
        "/activities/calendar.ics",
        f"{host}calendar.ics",
        f"/activities/{activity.uuid}/calendar.ics",
    )
    titles = ("Before the change", "After the change", "After another")
    for title in titles:
        draft = activity.get_latest_revision_as_object()
        draft.title = title
        draft.save_revision().publish()
        for address in addresses:
            answers = read_everywhere(live_site, address)
            assert len(answers) == WORKERS
            for text in answers.values():
                assert [each for each in titles if each in text] == [title], address


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
