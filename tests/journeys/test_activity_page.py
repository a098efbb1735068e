"""An activity's page in a real browser: what is there before anybody scrolls, and what is printed."""

import contextlib
import datetime
import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, sync_playwright

from events.addresses import path_of
from events.models import Activity
from tests.factories.activities import make_activity, make_rule

pytestmark = pytest.mark.slow
PHONE = {"width": 360, "height": 740}
SHEET = re.compile(rb"/Type\s*/Page\b")


@contextlib.contextmanager
def phone(chromium_path: str, chromium_flags: list[str]) -> Iterator[Page]:
    """Not a fixture: Playwright keeps an event loop in this thread, in which Django refuses to read."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags)
        yield browser.new_page(viewport=PHONE)
        browser.close()


def make_football() -> Activity:
    """As much as most organisers say, and sixty dates."""
    first = timezone.localdate() + datetime.timedelta(days=1)
    return make_activity(
        "Swifts Tuesday football",
        summary="Small games, big laughs. Three teams, all mixed up new every week.",
        price=2,
        price_note="First three times free",
        bus="Five minutes from the bus on Keighley Road.",
        parking="Forty spaces, muddy in winter.",
        adults="Two coaches for each group, and a parent on tea duty.",
        welcome="Coach Sadia, in the orange bobble hat, whatever the weather.",
        bring="Trainers or boots, shin pads if you have them, a drink.",
        rules=[make_rule(first_date=first, times=60)],
    )


def foot(seen: Locator) -> float:
    box = seen.bounding_box()
    return box["y"] + box["height"]


def test_first_screen_of_a_phone_answers_and_offers(live_site, chromium_path, chromium_flags) -> None:
    """What, when, where, for whom, the price; a way into the calendar and into our list."""
    path = path_of(make_football())
    with phone(chromium_path, chromium_flags) as page:
        page.goto(live_site.url + path)
        asked = {
            "what": page.get_by_role("heading", level=1),
            "when": page.locator(".activity__next"),
            "where, who, price": page.locator(".activity__facts"),
            "calendar": page.get_by_role("link", name="Add to my calendar", exact=True),
            "keep": page.locator(".activity__do").get_by_role("button", name="Keep"),
        }
        assert [name for name, seen in asked.items() if foot(seen) > PHONE["height"]] == []


def test_paper_is_one_sheet(live_site, chromium_path, chromium_flags) -> None:
    path = path_of(make_football())
    with phone(chromium_path, chromium_flags) as page:
        page.goto(live_site.url + path)
        assert len(SHEET.findall(page.pdf(prefer_css_page_size=True))) == 1
