"""An activity is found, kept and put into a calendar with keys alone; the focus is always seen."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from mingle.demo.reading import same_every_time
from tests.journeys.conftest import LiveSite
from tests.journeys.pages import PICKED

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

MOST_STOPS = 150
KEPT = ("calder-swifts", "Swifts Tuesday football")
# Its own outline or, for a card, that of the card around its link; and nothing else lies over its middle.
FOCUS = """() => {
    const e = document.activeElement
    const drawn = one => one && getComputedStyle(one).outlineStyle !== "none"
        && parseFloat(getComputedStyle(one).outlineWidth) >= 2
    const box = e.getBoundingClientRect()
    const over = document.elementFromPoint(
        Math.max(0, box.left + Math.min(box.width, innerWidth) / 2), box.top + box.height / 2)
    return {
        words: (e.getAttribute("aria-label") || e.innerText || e.textContent).trim().replace(/\\s+/g, " "),
        field: e.name || "",
        path: e.getAttribute("href") || "",
        outlined: [e, e.closest(".card"), e.closest(".chip"), e.closest("label")].some(drawn),
        seen: over !== null && (e.contains(over) || over.contains(e)),
    }
}"""


def tab_to(page: Page, **wanted: str) -> None:
    """Press Tab until that has the focus; every stop on the way is seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert (focus["outlined"], focus["seen"]) == (True, True), focus
        if all(value in focus[name] for name, value in wanted.items()):
            return
    pytest.fail(f"never came to {wanted}")


@pytest.mark.parametrize("width", [360, 1280])
def test_activity_is_found_kept_and_subscribed_to_with_the_keyboard_alone(
    browser: Browser, every_page: LiveSite, width: int
) -> None:
    context = browser.new_context(
        base_url=every_page.url, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/activities/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["path"] == "#main"
    tab_to(page, field="q")
    page.keyboard.type("football")
    page.keyboard.press("Enter")
    # What was found is shown, and where the keyboard is now: whoever goes on before would lose their place.
    expect(page.locator("#shown")).to_be_focused()
    page.wait_for_url("**/activities/?*q=football*")
    tab_to(page, path="/organisers/calder-swifts/swifts-tuesday-football/")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Swifts Tuesday football")
    tab_to(page, path="#calendar")
    tab_to(page, words="Keep")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Kept", pressed=True)).to_be_focused()
    page.reload()
    tab_to(page, words="Our list")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Our list: 1 activity")
    tab_to(page, path="#calendar")
    page.keyboard.press("Enter")
    expect(page.locator("[data-calendar]")).to_have_count(0)  # the ways of other devices are folded now
    tab_to(page, words="Another phone, computer or app")
    page.keyboard.press("Enter")
    tab_to(page, path="webcal://")
    address = page.evaluate(FOCUS)["path"]
    assert address.endswith(f"/calendar.ics?pick={same_every_time('activity', *KEPT)}")
    context.close()


def test_list_that_every_page_is_looked_at_with_holds_all_that_was_picked(
    browser: Browser, every_page: LiveSite
) -> None:
    page = browser.new_page(base_url=every_page.url)
    page.goto(f"/activities/?{PICKED}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Our list: 3 activities")
    page.close()


def test_focus_stays_on_a_way_into_the_calendar_that_is_moved(browser: Browser, every_page: LiveSite) -> None:
    page = browser.new_page(base_url=every_page.url, reduced_motion="reduce")
    held: list[Route] = []
    page.route("**/js/calendar*.js", lambda route: held.append(route))
    with page.expect_request(
        "**/js/calendar*.js"
    ):  # asked for once the part is near, which takes a drawn frame
        page.goto("/organisers/calder-swifts/swifts-tuesday-football/#calendar")
    tab_to(page, path="webcal://")
    with page.expect_response("**/js/calendar*.js"):
        held[0].continue_()
    expect(page.locator("[data-calendar]")).to_have_count(0)
    assert page.locator("[data-rest] a:focus").get_attribute("href").startswith("webcal://")
    assert page.evaluate(FOCUS)["seen"]
    page.close()


def test_focus_that_cannot_be_seen_is_found(browser: Browser, every_page: LiveSite) -> None:
    page = browser.new_page(base_url=every_page.url)
    page.goto("/about/")
    page.evaluate("for (const link of document.links) link.style.outline = 'none'")
    with pytest.raises(AssertionError, match="'outlined': False"):
        tab_to(page, path="/no-such-link/")
    page.close()
