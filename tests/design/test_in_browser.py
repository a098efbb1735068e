"""The frame in a real browser: fits a small screen and large text, and its own policy blocks none of it."""

import datetime
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from events.addresses import path_of
from tests.factories.activities import make_activity, make_rule

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module", autouse=True)
def _queries_beside_the_browser() -> Iterator[None]:
    """Playwright keeps an event loop in this thread; Django then takes plain queries for a mistake."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="module")
def browser(chromium_path: str, chromium_flags: list[str]) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[tuple[Page, list[str]]]:
    opened = browser.new_page(viewport={"width": 320, "height": 700})
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(f"{live_server.url}/no-such-page/")
    yield opened, said
    opened.close()


def wider_than_the_screen(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def test_frame_is_whole_under_its_own_policy(page: tuple[Page, list[str]]) -> None:
    opened, said = page
    assert [line for line in said if "404" not in line] == []
    families = opened.evaluate(
        "document.fonts.ready.then(fonts => [...fonts].filter(f => f.status === 'loaded').map(f => f.family))"
    )
    assert {family.strip('"') for family in families} >= {"Bricolage Grotesque", "Atkinson Hyperlegible Next"}
    assert opened.evaluate("document.styleSheets.length") == 1
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 251, 244)"


@pytest.mark.parametrize("size", ["112.5%", "225%"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_frame_fits_a_small_screen(page: tuple[Page, list[str]], size: str, direction: str) -> None:
    opened, _ = page
    opened.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    opened.evaluate("direction => { document.documentElement.dir = direction }", direction)
    assert wider_than_the_screen(opened) <= 0


def test_menu_opens_without_any_script(browser: Browser, live_server: LiveServer) -> None:
    opened = browser.new_page(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    opened.goto(f"{live_server.url}/no-such-page/")
    entry = opened.locator(".menu__panel a[href='/activities/']")
    assert not entry.is_visible()
    opened.get_by_text("Menu", exact=True).click()
    assert entry.is_visible()
    opened.close()


def test_everything_that_is_pressed_is_a_thumb_wide(page: tuple[Page, list[str]]) -> None:
    opened, _ = page
    small = opened.evaluate(
        """[...document.querySelectorAll("a, button, input, summary")]
        .filter(e => e.checkVisibility() && !e.classList.contains("skip"))
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 44 || box.height < 44)
        .map(([words]) => words)"""
    )
    assert small == []


def test_dark_mode_changes_paper_and_ink(browser: Browser, live_server: LiveServer) -> None:
    dark = browser.new_page(color_scheme="dark")
    dark.goto(f"{live_server.url}/no-such-page/")
    assert dark.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 19, 43)"
    assert dark.evaluate("getComputedStyle(document.body).color") == "rgb(248, 243, 234)"
    dark.close()


def test_paper_has_the_words_in_ink_and_nothing_to_press(browser: Browser, live_server: LiveServer) -> None:
    opened = browser.new_page(color_scheme="dark")
    opened.goto(f"{live_server.url}/no-such-page/")
    opened.emulate_media(media="print", color_scheme="dark")
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    assert opened.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert opened.get_by_role("heading", level=1).is_visible()
    pressed = opened.locator("a, button, input, summary")
    assert [one.text_content().strip() for one in pressed.all() if one.is_visible()] == ["Mingle"]
    opened.close()


@pytest.mark.django_db(transaction=True)
def test_paper_shows_dates_that_the_screen_folds_away(browser: Browser, live_server: LiveServer) -> None:
    first = timezone.localdate() + datetime.timedelta(days=7)
    activity = make_activity(rules=[make_rule(first_date=first)])
    opened = browser.new_page()
    opened.goto(f"{live_server.url}{path_of(activity)}")
    dates = opened.locator(".dates time")
    assert [date.is_visible() for date in dates.all()].count(False) == 2
    opened.emulate_media(media="print")
    assert [date.is_visible() for date in dates.all()] == [True] * 10
    opened.close()
