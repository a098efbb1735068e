"""Two people change all dates of half-term on their phones, without JavaScript."""

import datetime
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from events.models import Activity
from organisations.models import Role
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_venue
from tests.factories.people import make_member
from tests.journeys.conftest import LiveSite

pytestmark = pytest.mark.slow

Open = Callable[[Activity], Page]


@pytest.fixture
def phone(live_site: LiveSite, chromium: Browser) -> Open:
    """Of somebody who helps to run the activity, at its dates."""

    def open_page(activity: Activity) -> Page:
        client = Client()
        client.force_login(make_member(activity.host, Role.RECORDER), settings.AUTHENTICATION_BACKENDS[0])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = chromium.new_context(
            base_url=live_site.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
        )
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_site.url}])
        page = context.new_page()
        page.goto(reverse("organise_activity", args=[activity.uuid]))
        return page

    return open_page


def fold(page: Page, words: str) -> Locator:
    """One thing to do, opened."""
    found = page.locator("details", has=page.locator("summary", has_text=words))
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def fill_in_days(form: Locator, first: datetime.date, last: datetime.date) -> None:
    form.get_by_label("First day").fill(first.isoformat())
    form.get_by_label("Last day").fill(last.isoformat())


def test_second_sees_what_the_first_did_and_one_press_puts_a_span_back(phone: Open) -> None:
    first = timezone.localdate() + datetime.timedelta(days=7)
    last = first + datetime.timedelta(days=7)
    activity = make_activity("Street football", rules=[make_rule(first_date=first, times=4)])
    make_venue(activity.host, name="Central Library")
    one, other = phone(activity), phone(activity)

    form = fold(one, "Cancel all dates in a span")
    fill_in_days(form, first, last)
    form.get_by_label("In your own words").fill("The pitch is under water.")
    form.get_by_role("button", name="Cancel these dates").click()
    expect(one.get_by_text("2 dates changed.")).to_be_visible()

    form = fold(other, "Change time or place of all dates in a span")
    fill_in_days(form, first, last + datetime.timedelta(days=7))
    form.get_by_label("Where").select_option("Central Library")
    form.get_by_role("button", name="Change these dates").click()
    expect(other.get_by_text("These dates have changed since you opened this page")).to_be_visible()
    expect(other.get_by_text("The pitch is under water.")).to_have_count(2)
    expect(other.get_by_label("Where").locator("option:checked")).to_have_text("Central Library")
    fold(other, "Change time or place").get_by_role("button", name="Change these dates").click()
    expect(other.get_by_text("1 date changed.")).to_be_visible()

    form = fold(other, "Tell families something about all dates in a span")
    fill_in_days(form, first, last + datetime.timedelta(days=14))
    form.get_by_label("A line for these dates").fill("The lift is out of order.")
    form.get_by_role("button", name="Save").click()
    expect(other.get_by_text("The lift is out of order.", exact=True)).to_have_count(2)
    other.get_by_role("button", name="Undo").click()
    expect(other.get_by_text("2 dates are as they were.")).to_be_visible()
    expect(other.get_by_text("The lift is out of order.", exact=True)).to_have_count(0)

    form = fold(other, "Reinstate all dates in a span")
    fill_in_days(form, first, first)
    form.get_by_role("button", name="They take place after all").click()
    expect(other.get_by_text("1 date changed.")).to_be_visible()
    one.get_by_role("button", name="Undo").click()
    expect(one.get_by_text("Nothing was put back, because these dates have changed since")).to_be_visible()
    assert activity.occurrences.filter(state="cancelled").count() == 1
    for page in (one, other):
        assert page.evaluate("document.documentElement.scrollWidth") == 360
