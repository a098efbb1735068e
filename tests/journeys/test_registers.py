"""Two recorders at the door, each with a phone: both count, one undoes, and an old register stays shut."""

import datetime

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from events.actions import registers
from events.models import Occurrence
from organisations.models import Role
from tests.factories.activities import make_activity
from tests.factories.count_days import make_count_day
from tests.factories.people import make_member
from tests.journeys.conftest import LiveSite
from tests.journeys.faults import faults_now

pytestmark = pytest.mark.slow


def phone_of(person, chromium: Browser, site: LiveSite, **options: object) -> Page:
    """At 360 px, signed in."""
    client = Client()
    client.force_login(person, settings.AUTHENTICATION_BACKENDS[0])
    context = chromium.new_context(base_url=site.url, viewport={"width": 360, "height": 740}, **options)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])
    return context.new_page()


def put(occurrence: Occurrence, begins: datetime.datetime) -> None:
    Occurrence.objects.filter(pk=occurrence.pk).update(
        starts_at=begins, ends_at=begins + datetime.timedelta(hours=2)
    )


def test_two_recorders_count_at_once_one_undoes_and_an_old_register_is_shut(
    live_site: LiveSite, chromium: Browser, axe: str
):
    activity = make_activity("Street football")
    on, old = activity.occurrences.order_by("starts_at")[:2]
    put(on, timezone.now() - datetime.timedelta(minutes=30))
    put(old, timezone.now() - datetime.timedelta(days=40))
    make_count_day(on)
    people = [make_member(activity.host, Role.RECORDER) for _ in range(2)]
    first, second = [phone_of(person, chromium, live_site) for person in people]

    first.goto("/organise/")
    first.get_by_role("link", name="Street football").filter(has_text="Not counted yet").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Street football")
    second.goto(first.url)
    assert faults_now(first, axe) == []

    # Both press before either has been answered.
    for _press in range(3):
        first.get_by_role("button", name="One more: How many came?").click()
    for _press in range(2):
        second.get_by_role("button", name="One more: How many came?").click()
    second.get_by_role("textbox", name="Asian").fill("2")
    second.get_by_role("textbox", name="Asian").press("Tab")
    expect(first.get_by_role("status").first).to_contain_text("Saved:")
    expect(second.get_by_role("status").first).to_contain_text("Asian 2")

    # The next press shows what the other one counted, and what it did can be undone.
    first.get_by_role("button", name="One more: How many came?").click()
    expect(first.get_by_text("Saved: 6 came.")).to_be_visible()
    expect(first.get_by_role("textbox", name="How many came?")).to_have_value("6")
    first.get_by_role("button", name="Undo").click()
    expect(first.get_by_text("Saved: 5 came.")).to_be_visible()
    assert registers.figures_of(on) == {"came": 5, "group:asian": 2}

    # The same without a script.
    plain = phone_of(people[0], chromium, live_site, java_script_enabled=False)
    plain.goto(first.url)
    plain.get_by_role("button", name="One fewer: Asian", exact=True).click()
    expect(plain.get_by_text("Saved: Asian 1.")).to_be_visible()
    plain.get_by_role("button", name="Undo").click()
    expect(plain.get_by_text("Saved: Asian 2.")).to_be_visible()

    first.goto(f"/organise/registers/{old.uuid}/")
    expect(first.get_by_text("This register closed 28 days after the session.")).to_be_visible()
    expect(first.get_by_role("button", name="One more: How many came?")).to_have_count(0)
    connections.close_all()
    for page in (first, second, plain):
        page.context.close()
