"""The map in a real browser: moved, searched, pressed and typed at; and without JavaScript.

A map that is moved asks a moment later, and the answer is shown a moment after it came. What tests wait for
is what the answer writes: "Search here", or the words on the map.
"""

import contextlib
import datetime
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright

from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_venue
from tests.factories.postcodes import make_outcode, make_postcode

pytestmark = pytest.mark.slow

Opened = tuple[Page, list[str], list[str]]
PHONE, SMALL, DESK = (ViewportSize(width=w, height=h) for w, h in ((390, 800), (320, 700), (1280, 900)))
HALIFAX, HEBDEN, ELLAND = (53.7236, -1.8631), (53.7420, -2.0130), (53.6850, -1.8390)
# The names of towns that are cut off, or lie on each other, on a marker or under a button.
NAMES_IN_THE_WAY = """map => {
    const box = (each) => each.getBoundingClientRect()
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
    const within = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom
    const names = [...map.querySelectorAll(".map__town > span")]
    const others = [...map.querySelectorAll(".map__mark, .map__tools .button, .map__words")]
    return names.filter((name) =>
        !within(box(name), box(map.querySelector(".map__canvas")))
        || [...names, ...others].some((other) => other !== name && meet(box(name), box(other)))
    ).map((name) => name.textContent)
}"""


@pytest.fixture
def _valley(transactional_db) -> None:
    """Two activities at one hall in Halifax, one in Hebden Bridge, one in Elland, and some postcodes."""
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    hall = make_venue(name="Square Chapel", latitude=HALIFAX[0], longitude=HALIFAX[1])
    mill = make_venue(name="The Mill", town="Hebden Bridge", latitude=HEBDEN[0], longitude=HEBDEN[1])
    southgate = make_venue(name="Southgate", town="Elland", latitude=ELLAND[0], longitude=ELLAND[1])
    for title, venue in (("Football", hall), ("Choir", hall), ("Sew and tell", mill), ("Chess", southgate)):
        make_activity(title, venue=venue, rules=[make_rule(first_date=tomorrow, times=30)])
    make_outcode("HX1", HALIFAX)
    make_outcode("HX7", HEBDEN)
    for number, (latitude, longitude) in enumerate((HALIFAX, HEBDEN, ELLAND)):
        for step in range(9):
            make_postcode(f"HX1{number}A{'ABDEFGHJL'[step]}", (latitude + step / 500, longitude + step / 900))


