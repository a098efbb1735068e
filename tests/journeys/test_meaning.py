"""A recorder reads on a phone what the registers mean; a club of fifteen reads words."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from events.models import Activity
from organisations.models import Role
from tests.factories.activities import make_activity
from tests.factories.attendance import make_met, make_register, make_residents
from tests.factories.people import make_member
from tests.journeys.conftest import LiveSite

pytestmark = pytest.mark.slow

Read = Callable[[Activity], Page]


@pytest.fixture
def read(live_site: LiveSite, chromium: Browser) -> Read:
    """The phone of somebody who takes the registers, at the activity."""

    def open_page(activity: Activity) -> Page:
        client = Client()
        client.force_login(make_member(activity.host, Role.RECORDER), settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = chromium.new_context(base_url=live_site.url, viewport={"width": 360, "height": 740})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_site.url}])
        page = context.new_page()
        page.goto(reverse("organise_activity", args=[activity.uuid]))
        page.get_by_role("link", name="Read how people mixed").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("How people mixed")
        return page

    return open_page


def fits(page: Page) -> bool:
    """Nothing has to be pushed aside to be read."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_session_is_read_in_words_drawings_and_tables(read: Read):
    make_residents()
    activity = make_activity("Street football", age_from=None, age_to=None)
    for week in (1, 2):
        make_register(make_met(activity, 7 * week), [12, 1, 3, 24, 0], came=42)
    page = read(activity)
    expect(page.get_by_text("2 sessions with a register.")).to_be_visible()
    assert fits(page)
    dates = page.get_by_role("heading", name="Each date with a register").locator("+ ul")
    dates.get_by_role("link").first.click()

    expect(page.get_by_text("In 55 picks of 100 they are from different groups.")).to_be_visible()
    expect(page.get_by_text("So people here are 2.3 times as mixed.")).to_be_visible()
    expect(page.get_by_role("row", name="Black 1–4")).to_be_visible()
    for drawing in page.locator("main svg[role=img]").all():
        assert drawing.get_attribute("aria-label")
        assert drawing.bounding_box()["width"] <= 360
    assert page.locator("main svg[role=img]").count() >= 2
    assert fits(page)
    page.get_by_role("link", name="This activity over a year").click()
    expect(page.get_by_role("heading", name="Each date with a register")).to_be_visible()


def test_a_club_of_fifteen_reads_words_and_no_number(read: Read):
    make_residents(counts={"asian": 9000, "black": 700, "mixed": 1800, "white": 23000, "other": 500})
    activity = make_activity("Chess", age_from=None, age_to=None)
    for week in (1, 2, 3):
        make_register(make_met(activity, 7 * week), [5, 0, 0, 10, 0], came=15)
    page = read(activity)
    expect(page.get_by_text("People here are about as mixed as the people around you.")).to_be_visible()
    assert not re.search(r"\d", page.locator(".mixing__silence").inner_text())
    expect(page.locator("main svg[role=img], main table")).to_have_count(0)
    assert fits(page)
