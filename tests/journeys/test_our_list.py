"""A family keeps activities in its browser, takes the list to another phone, and to its calendar."""

import datetime
import io
import re

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from events.actions import occurrences
from events.models import Activity
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.people import make_staff
from tests.journeys.phones import ANDROID, Phone, keep

pytestmark = pytest.mark.slow

FORBID = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
)
FILL_UP = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
CHROMEBOOK = "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"

CODE_PRINTED = 4.4 / 2.54 * 96
"""So wide, in the pixels of style sheets, a full list's code is read from paper: tests/design/test_qr.py."""
WAYS = {
    IPHONE: ["iPhone, iPad or Mac"],
    ANDROID: ["Android phone"],
    WINDOWS: ["Outlook", "Google Calendar, on a computer", "Any other app"],
    CHROMEBOOK: ["Google Calendar, on a computer", "Any other app"],
}


def make_all(*titles: str) -> list[Activity]:
    """One after the other, a day each."""
    host, today = make_organisation(), timezone.localdate()
    return [
        make_activity(
            title, host=host, rules=[make_rule(first_date=today + datetime.timedelta(days=days), times=3)]
        )
        for days, title in enumerate(titles, 1)
    ]


def address(*activities: Activity) -> str:
    return "/activities/?" + "&".join(f"pick={activity.uuid}" for activity in activities)


def read_code(image: Locator) -> str:
    """What a camera that is held before the screen reads."""
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(image.screenshot())))
    return found.text


