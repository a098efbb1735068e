"""Every page in every state: no fault that axe knows, nothing too small or too wide, nobody else asked."""

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.bench import first_view
from tests.journeys import faults, looks
from tests.journeys.conftest import LiveSite
from tests.journeys.pages import CROWDED, PAGES, Shown
from tests.journeys.signed_in import Sessions, come_as

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_page_has_no_fault_in_any_state(
    context: BrowserContext, every_page: LiveSite, sessions: Sessions, axe: str, shown: Shown
) -> None:
    come_as(context, every_page.url, sessions, shown)
    page = context.new_page()
    heard = faults.listen(page, shown)
    found = faults.faults_in(page, shown, axe, looks.LOOKS)
    kept = [cookie["name"] for cookie in context.cookies()]
    context.clear_cookies()
    page.close()
    assert found == []
    assert heard == []
    assert kept == (["sessionid"] if shown.keeps_cookie or shown.by else [])


def test_faults_are_found(context: BrowserContext, axe: str) -> None:
    """One of each kind, on a page of their own."""
    page = context.new_page()
    page.goto("/about/")
    page.evaluate(axe)
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(
        """() => {
            document.querySelector("main").insertAdjacentHTML("beforeend",
                `<img src="/favicon.ico"><button class="tiny">x</button><div class="wide">x</div>`)
            document.querySelector(".tiny").style.cssText = "inline-size: 20px; block-size: 20px"
            document.querySelector(".wide").style.inlineSize = "400px"
        }"""
    )
    found = faults.faults(page, looks.LIGHT, looks.Look("320", 320))
    page.close()
    kinds = {fault.partition(":")[0] for fault in found}
    assert kinds >= {"image-alt", "small", "too wide"}


@pytest.mark.parametrize("name", ["home", "list", "activity"])
def test_first_view_is_light(browser: Browser, every_page: LiveSite, name: str) -> None:
    """As `make bench` weighs it, with typefaces and without photographs."""
    path = next(shown.path for shown in PAGES if shown.name == name)
    weight = first_view.weigh(browser, every_page.url + path)
    assert f"{every_page.url}/static/css/site." in " ".join(weight.parts)
    assert (weight.size <= 120_000, weight.requests <= 12) == (True, True), weight


def test_map_is_light(browser: Browser, every_page: LiveSite) -> None:
    weight = first_view.weigh(browser, f"{every_page.url}/activities/?view=map")
    assert weight.size <= 180_000, weight


@pytest.mark.parametrize(
    "shown", [shown for shown in CROWDED if shown.scripted and shown.path != "/"], ids=str
)
def test_page_with_a_thousand_answers_has_no_fault(
    context: BrowserContext, crowded: LiveSite, axe: str, shown: Shown
) -> None:
    """Last in this file: from here on the server has them."""
    context.clear_cookies()
    page = context.new_page()
    heard = faults.listen(page, shown)
    found = faults.faults_in(page, shown, axe, {looks.LIGHT: looks.plain(*looks.WIDTHS)})
    answers = page.locator("#n-show").text_content()
    page.close()
    assert found == []
    assert heard == []
    assert int(answers.replace(",", "")) >= 1_000
