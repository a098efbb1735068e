"""The main job, end to end, in a real browser: publish, find, subscribe, change, cancel."""

import datetime
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from events.actions import vocabularies
from events.models import Activity
from organisations.actions import members
from organisations.models import Role
from places.models import BankHoliday, Place, Term
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_user
from tests.factories.postcodes import make_outcode, make_postcode

pytestmark = pytest.mark.slow

PASSWORD = "correct-horse"  # the factory's


@pytest.fixture
def browser_context(
    chromium_path: str, chromium_flags: list[str], live_site, monkeypatch
) -> Iterator[BrowserContext]:
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags)
        context = browser.new_context(
            base_url=live_site.url, viewport={"width": 1280, "height": 900}, timezone_id="Europe/London"
        )
        context.set_default_timeout(20_000)
        yield context
        # The loop gave this test a connection of its own.
        connections.close_all()
        browser.close()


def feed(url: str) -> dict[str, tuple[int, datetime.datetime, str, str]]:
    """UID → (sequence, start, status, summary) of the calendar at that address."""
    with urllib.request.urlopen(url) as answer:  # noqa: S310 (the site under test)
        calendar = Calendar.from_ical(answer.read())
    return {
        str(entry["UID"]): (
            int(entry["SEQUENCE"]),
            entry["DTSTART"].dt,
            str(entry.get("STATUS", "")),
            str(entry["SUMMARY"]),
        )
        for entry in calendar.walk("VEVENT")
    }


def starts(entries: dict[str, tuple[int, datetime.datetime, str, str]]) -> list[str]:
    return sorted(f"{start:%Y-%m-%d %H:%M}" for _, start, _, _ in entries.values())


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/cms/")


def fill_in(page: Page, first: datetime.date) -> None:
    """The editor, as a volunteer fills it in."""
    page.locator("[name=title]").fill("Tuesday street football")
    page.locator("[name=summary]").fill("Play, laugh and meet people from other schools.")
    page.locator("[name=type]").select_option(label="Football")
    page.locator("[name=age_from]").fill("10")
    page.locator("[name=age_to]").fill("14")
    page.get_by_role("button", name="Add Dates").click()
    page.locator("[name=rules-0-first_date]").fill(f"{first:%d/%m/%Y}")
    page.locator("[name=rules-0-start]").fill("16:30")
    page.locator("[name=rules-0-end]").fill("18:00")
    page.locator("[name=rules-0-season]").select_option("term")
    page.locator("[name=rules-0-times]").fill("10")
    page.locator("[name=price]").fill("0")


def choose_venue(page: Page) -> None:
    """By its postcode, in the chooser."""
    page.locator("#id_venue-chooser").get_by_role("button", name="Choose a venue").first.click()
    page.get_by_label("Postcode, name or town").fill("HX1 1UJ")
    page.get_by_role("link", name="Central Library").click()


def publish(page: Page) -> None:
    """The button in front of the editor's footer."""
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).first.click()


def next_tuesday() -> datetime.date:
    """At least a week ahead."""
    day = timezone.localdate() + datetime.timedelta(days=7)
    return day + datetime.timedelta(days=(1 - day.weekday()) % 7)


def give_terms(place: Place, first: datetime.date) -> list[datetime.date]:
    """Four weeks of term from the week of that Tuesday, two of holiday, then term again with a bank holiday.

    Gives its Tuesdays.
    """
    Term.objects.filter(place=place).delete()
    in_weeks = [first + datetime.timedelta(weeks=week) for week in range(20)]
    day = datetime.timedelta(days=1)
    Term.objects.create(place=place, name="One", first_day=in_weeks[0] - day, last_day=in_weeks[3] + 3 * day)
    Term.objects.create(place=place, name="Two", first_day=in_weeks[6] - day, last_day=in_weeks[19] + 3 * day)
    BankHoliday.objects.create(nation=place.nation, date=in_weeks[8], name="The day of the valley")
    return [*in_weeks[:4], *in_weeks[6:8], *in_weeks[9:]]


def test_family_sees_what_the_organiser_publishes_changes_and_cancels(
    live_site, browser_context, tmp_path: Path
):
    vocabularies.add_missing()
    make_outcode("HX1")
    make_postcode("HX11UJ")
    club = make_organisation("Savile Park Juniors", slug="savile-park-juniors")
    make_venue(None, name="Central Library", postcode="HX1 1UJ")
    first = next_tuesday()
    tuesdays = give_terms(club.place, first)[:10]
    owner = make_user("club@example.org")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    members.join(organisation=club, user=owner, role=Role.OWNER, by=None)
    page = browser_context.new_page()

    # Publish.
    sign_in(page, owner.email)
    page.goto(f"/cms/pages/add/events/activity/{club.page.pk}/")
    fill_in(page, first)
    choose_venue(page)
    expect(page.locator("[data-dates-summary]")).to_contain_text(
        re.compile(r"Every Tuesday in term time, 4:30 to 6 pm, 10 times")
    )
    expect(page.locator("[data-dates-summary] li")).to_have_text(
        [f"Tue {day.day} {day:%B}, 4:30–6 pm" for day in tuesdays[:6]]
    )
    publish(page)
    activity = Activity.objects.get()
    assert activity.live

    # Find it by postcode, age and day; the postcode never stays in the address.
    page.goto("/activities/")
    page.get_by_label("Postcode").fill("hx1 1uj")
    page.locator(".browse__go").click()
    page.wait_for_url(re.compile(r"near=HX1"))
    assert "1UJ" not in page.url.upper()
    found = page.locator(".card__title", has_text="Tuesday street football")
    page.locator("input[name=age][value='15']").check()
    page.wait_for_url(re.compile(r"age=15"))
    expect(found).not_to_be_visible()
    page.locator("input[name=age][value='15']").uncheck()
    page.locator("input[name=age][value='12']").check()
    page.locator("input[name=day][value=tue]").check()
    page.wait_for_url(re.compile(r"near=HX1.*&age=12&day=tue"))
    found.get_by_role("link").click()
    page.wait_for_url(f"**/organisers/savile-park-juniors/{activity.slug}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tuesday street football")

    # Subscribe.
    link = page.locator("a[href^='webcal://']").first.get_attribute("href")
    address = link.replace("webcal://", "http://")
    before = feed(address)
    assert starts(before) == [f"{day:%Y-%m-%d} 16:30" for day in tuesdays]

    # Change the time of the rule.
    page.goto(f"/cms/pages/{activity.pk}/edit/")
    page.locator("[name=rules-0-start]").fill("17:00")
    page.locator("[name=rules-0-end]").fill("18:30")
    publish(page)
    later = feed(address)
    assert later.keys() == before.keys()
    assert starts(later) == [f"{day:%Y-%m-%d} 17:00" for day in tuesdays]
    assert all(later[uid][0] > before[uid][0] for uid in before)

    # Cancel one date.
    page.goto("/organise/")
    page.get_by_role("link", name="Tuesday street football").first.click()
    page.get_by_text("Cancel this date").first.click()
    page.get_by_label("In your own words").fill("The pitch is under water.")
    page.get_by_role("button", name="Cancel this date").click()
    expect(page.get_by_role("status")).to_contain_text("Cancelled.")
    last = feed(address)
    assert last.keys() == before.keys()
    cancelled = [uid for uid, (_, _, status, _) in last.items() if status == "CANCELLED"]
    assert len(cancelled) == 1
    assert last[cancelled[0]][3].startswith("CANCELLED: ")
    assert last[cancelled[0]][0] > later[cancelled[0]][0]
    assert all(last[uid] == later[uid] for uid in later if uid not in cancelled)
