"""Somebody reports a concern on a small phone, the lead reads it and suspends: with script and without."""

import re

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Browser, Page, Route, expect

from accounts import second_factors
from events.models import Activity
from organisations.actions import telling
from organisations.models import Concern, Organisation
from tests.factories.activities import make_activity
from tests.factories.concerns import make_lead
from tests.factories.organisations import make_organisation, make_place
from tests.journeys.phones import Phone
from tests.journeys.test_families import take_phone

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "without-script"]),
]

WHAT = "A helper shouts at the little ones"
WEATHER = "https://www.bbc.co.uk/weather"
ELSEWHERE = "<!doctype html><title>Elsewhere</title><h1>The weather</h1>"


@pytest.fixture
def led_to() -> set[str]:
    """The way out leads there."""
    return {"www.bbc.co.uk"}


def away(route: Route) -> None:
    """No test asks another host."""
    route.fulfill(body=ELSEWHERE, content_type="text/html")


def fits(page: Page) -> bool:
    """Nothing stands beyond the edge of the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def report(phone: Phone, path: str) -> str:
    """From the activity's page to the number; returns it."""
    page = phone.page
    page.goto(path)
    page.get_by_role("contentinfo").get_by_role("link", name="Report a concern").click()
    expect(page.get_by_role("heading", name="First: whom to call")).to_be_visible()
    expect(page.get_by_text("Street football, Spark")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Tell us in a few words what worries you.")).to_be_visible()
    page.get_by_label("What happened, or what worries you?").fill(WHAT)
    page.get_by_label("I am under 18").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    assert fits(page)
    return page.locator(".concern__reference").inner_text()


def test_report_read_suspend(chromium: Browser, live_site, scripted: bool) -> None:
    spark = make_organisation("Spark", place=make_place(safeguarding_phone="01632 960999"))
    activity = make_activity("Street football", host=spark)
    reader = make_lead(spark.place, "lead@example.org")
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    path = Activity.objects.get(pk=activity.pk).url
    phone = take_phone(chromium, live_site.url, scripted=scripted)
    reference = report(phone, path)
    assert phone.is_clean()
    assert reference == Concern.objects.get().reference
    assert telling.tell_of_all() == 1
    lead = take_phone(chromium, live_site.url, scripted=scripted)
    page = lead.page
    page.goto("/cms/concern/")
    page.get_by_label(re.compile("E-?mail", re.IGNORECASE)).fill("lead@example.org")
    page.get_by_label("Password").fill("correct-horse")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("The code from your app, or a spare code").fill(second_factors.current_code(reader))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/cms/concern/")
    page.goto("/cms/concern/")
    page.get_by_role("link", name=reference).first.click()
    expect(page.get_by_text(WHAT)).to_be_visible()
    page.get_by_role("button", name="I look at it").click()
    expect(page.get_by_text("You look at it now.")).to_be_visible()
    expect(page.get_by_text("“Street football” leaves the site at once")).to_be_visible()
    page.get_by_role("button", name="Suspend the activity").click()
    expect(page.get_by_text("It is off the site now.")).to_be_visible()
    phone.page.goto(path)
    expect(phone.page.get_by_role("heading", name="This is no longer on")).to_be_visible()
    page.get_by_role("link", name="Let the activity come back").click()
    page.get_by_role("button", name="Let it come back").click()
    expect(page.get_by_text("It may be on the site again")).to_be_visible()
    phone.page.goto(path)
    expect(phone.page.get_by_role("heading", name="Street football")).to_be_visible()
    page.get_by_role("button", name="Suspend the organisation").click()
    expect(page.get_by_text("Spark is suspended.")).to_be_visible()
    assert Organisation.objects.get().state == "suspended"
    assert lead.strangers == set()


def test_the_way_out_leaves_at_once_and_back_does_not_show_what_was_typed(
    chromium: Browser, live_site, scripted: bool
) -> None:
    make_place()
    phone = take_phone(chromium, live_site.url, scripted=scripted)
    page = phone.page
    page.route(f"{WEATHER}**", away)
    page.goto("/no-such-page/")
    page.get_by_role("contentinfo").get_by_role("link", name="Report a concern").click()
    page.get_by_label("What happened, or what worries you?").fill(WHAT)
    page.get_by_role("link", name="Leave this page now").click()
    expect(page.get_by_role("heading", name="The weather")).to_be_visible()
    page.go_back()
    if scripted:  # the page has been replaced: before it is what was there before
        expect(page.get_by_role("heading", name="We can’t find that page")).to_be_visible()
    else:
        expect(page.get_by_label("What happened, or what worries you?")).to_have_value("")
    assert phone.strangers == {"www.bbc.co.uk"}