def test_family_keeps_three_by_keyboard_and_takes_them_to_another_phone(live_site, chromium: Browser) -> None:
    one, two, three, four = make_all("Football", "Sewing", "Choir", "Chess")
    phone = Phone(chromium, live_site.url, permissions=["clipboard-read", "clipboard-write"])
    page = phone.page
    page.goto("/activities/")
    expect(page.get_by_role("link", name="Our list", exact=True)).to_be_visible()

    # Keep three by keyboard: from a card's link one step to its button.
    for title in ("Football", "Sewing", "Choir"):
        page.get_by_role("link", name=title, exact=True).focus()
        page.keyboard.press("Tab")
        expect(keep(page, title)).to_be_focused()
        page.keyboard.press("Space")
        expect(keep(page, title)).to_have_attribute("aria-pressed", "true")
        expect(keep(page, title)).to_have_accessible_name(f"Kept {title}")
    expect(keep(page, "Chess")).to_have_accessible_name("Keep Chess")
    assert page.url.endswith("/activities/")

    # Our list, from any page; one is taken off.
    page.goto(f"/organisers/{one.host.slug}/{one.slug}/")
    expect(page.locator("main").get_by_role("button", name="Kept", exact=True)).to_be_visible()
    page.get_by_role("link", name="Our list (3)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our list: 3 activities")
    page.get_by_role("link", name="Take off the list Sewing").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our list: 2 activities")
    expect(page.get_by_role("link", name="Our list (2)")).to_be_visible()
    assert phone.kept() == [str(one.uuid), str(three.uuid)]

    # Its address, copied, and as a camera reads it.
    page.locator("[data-copy]").first.click()
    expect(page.get_by_text("The address is copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(address(one, three))
    assert read_code(page.locator(".code img")) == copied
    assert phone.is_clean()

    # Another phone has a list of its own, which stays until its owner wants these too.
    other = Phone(chromium, live_site.url)
    other.page.goto("/activities/")
    keep(other.page, "Chess").click()
    other.page.goto(address(one, three))
    expect(other.page.get_by_role("link", name="Our list (1)")).to_be_visible()
    expect(other.page.get_by_role("link", name="Take off the list")).to_have_count(0)
    other.page.get_by_role("button", name="Keep these on this computer").click()
    expect(other.page.get_by_text("Kept. All of these are on your list now.")).to_be_focused()
    expect(other.page.get_by_role("link", name="Our list (3)")).to_be_visible()
    assert other.kept() == [str(four.uuid), str(one.uuid), str(three.uuid)]
    other.page.goto(address(four, three, one))
    expect(other.page.get_by_role("link", name="Take off the list")).to_have_count(3)
    assert other.is_clean()


def test_family_keeps_from_the_calendar_and_from_the_map(live_site, chromium: Browser) -> None:
    one, two = make_all("Football", "Sewing")
    first = one.occurrences.earliest("starts_at")
    occurrences.put_notice(occurrence=first, notice="The lift is out of order.", by=make_staff())
    phone = Phone(chromium, live_site.url, viewport={"width": 360, "height": 740})
    page = phone.page
    page.goto("/activities/?view=calendar")
    of_football = keep(page, "Football")
    of_football.first.click()
    for date in of_football.all():  # each of its dates in this month has the button
        expect(date).to_have_accessible_name("Kept Football")
    page.goto("/activities/?view=map")
    page.get_by_role("button", name=re.compile("^2 activities")).click()
    on_map = page.get_by_role("region", name="Map", exact=True)
    expect(keep(on_map, "Football")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".map__item", has_text="Football")).to_contain_text("The lift is out of order.")
    expect(page.locator(".map__item", has_text="Sewing").locator(".map__notice")).to_be_hidden()
    keep(on_map, "Sewing").click()
    expect(keep(on_map, "Sewing")).to_have_accessible_name("Kept Sewing")
    expect(page.get_by_role("link", name=re.compile(r"^Our list\W*2$"))).to_be_visible()
    assert phone.kept() == [str(one.uuid), str(two.uuid)]
    assert page.url.endswith("/activities/?view=map")
    assert phone.is_clean()


def test_an_activity_is_shared_where_the_browser_can(live_site, chromium: Browser) -> None:
    (one,) = make_all("Football")
    path = f"/organisers/{one.host.slug}/{one.slug}/"
    share = "navigator.share = (what) => { window.shared = what; return Promise.resolve() }"
    phone = Phone(chromium, live_site.url, before=share)
    phone.page.goto(path)
    phone.page.get_by_role("button", name="Share", exact=True).click()
    assert phone.page.evaluate("shared.url").endswith(path)
    plain = Phone(chromium, live_site.url, java_script_enabled=False)
    plain.page.goto(path)
    expect(plain.page.locator("[data-share]")).to_be_hidden()
    assert phone.is_clean()


def test_way_to_the_list_says_what_it_is_on_the_smallest_phone(live_site, chromium: Browser) -> None:
    """In words and with a number, beside the menu and no lower than it."""
    (one,) = make_all("Football")
    phone = Phone(chromium, live_site.url, viewport={"width": 320, "height": 700})
    page = phone.page
    page.goto("/activities/")
    keep(page, "Football").click()
    words = page.locator("[data-our-list]").get_by_text("Our list")
    number = page.locator("[data-our-list] [data-count]")
    assert (words.inner_text(), number.inner_text()) == ("Our list", "1")
    assert min(words.bounding_box()["width"], words.bounding_box()["height"]) > 10
    link, menu = (page.locator(each).bounding_box() for each in ("[data-our-list]", ".menu > summary"))
    assert min(link["width"], link["height"]) >= 44
    assert link["y"] < menu["y"] + menu["height"]
    assert menu["y"] < link["y"] + link["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert phone.is_clean()


def test_keeping_goes_on_where_results_are_swapped_and_goes_no_further_than_30(
    live_site, chromium: Browser
) -> None:
    make_all("Football", "Sewing")
    phone = Phone(chromium, live_site.url)
    page = phone.page
    page.goto("/activities/")
    page.evaluate("""localStorage.setItem('our-list', JSON.stringify(
        Array.from({ length: 30 }, (_, n) => `00000000-0000-4000-8000-0000000000${n + 10}`)))""")
    page.get_by_label("What").first.fill("sewing")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Football", exact=True)).to_have_count(0)
    keep(page, "Sewing").click()
    expect(page.get_by_text("Your list is full: it holds 30.")).to_be_visible()
    expect(keep(page, "Sewing")).to_have_attribute("aria-pressed", "false")
    assert len(phone.kept()) == 30
    assert phone.is_clean()


def test_a_list_that_cannot_be_read_is_an_empty_one(live_site, chromium: Browser) -> None:
    (one,) = make_all("Football")
    for broken in ("{{{", "null", '{"a": 1}', '[1, "x", null, ["y"]]', ""):
        phone = Phone(chromium, live_site.url)
        phone.page.goto("/activities/")
        phone.page.evaluate("text => localStorage.setItem('our-list', text)", broken)
        phone.page.reload()
        keep(phone.page, "Football").click()
        expect(phone.page.get_by_role("link", name="Our list (1)")).to_be_visible()
        assert phone.kept() == [str(one.uuid)], broken
        assert phone.is_clean()


def test_page_is_whole_where_nothing_may_be_kept(live_site, chromium: Browser) -> None:
    one, two = make_all("Football", "Sewing")
    forbidden = Phone(chromium, live_site.url, before=FORBID)
    forbidden.page.goto("/activities/")
    expect(forbidden.page.locator(".copying button").first).to_have_count(1)
    expect(forbidden.page.locator(".keep, [data-our-list]:visible")).to_have_count(0)
    forbidden.page.goto(address(one, two))
    forbidden.page.get_by_role("link", name="Take off the list Sewing").click()
    expect(forbidden.page.get_by_role("heading", level=1)).to_have_text("Our list: 1 activity")
    assert forbidden.is_clean()

    full = Phone(chromium, live_site.url, before=FILL_UP)
    full.page.goto("/activities/")
    keep(full.page, "Football").click()
    expect(full.page.get_by_text("This browser has no room to keep your list.")).to_be_visible()
    expect(keep(full.page, "Football")).to_have_attribute("aria-pressed", "false")
    assert full.is_clean()


def test_list_is_read_changed_and_printed_without_script(live_site, chromium: Browser) -> None:
    one, two = make_all("Football", "Sewing")
    phone = Phone(chromium, live_site.url, java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = phone.page
    page.goto(address(one, two))
    expect(page.get_by_role("heading", level=3)).to_contain_text(["Football", "Sewing"])
    expect(page.get_by_role("link", name="Our list", exact=True)).to_have_count(0)
    expect(page.locator(".keep")).to_have_count(0)
    assert read_code(page.locator(".code img")).endswith(address(one, two))
    for way in ("iPhone, iPad or Mac", "Android phone", "Outlook", "Google Calendar, on a computer"):
        expect(page.get_by_role("heading", name=way, exact=True)).to_be_visible()

    page.emulate_media(media="print")
    for hidden in (".header", ".calendar", ".card__when", "[data-take-off]", ".footer"):
        assert page.locator(f"{hidden}:visible").count() == 0, hidden
    for shown in ("h1", ".card__title", ".picked__dates", ".price", ".code img"):
        assert page.locator(f"{shown}:visible").count() > 0, shown
    assert page.locator(".code img").bounding_box()["width"] >= CODE_PRINTED
    words, head = (page.locator(each).bounding_box() for each in (".code figcaption", ".picked__head"))
    assert words["y"] + words["height"] <= head["y"] + head["height"]
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1

    page.emulate_media(media="screen")
    page.get_by_role("link", name="Take off the list Football").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Our list: 1 activity")
    page.get_by_role("link", name="Take off the list Sewing").click()
    expect(page.get_by_role("heading", name="Nothing on this list")).to_be_visible()
    assert phone.is_clean()


def test_calendar_shows_first_what_happens_on_this_device(live_site, chromium: Browser) -> None:
    (one,) = make_all("Football")
    host = f"/organisers/{one.host.slug}/"
    for agent, ways in WAYS.items():
        phone = Phone(chromium, live_site.url, user_agent=agent)
        page = phone.page
        block = page.locator(".calendar")
        for where in ("/activities/", host, address(one), f"{host}{one.slug}/"):
            page.goto(where)
            block.scroll_into_view_if_needed()
            expect(block.get_by_role("heading", level=3)).to_have_text(ways)
            expect(block.locator("a[href$='next=10']")).to_have_text("The next ten dates as a file")
        next_date = block.get_by_role("link", name="Add the next date to Google Calendar")
        expect(next_date).to_have_count(1 if agent is ANDROID else 0)
        block.get_by_text("Another phone, computer or app").click()
        expect(block.get_by_role("heading", level=3)).to_have_count(5)
        expect(block.get_by_role("link", name="The next ten dates as a file")).to_be_visible()
        assert phone.is_clean()


def test_calendar_of_swapped_results_shows_first_what_fits_too(live_site, chromium: Browser) -> None:
    make_all("Football", "Sewing")
    phone = Phone(chromium, live_site.url, user_agent=IPHONE)
    page = phone.page
    page.goto("/activities/?q=quidditch")
    expect(page.locator(".calendar")).to_have_count(0)
    page.get_by_label("What").first.fill("sewing")
    page.keyboard.press("Enter")
    page.locator(".calendar").scroll_into_view_if_needed()
    expect(page.locator(".calendar").get_by_role("heading", level=3)).to_have_text(WAYS[IPHONE])
    link = page.get_by_role("link", name="Add this search")
    assert link.get_attribute("href").startswith("webcal://")
    assert phone.is_clean()
