"""Two schools plan a year together, a family subscribes to it, and one meeting moves."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from events.actions import vocabularies
from organisations.models import Venue
from pages.actions import tree
from places.school_years import FIRST_MONTH, year_of
from tests.factories.organisations import make_place, make_venue
from tests.factories.twinnings import joined, running
from tests.journeys.faults import faults_now
from tests.journeys.signed_in import enter

pytestmark = pytest.mark.slow

WEEK = datetime.timedelta(days=7)
Entries = dict[str, tuple[int, str]]


def first_day() -> tuple[int, datetime.date]:
    """A school year and a day of it, after which two weeks more lie in it too."""
    soon = timezone.localdate() + WEEK
    year = year_of(soon + 2 * WEEK)
    return year, max(soon, datetime.date(year, FIRST_MONTH, 1))


def entries(page: Page, path: str) -> Entries:
    """Of every date in a calendar by its UID: its sequence number, and when it begins."""
    text = page.request.get(path).text().replace("\r\n ", "")
    found = {}
    for entry in text.split("BEGIN:VEVENT")[1:]:
        said = {
            name.partition(";")[0]: value
            for name, _colon, value in (line.partition(":") for line in entry.splitlines())
        }
        found[said["UID"]] = (int(said["SEQUENCE"]), said["DTSTART"])
    return found


def fill_meeting(page: Page, number: int, day: datetime.date, venue: Venue) -> None:
    box = page.get_by_role("group", name=f"Meeting {number}")
    box.get_by_label("Day").fill(day.isoformat())
    box.get_by_label("From").fill("10:00")
    box.get_by_label("To", exact=True).fill("14:00")
    box.get_by_label("Place").select_option(str(venue.uuid))


def test_two_schools_plan_three_meetings_and_one_that_moves_moves_in_every_calendar(
    live_site, chromium: Browser, axe: str
) -> None:
    tree.plant()
    place = make_place()
    vocabularies.add_missing()
    one, other = joined(0), joined(1)
    year, day = first_day()
    twinning = running(one, other, year)
    neutral = make_venue(place=place, name="Bobbin Mill Hall")
    ours = make_venue(one.organisation, name="Heron Bank hall")
    theirs = make_venue(other.organisation, name="Larkfield hall")

    # One school plans, on a phone.
    page = enter(chromium, live_site.url, one.head, 360)
    page.goto(f"/organise/organisations/{one.organisation.slug}/")
    page.get_by_role("link", name="No programme yet").click()
    template = page.get_by_role("listitem").filter(has_text="Get to know each other")
    template.get_by_role("link", name="Begin with this").click()
    fill_meeting(page, 1, day, ours)
    fill_meeting(page, 2, day + WEEK, ours)
    fill_meeting(page, 3, day + 2 * WEEK, theirs)
    group = page.locator("fieldset").filter(has=page.locator("legend", has_text=one.school.name))
    group.get_by_label("Class or group").fill("5B")
    group.get_by_label("How many").fill("28")
    group.get_by_label("From age").fill("9")
    group.get_by_label("To age").fill("10")
    page.get_by_role("button", name="Save the programme").click()

    # What cannot be is said beside the field, and what was typed stays.
    first = page.get_by_role("group", name="Meeting 1")
    expect(first.get_by_text("A neutral place belongs to neither.")).to_be_visible()
    expect(first.get_by_label("Day")).to_have_value(day.isoformat())
    assert faults_now(page, axe) == []
    first.get_by_label("Place").select_option(str(neutral.uuid))
    page.get_by_role("button", name="Save the programme").click()
    expect(page.get_by_text("Saved. Both schools see it")).to_be_visible()
    expect(page.locator("#meetings + ol > li")).to_have_count(4)
    expect(page.locator("#meetings + ol").get_by_text("No date yet")).to_have_count(1)
    assert faults_now(page, axe) == []
    page.context.close()

    # A family finds both schools' calendar.
    family = chromium.new_context(base_url=live_site.url, viewport={"width": 360, "height": 800}).new_page()
    family.goto(f"/schools/{other.school.pk}/")
    expect(family.get_by_role("heading", name="What they do together")).to_be_visible()
    family.get_by_role("link", name=f"What we do with {one.school.name}, also for your calendar").click()
    expect(family.get_by_role("heading", name="What they do together")).to_be_visible()
    assert faults_now(family, axe) == []
    href = family.locator("[data-copy]").first.get_attribute("data-copy") or ""
    pair = re.sub(r"^https?://[^/]+", "", href)
    assert pair == f"/schools/twinnings/{twinning.uuid}/calendar.ics"
    calendars = (pair, f"/schools/{one.school.pk}/calendar.ics", f"/schools/{other.school.pk}/calendar.ics")
    before = [entries(family, path) for path in calendars]
    assert [len(found) for found in before] == [3, 3, 3]

    # The other school moves one meeting: every calendar has it under the same id.
    page = enter(chromium, live_site.url, other.head, 360)
    page.goto(f"/organise/schools/{other.school.pk}/twinnings/{twinning.uuid}/programme/")
    page.locator("#meetings + ol").get_by_role("link", name="Larkfield hall").click()
    page.get_by_text("Change day, time or place of this date alone").click()
    page.get_by_label("From", exact=True).first.fill("11:00")
    page.get_by_role("button", name="Move this date").click()
    expect(page.get_by_text("Moved. It is now:")).to_be_visible()
    page.goto(f"/organise/schools/{other.school.pk}/twinnings/{twinning.uuid}/programme/")
    expect(page.locator("#meetings + ol").get_by_text("Moved", exact=True)).to_be_visible()
    for was, path in zip(before, calendars, strict=True):
        now = entries(family, path)
        assert now.keys() == was.keys()
        [moved] = [uid for uid in now if now[uid] != was[uid]]
        assert now[moved][0] > was[moved][0]
        assert (was[moved][1][-6:], now[moved][1][-6:]) == ("100000", "110000")
    family.context.close()
    page.context.close()
