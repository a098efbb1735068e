"""A first-time owner is led: from nothing to a published activity, by what each page offers next.

Nobody types an address. On a phone and on a desk.
"""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts import second_factors
from accounts.models import User
from events.actions import vocabularies
from events.models import Activity, Listing, Review
from mingle.demo import mail
from organisations import steps
from organisations.actions import members
from organisations.models import Application, Organisation
from organisations.models.organisation import FIRST_REVIEWED
from pages.actions import tree
from tests.factories.applications import application_answers
from tests.factories.organisations import answers, make_place
from tests.factories.people import make_user
from tests.factories.postcodes import make_outcode, make_postcode
from tests.journeys.applying import fill, fill_steps, sign
from tests.journeys.conftest import LiveSite
from tests.journeys.signed_in import arrive, enter
from tests.journeys.signing_up import sign_up

pytestmark = pytest.mark.slow

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WHO = {"name": ("Sam", "Okoro"), "email": "sam@spark.example", "password": "a quiet purple otter"}
HALL = {"name": "Spark Gym", "street": "1 Hopwood Lane", "town": "Halifax", "postcode": "HX1 1UJ"}


@pytest.mark.parametrize("width", [360, 1280])
def test_an_owner_is_led_from_nothing_to_three_activities_through_a_look_and_the_fourth_without(
    width: int, live_site: LiveSite, chromium: Browser
) -> None:
    tree.plant()
    vocabularies.add_missing()
    make_outcode("HX1")
    make_postcode("HX11UJ")
    officer = enter(chromium, live_site.url, _officer_of_calderdale(), 1280)
    officer.goto("/cms/desk/")

    owner = arrive(chromium, live_site.url, width)
    sign_up(owner, live_site.mail, **WHO)
    _apply(owner)
    _open_on_desk(officer, "Spark Boxing")
    expect(officer.get_by_text("Nothing here has a name or phone like it.")).to_be_visible()
    _approve(officer, "Spark Boxing is approved.")
    club = Organisation.objects.get()
    assert Application.objects.get().organisation == club

    # The mail leads to the first page, and that to the first activity.
    owner.goto(_link_in_letter(live_site, "Spark Boxing can publish now"))
    assert owner.evaluate(SIDEWAYS) == 0
    assert _step_in_hand(owner) == "Write your first activity: what, when and where."
    owner.locator("[aria-current=step]").get_by_role("link").click()
    _write(owner, "Boxing 1")
    _make_hall(owner)
    _publish(owner)
    owner.get_by_role("link", name="What comes next").click()
    assert _step_in_hand(owner) == "Our officer looks at it. Families see it after that."
    _see_looked_at(owner, officer, "Boxing 1")
    expect(owner.get_by_text("From nothing to your first activity")).to_have_count(0)

    # Two more are looked at.
    for title in ("Boxing 2", "Boxing 3"):
        owner.get_by_role("link", name="New activity").click()
        _write(owner, title)
        _choose_hall(owner)
        _publish(owner)
        owner.get_by_role("link", name="What comes next").click()
        _see_looked_at(owner, officer, title)

    # The fourth is public at once.
    owner.get_by_role("link", name="New activity").click()
    _write(owner, "Boxing 4")
    _choose_hall(owner)
    _publish(owner)
    assert _is_public("Boxing 4")
    assert Review.objects.count() == FIRST_REVIEWED == 3
    _open_menu(owner)
    owner.get_by_role("link", name="Start", exact=True).click()
    expect(owner.get_by_role("heading", level=1)).to_have_text("Spark Boxing")
    expect(owner.get_by_role("link", name="Boxing 4").first).to_be_visible()
    families = owner.request.get("/organisers/spark-boxing/").text()
    assert [f"Boxing {number}" in families for number in range(1, 5)] == [True] * 4


def _officer_of_calderdale() -> User:
    officer = make_user()
    members.appoint(place=make_place(), user=officer, by=None)
    second_factors.enrol_app(officer)
    return officer


