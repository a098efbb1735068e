"""An organiser with a timetable on a phone: paste it, see the guess, say what a column is, publish one."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from playwright.sync_api import Browser, Page, expect

from events.models import Activity
from organisations.actions import members
from organisations.models import Organisation, Role
from tests.factories.organisations import make_venue
from tests.factories.people import make_user
from tests.factories.timetables import EXAMPLES, make_club
from tests.journeys.conftest import LiveSite
from tests.journeys.faults import faults_now

pytestmark = pytest.mark.slow

GRID = """\
Our classes
Group\tMon\tTues\tSat
Blue\tMinis boxing 4-5pm\t\t
Red\tJuniors boxing 5-6.30\tGirls boxing 5-6.30\t
Green\t-\t\tOpen gym 10-12
"""


def open_workspace(chromium: Browser, site: LiveSite, club: Organisation) -> Page:
    """On a phone, as the club's owner."""
    owner = make_user("club@example.org")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    members.join(organisation=club, user=owner, role=Role.OWNER, by=None)
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 360, "height": 740}, timezone_id="Europe/London"
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/accounts/login/?next=/organise/")
    page.get_by_label("Email").fill(owner.email)
    page.get_by_label("Password").fill("correct-horse")
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/organise/")
    page.get_by_role("link", name="Have you a timetable already? Bring it.").click()
    return page


def test_boxing_grid_is_uploaded_and_is_fourteen_drafts_without_an_edit(live_site, chromium: Browser):
    club = make_club()
    page = open_workspace(chromium, live_site, club)
    page.locator("input[type=file]").set_input_files(EXAMPLES / "boxing-grid.csv")
    page.get_by_role("button", name="See what it makes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What your timetable makes")
    page.get_by_role("button", name="Make these 14 drafts").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("14 drafts are made")
    assert Activity.objects.filter(live=False).descendant_of(club.page).count() == 14
    connections.close_all()
    page.context.close()


def test_timetable_is_pasted_named_made_and_one_is_published(live_site, chromium: Browser, axe: str):
    club = make_club()
    make_venue(None, name="Central Library")
    page = open_workspace(chromium, live_site, club)
    assert faults_now(page, axe) == []
    page.get_by_label("Or paste it here").fill(GRID)
    page.get_by_role("button", name="See what it makes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What your timetable makes")
    expect(page.get_by_text("Every Monday, 5 to 6:30 pm")).to_be_visible()
    expect(page.get_by_text("Every Saturday, 10 am to noon")).to_be_visible()

    # The groups are taken for a part of the names until the person says that they are not.
    expect(page.get_by_text("Green Open gym").first).to_be_visible()
    page.get_by_text("What holds for all lines").click()
    page.get_by_text("What the columns are").click()
    assert faults_now(page, axe) == []
    column = page.get_by_label("Group (like Blue, Red, Green)")
    column.select_option(label="More about it")
    page.locator("form", has=column).get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved. Look at what it makes now.")
    expect(page.get_by_text("Open gym", exact=True).first).to_be_visible()

    # Make the drafts.
    page.get_by_role("button", name="Make these 4 drafts").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 drafts are made")
    assert Activity.objects.filter(live=False).count() == 4

    page.get_by_text("Undo this").click()
    assert faults_now(page, axe) == []

    # Publish one, as it is.
    page.get_by_role("link", name="Open gym").click()
    page.wait_for_url("**/cms/pages/*/edit/")
    page.set_viewport_size({"width": 1280, "height": 900})
    with page.expect_navigation():
        page.get_by_role("button", name="Publish", exact=True).first.click()
    assert Activity.objects.get(live=True).title == "Open gym"
    connections.close_all()
    page.context.close()