@contextlib.contextmanager
def opened(chromium_path: str, chromium_flags: list[str], **wishes: Any) -> Iterator[Opened]:
    """A page, what the browser complains of, and the addresses that it asks."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags)
        page = browser.new_page(**{"viewport": PHONE, "reduced_motion": "reduce", **wishes})
        complaints: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        yield page, complaints, asked
        browser.close()


def marker(page: Page, name: str) -> Locator:
    return page.locator(".map__canvas").get_by_role("button", name=name)


def search_here(page: Page) -> Locator:
    """Stands there once the markers of a map that somebody has moved are shown."""
    return page.get_by_role("link", name="Search here")


def questions(asked: list[str]) -> list[dict[str, list[str]]]:
    """What the map asked for markers, the last at the end."""
    return [parse_qs(urlsplit(address).query) for address in asked if "map.json" in address]


def hosts(asked: list[str]) -> set[str]:
    return {urlsplit(address).netloc for address in asked}


@pytest.mark.usefixtures("_valley")
def test_map_is_moved_and_searched_again(live_site, chromium_path, chromium_flags) -> None:
    with opened(chromium_path, chromium_flags) as (page, complaints, asked):
        page.goto(f"{live_site.url}/activities/?view=map&free=1")
        expect(marker(page, "2 activities at Square Chapel")).to_be_visible()
        expect(marker(page, "Sew and tell, Tomorrow, 4:30–6 pm")).to_be_visible()
        expect(page.locator(".map__canvas canvas").first).to_be_attached()
        expect(page.locator(".map__town", has_text="Hebden Bridge")).to_be_attached()
        expect(page.locator("mingle-map[aria-busy]")).to_have_count(0)
        expect(search_here(page)).to_be_hidden()
        assert len(questions(asked)) == 1

        page.get_by_role("button", name="Closer").click()
        search_here(page).click()
        page.wait_for_url(re.compile("near="))
        question = parse_qs(urlsplit(page.url).query)
        assert sorted(question) == ["free", "near", "radius", "view"]
        assert re.fullmatch(r"HX[17]@53\.\d{3},-1\.\d{3}", question["near"][0])
        expect(page.locator(".map__canvas .map__ring")).to_be_attached()
        assert page.context.cookies() == []
        assert hosts(asked) == {urlsplit(live_site.url).netloc}
        assert complaints == []


@pytest.mark.usefixtures("_valley")
def test_keyboard_alone_reaches_a_marker_its_card_and_the_way_back(
    live_site, chromium_path, chromium_flags
) -> None:
    with opened(chromium_path, chromium_flags) as (page, complaints, asked):
        page.goto(f"{live_site.url}/activities/?view=map")
        hall = marker(page, "2 activities at Square Chapel")
        expect(hall).to_be_visible()
        page.get_by_role("link", name="Skip the map").focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("region", name="Map of what’s on")).to_be_focused()
        page.keyboard.press("ArrowRight")
        expect(search_here(page)).to_be_visible()
        before, after = questions(asked)
        assert after["box"] != before["box"]
        assert after["zoom"] == before["zoom"]
        for _turn in range(4):
            page.keyboard.press("Tab")
            if hall.evaluate("each => each === document.activeElement"):
                break
        expect(hall).to_be_focused()
        page.keyboard.press("Enter")
        card = page.get_by_role("dialog", name="Square Chapel, Halifax")
        expect(card).to_be_focused()
        assert card.get_by_role("link").all_inner_texts() == ["Football", "Choir"]
        assert card.locator(".map__when").first.inner_text() == "Tomorrow, 4:30–6 pm"
        page.keyboard.press("Escape")
        expect(card).to_be_hidden()
        expect(hall).to_be_focused()
        page.keyboard.press("Space")
        card.get_by_role("link", name="Choir").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Choir")
        assert complaints == []


@pytest.mark.usefixtures("_valley")
def test_filter_makes_a_new_map_in_the_place_of_the_old(live_site, chromium_path, chromium_flags) -> None:
    with opened(chromium_path, chromium_flags, viewport=DESK) as (page, complaints, _):
        page.goto(f"{live_site.url}/activities/?view=map")
        expect(marker(page, "2 activities at Square Chapel")).to_be_visible()
        page.get_by_label("What", exact=True).first.fill("chess")
        page.get_by_label("What", exact=True).first.press("Enter")
        expect(marker(page, "Chess, Tomorrow, 4:30–6 pm")).to_be_visible()
        expect(page.locator(".map__mark")).to_have_count(1)
        expect(page.locator("mingle-map")).to_have_count(1)
        assert "view=map" in page.url
        assert complaints == []


@pytest.mark.usefixtures("_valley")
def test_what_is_pressed_is_a_thumb_wide_and_nothing_is_wider_than_the_phone(
    live_site, chromium_path, chromium_flags
) -> None:
    with opened(chromium_path, chromium_flags, viewport=SMALL) as (page, complaints, _):
        page.goto(f"{live_site.url}/activities/?view=map")
        marker(page, "2 activities at Square Chapel").click()
        small = page.locator(".map").evaluate(
            """map => [...map.querySelectorAll("a, button")]
            .filter(each => each.checkVisibility() && !each.matches(".map__item a, .map__skip"))
            .map(each => [each.textContent, each.getBoundingClientRect()])
            .filter(([, box]) => box.width < 44 || box.height < 44).map(([words]) => words)"""
        )
        assert small == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert complaints == []


@pytest.mark.usefixtures("_valley")
@pytest.mark.parametrize("size", [SMALL, DESK], ids=["phone", "desk"])
def test_names_of_towns_are_whole_and_lie_on_nothing_else(
    live_site, chromium_path, chromium_flags, size: ViewportSize
) -> None:
    with opened(chromium_path, chromium_flags, viewport=size) as (page, complaints, _):
        page.goto(f"{live_site.url}/activities/?view=map")
        expect(page.locator(".map__town", has_text="Halifax")).to_be_attached()
        expect(marker(page, "2 activities at Square Chapel")).to_be_visible()
        # Closer, with the markers of what is there: "Search here" lies over the map now.
        page.get_by_role("button", name="Closer").click()
        expect(search_here(page)).to_be_visible()
        assert page.locator(".map").evaluate(NAMES_IN_THE_WAY) == []
        assert complaints == []


@pytest.mark.usefixtures("_valley")
def test_phone_that_is_turned_shows_all_again_until_somebody_moves_the_map(
    live_site, chromium_path, chromium_flags
) -> None:
    with opened(chromium_path, chromium_flags, viewport=DESK) as (page, complaints, asked):
        page.goto(f"{live_site.url}/activities/?view=map")
        words = page.locator(".map__words")
        expect(words).to_have_text("4 activities on this map")
        words.evaluate("words => words.textContent = ''")
        page.set_viewport_size(SMALL)
        expect(words).to_have_text("4 activities on this map")
        expect(search_here(page)).to_be_hidden()

        page.get_by_role("button", name="Closer").click()
        expect(search_here(page)).to_be_visible()
        closer = questions(asked)[-1]
        with page.expect_request(re.compile("map.json")):
            page.set_viewport_size(PHONE)
        turned = questions(asked)[-1]
        assert turned["zoom"] == closer["zoom"]
        assert turned["box"] != closer["box"]
        assert complaints == []


@pytest.mark.usefixtures("_valley")
def test_list_and_map_share_a_desk_and_filters_unfold_above_them(
    live_site, chromium_path, chromium_flags
) -> None:
    with opened(chromium_path, chromium_flags, viewport=DESK) as (page, complaints, _):
        page.goto(f"{live_site.url}/activities/?view=map")
        frame = page.locator(".map__frame").bounding_box()
        assert frame["width"] > DESK["width"] / 2
        assert page.locator("input[name=age]").first.is_hidden()
        page.locator("summary", has_text="Filters").click()
        expect(page.locator("input[name=age]").first).to_be_visible()
        assert page.locator(".map__frame").bounding_box()["width"] == frame["width"]
        assert complaints == []


@pytest.mark.usefixtures("_valley")
def test_without_javascript_there_are_a_picture_with_links_and_the_list(
    live_site, chromium_path, chromium_flags
) -> None:
    with opened(chromium_path, chromium_flags, java_script_enabled=False) as (page, complaints, asked):
        page.goto(f"{live_site.url}/activities/?view=map")
        expect(page.locator(".map__still-words")).to_be_visible()
        expect(page.locator(".card")).to_have_count(4)
        page.locator(".map").get_by_role("link", name="2 activities at Square Chapel").click()
        expect(page.locator(".card")).to_have_count(2)
        assert "near=HX1@53.725,-1.864" in page.url
        page.locator(".map").get_by_role("link", name=re.compile("2 activities")).click()
        expect(page.locator(".card")).to_have_count(2)
        assert hosts(asked) == {urlsplit(live_site.url).netloc}
        assert complaints == []
