"""That no page of any journey asks another host is looked at after each; here, that it would be found."""

from collections import Counter
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser

from tests.journeys import asked

pytestmark = pytest.mark.slow
ELSEWHERE = "http://elsewhere.example/"
PAGE = f'<!doctype html><title>A page</title><img src="{ELSEWHERE}a.png" alt="">'


@pytest.mark.parametrize("led_to", [{"elsewhere.example"}])
@pytest.mark.parametrize("opens", ["new_context", "new_page"])
def test_picture_of_another_host_is_heard_of(
    chromium: Browser, hosts_asked: Counter[str], opens: str, led_to: set[str]
) -> None:
    opened = getattr(chromium, opens)()
    page = opened.new_page() if opens == "new_context" else opened
    page.route("**/*", lambda route: route.fulfill(body="", content_type="image/png"))
    before = hosts_asked.copy()
    page.set_content(PAGE)
    found = hosts_asked - before
    assert found == {"elsewhere.example": 1}
    assert asked.strangers(found) == led_to


def test_of_all_journeys_it_is_said_in_one_line() -> None:
    reports = [
        SimpleNamespace(when=when, user_properties=[(asked.PROPERTY, hosts)])
        for when, hosts in [
            ("teardown", {"localhost": 7}),
            ("teardown", {"localhost": 2, "elsewhere.example": 3}),
            ("call", {"localhost": 100}),
        ]
    ]
    assert asked.told(reports[:1]) == "1 journeys in a browser asked 7 times, other hosts: 0"
    assert asked.told(reports) == (
        "2 journeys in a browser asked 12 times, other hosts: {'elsewhere.example': 3}"
    )
    assert asked.told(reports[2:]) == ""
