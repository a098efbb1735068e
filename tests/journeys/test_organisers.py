"""Organisers in a real browser, on a phone: apply, be approved, publish, ask somebody in, sign again."""

import datetime
import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts import second_factors
from accounts.models import User
from events.actions import confirming, publishing
from events.models import Activity
from organisations import steps
from organisations.actions import members, verification
from organisations.models import Membership, Organisation, Role
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import answers, make_declaration, make_organisation
from tests.factories.people import make_user
from tests.journeys.applying import fill, sign
from tests.journeys.faults import faults_now

pytestmark = pytest.mark.slow

PASSWORD = "correct-horse"  # the factory's
PHONE = {"width": 360, "height": 740}
Enter = Callable[[User], Page]


@pytest.fixture
def enter(live_site, chromium: Browser) -> Enter:
    """A phone on which that person signs in."""

    def open_page(user: User) -> Page:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        context = chromium.new_context(base_url=live_site.url, viewport=PHONE)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto("/accounts/login/?next=/organise/")
        page.get_by_label("Email").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("form button[type=submit]").click()
        if code := second_factors.current_code(user):
            page.get_by_label("The code from your app, or a spare code").fill(code)
            page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/organise/")
        return page

    return open_page


def meeting_weekly(title: str, host: Organisation) -> Activity:
    """Ten times from tomorrow."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    return make_activity(title, host=host, rules=[make_rule(first_date=tomorrow)])


def test_an_owner_asks_a_recorder_in(enter: Enter, live_site) -> None:
    club = make_organisation("Spark", slug="spark")
    owner = make_user()
    members.join(organisation=club, user=owner, role=Role.OWNER, by=None)
    page = enter(owner)

    page.goto("/organise/")
    page.get_by_role("link", name="About Spark").click()
    page.get_by_role("link", name="Who belongs to it").click()
    page.get_by_label("Their e-mail address").fill("bea@example.org")
    page.get_by_label(re.compile("Recorder")).check()
    page.get_by_role("button", name="Send the mail").click()
    expect(page.get_by_role("status")).to_contain_text("We have sent a mail to bea@example.org.")

    mail = "".join(file.read_text() for file in live_site.mail.iterdir())
    link = re.search(r"/organise/invitations/\S+/", mail.replace("=\n", ""))
    assert link is not None
    bea = make_user("bea@example.org")
    theirs = enter(bea)
    theirs.goto(link[0])
    theirs.get_by_role("button", name="Yes, I join").click()
    expect(theirs.get_by_text("You belong to Spark now.")).to_be_visible()
    assert Membership.objects.get(user=bea).role == Role.RECORDER


def test_a_lapsed_organisation_is_gone_for_families_until_its_owner_signs_again(enter: Enter) -> None:
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    club = make_organisation("Spark", slug="spark")
    owner = make_user()
    members.join(organisation=club, user=owner, role=Role.OWNER, by=None)
    make_declaration(club, yesterday)
    boxing = meeting_weekly("Boxing for all", club)
    page = enter(owner)

    def seen() -> tuple[bool, bool, bool]:
        """In the list, on its own page, in a calendar with its name."""
        listed = page.request.get("/activities/").text()
        calendar = page.request.get(f"/activities/{boxing.uuid}/calendar.ics").text()
        own = page.request.get(f"/organisers/spark/{boxing.slug}/").status == 200
        return "Boxing for all" in listed, own, "SUMMARY:Boxing for all" in calendar

    assert seen() == (True, True, True)
    Organisation.objects.filter(pk=club.pk).update(declaration_until=yesterday)
    assert verification.lapse_due(today=today) == 1
    assert seen() == (False, False, False)
    calendar = page.request.get(f"/activities/{boxing.uuid}/calendar.ics").text()
    entries = calendar.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    assert len(entries) == 10
    for entry in entries:
        assert "SUMMARY:No longer listed here: we cannot say whether it is on" in entry
        assert not any(word in entry for word in ("Boxing", "LOCATION", "URL", "STATUS:CANCELLED"))
    assert page.goto("/organisers/spark/").status == 410

    page.goto("/organise/organisations/spark/")
    expect(page.get_by_text("Families do not see it now.")).to_be_visible()
    page.get_by_role("link", name="Keeping children safe").click()
    page.get_by_role("button", name="Begin").click()
    for _ in steps.DECLARATION:
        fill(page, answers())
        page.get_by_role("button", name="Save and go on").click()
    sign(page, "Sign")

    expect(page.get_by_role("status")).to_contain_text("Signed. It holds until")
    assert page.goto("/organisers/spark/").status == 200
    assert seen() == (True, True, True)


def test_two_clubs_run_an_activity_together(enter: Enter) -> None:
    host, partner = make_organisation("Spark", slug="spark"), make_organisation("Flint", slug="flint")
    people = [make_user(), make_user()]
    for club, person in zip((host, partner), people, strict=True):
        members.join(organisation=club, user=person, role=Role.OWNER, by=None)
    boxing = meeting_weekly("Boxing for all", host)
    asking, asked = enter(people[0]), enter(people[1])
    theirs = f"/organisers/flint/{boxing.slug}/"
    assert "Boxing for all" not in asked.request.get("/organisers/flint/").text()

    asking.goto(f"/organise/activities/{boxing.uuid}/")
    asking.get_by_role("link", name="Run it together with another organisation").click()
    asking.locator("main [name=organisation]").first.fill("flint")
    asking.get_by_role("button", name="Ask them").click()
    expect(asking.get_by_role("status")).to_contain_text("Flint is asked.")

    asked.goto("/organise/")
    asked.get_by_role("link", name="Spark asks Flint to run something together").click()
    asked.get_by_role("button", name="Yes, we run it together").click()
    expect(asked.get_by_text("Runs it too.")).to_be_visible()
    asked.goto("/organisers/flint/")
    expect(asked.get_by_role("link", name="Boxing for all").first).to_be_visible()
    asked.get_by_role("link", name="Boxing for all").first.click()
    expect(asked.get_by_role("link", name="Flint").first).to_be_visible()
    assert asked.request.get(theirs).status == 404  # it stays on its host's page

    # The second club may change a date; the first sees it.
    date = boxing.occurrences.order_by("starts_at").first()
    assert asked.goto(f"/organise/dates/{date.uuid}/").status == 200


def test_whoever_reads_the_mail_says_that_it_is_still_right_and_it_is_back(
    live_site, chromium: Browser, axe: str
) -> None:
    club = make_organisation("Spark", slug="spark")
    boxing = meeting_weekly("Boxing for all", club)
    today = timezone.localdate()
    Activity.objects.filter(pk=boxing.pk).update(confirmed_on=today - datetime.timedelta(days=200))
    publishing.settle(activity=boxing, by=None)
    boxing = Activity.objects.select_related("host").get(pk=boxing.pk)
    link = f"/confirm/{confirming.token(boxing, confirming.season_of(today))}/"
    context = chromium.new_context(base_url=live_site.url, viewport=PHONE)
    page = context.new_page()

    def listed() -> bool:
        return "Boxing for all" in page.request.get("/activities/").text()

    assert page.goto(f"/organisers/spark/{boxing.slug}/").status == 200
    expect(page.get_by_text("our lists and our search leave it out")).to_be_visible()
    assert not listed()
    for _ in range(2):
        page.goto(link)
    assert not listed()
    assert faults_now(page, axe) == []
    page.get_by_role("button", name="Yes, it is still right").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert faults_now(page, axe) == []
    assert listed()
    page.get_by_role("link", name="See what families see").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Boxing for all")
    expect(page.get_by_text("Not confirmed since")).to_have_count(0)
    assert context.cookies() == []