def _apply(page: Page) -> None:
    """From the page that signing up ends on. Stops after the first step, and goes on."""
    page.get_by_role("link", name="Run activities here").click()
    page.get_by_role("button", name="Begin").click()
    said = {**answers(), **application_answers()}
    del said["place"]  # there is but one
    fill(page, said)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("link", name="All steps").click()
    page.get_by_role("link", name="Go on: Two grown-ups").click()
    fill_steps(page, steps.OF_APPLICATION[1:], said)
    sign(page, "Sign and send")
    expect(page.get_by_role("status")).to_contain_text("Sent.")


def _open_on_desk(officer: Page, line: str) -> None:
    """The desk is where the officer comes from and, after each decision, ends."""
    officer.reload()
    officer.get_by_role("link", name=line).click()


def _approve(officer: Page, words: str) -> None:
    officer.get_by_label(re.compile("Approve")).check()
    officer.get_by_role("button", name="Send").click()
    expect(officer.get_by_text(words)).to_be_visible()


def _link_in_letter(site: LiveSite, subject: str) -> str:
    [letter] = [each for each in mail.letters(site.mail) if each.subject == subject]
    return re.search(r"http\S+/cms/", letter.text)[0]


def _step_in_hand(page: Page) -> str:
    return page.locator("[aria-current=step]").inner_text()


def _write(page: Page, title: str) -> None:
    """The least that an activity needs, but its venue."""
    ahead = timezone.localdate() + datetime.timedelta(days=7)
    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill("Learn to box with friends.")
    page.locator("[name=type]").select_option(label="Boxing")
    page.get_by_role("button", name="Add Dates").click()
    page.locator("[name=rules-0-first_date]").fill(f"{ahead:%d/%m/%Y}")
    page.locator("[name=rules-0-start]").fill("16:30")
    page.locator("[name=rules-0-end]").fill("18:00")


def _open_chooser(page: Page) -> None:
    page.locator("#id_venue-chooser").get_by_role("button", name="Choose a venue").first.click()


def _make_hall(page: Page) -> None:
    _open_chooser(page)
    page.get_by_role("tab", name="A new venue").click()
    form = page.locator(".modal-body")
    for name, value in HALL.items():
        form.locator(f"[name$={name}]").fill(value)
    form.get_by_label("This is not a private home").check()
    form.get_by_role("button", name="Add this venue").click()
    expect(page.locator("#id_venue-chooser")).to_contain_text(HALL["name"])


def _choose_hall(page: Page) -> None:
    _open_chooser(page)
    page.get_by_role("link", name=HALL["name"]).click()
    expect(page.locator("#id_venue-chooser")).to_contain_text(HALL["name"])


def _publish(page: Page) -> None:
    """Drafts save themselves and change the address as they do: what comes of it is waited for by words."""
    page.get_by_role("button", name="Publish", exact=True).first.click()
    expect(page.locator(".messages")).to_contain_text(re.compile("waits for our officer|published"))


def _open_menu(page: Page) -> None:
    """On a phone it is folded."""
    if page.viewport_size["width"] < 800:
        page.get_by_role("button", name="Toggle sidebar").click()


def _see_looked_at(owner: Page, officer: Page, title: str) -> None:
    """The owner's first page says where it is, before the officer has looked at it and after."""
    expect(owner.get_by_text(f"“{title}” is with our officer. You get a mail.")).to_be_visible()
    assert not _is_public(title)
    _open_on_desk(officer, f"{title} · Spark Boxing")
    _approve(officer, f"“{title}” is approved.")
    assert _is_public(title)
    owner.reload()
    expect(owner.get_by_text("is with our officer")).to_have_count(0)
    expect(owner.get_by_role("link", name=title).first).to_be_visible()


def _is_public(title: str) -> bool:
    return Listing.objects.filter(activity=Activity.objects.get(title=title), public=True).exists()
