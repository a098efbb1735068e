"""Every page in every state: no fault that axe knows, nothing too small or too wide, nobody else asked."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.bench import first_view
from tests.journeys import looks
from tests.journeys.conftest import LiveSite
from tests.journeys.pages import PAGES, Shown

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FIND_FAULTS = """([tags, left]) => axe.run({
        runOnly: tags,
        resultTypes: ["violations"],
        rules: Object.fromEntries(left.map(rule => [rule, {enabled: false}])),
    }).then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none][0]?.message}`)))"""
FIND_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
    [...document.querySelectorAll("body, body *")]
    .filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => e === document.body || box.right > window.innerWidth + 1 || box.left < -1)
    .slice(0, 5)
    .map(([e, box]) => `too wide: ${e.tagName}.${e.className} from ${box.left} to ${box.right}`)"""
# The line of a box and its words is one target; a link in running text has its line's height.
FIND_SMALL = """() => [...document.querySelectorAll(
        "button, summary, select, textarea, .button, .chip, .nav a, .choice, input:not([type=hidden])")]
    .filter(e => e.checkVisibility() && !e.matches(".choice input, label input"))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
    .map(([e, box]) => `small: ${e.tagName}.${e.className} ${box.width}×${box.height} ${e.textContent}`)"""
LISTEN = """document.addEventListener("securitypolicyviolation",
    event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""


@pytest.fixture(scope="module")
def axe() -> str:
    return Axe().axe_script


@pytest.fixture(scope="module")
def context(browser: Browser, every_page: LiveSite) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=every_page.url, reduced_motion="reduce")
    opened.add_init_script(LISTEN)
    yield opened
    opened.close()


def faults(page: Page, light: looks.Light) -> list[str]:
    """With forced colours axe would compare ours, which are not the ones to be seen."""
    left = ["color-contrast"] if light.forced else []
    return [
        *page.evaluate(FIND_FAULTS, [RULES, left]),
        *page.evaluate(FIND_WIDE),
        *page.evaluate(FIND_SMALL),
    ]


def faults_in(
    page: Page,
    shown: Shown,
    axe: str,
    states: looks.States,
    scripts: bool = True,
) -> list[str]:
    """Without scripts the page is read by a browser that runs none; then axe, which is one, may run."""
    found = []
    browser = page.context.new_cdp_session(page)
    for light, of_light in states.items():
        light.fall_on(page)
        browser.send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        assert page.goto(shown.path).status == shown.sends
        browser.send("Emulation.setScriptExecutionDisabled", {"value": False})
        page.evaluate(axe)
        for look in of_light:
            look.put_on(page)
            found += [f"{look.name} {light.name}: {fault}" for fault in faults(page, light)]
    return found


def listen(page: Page, shown: Shown) -> list[str]:
    """What the page complains of, and whom else it asks. That a missing page is missing is no complaint."""
    heard: list[str] = []

    def asks(request: Request) -> None:
        if urlsplit(request.url).scheme != "data" and urlsplit(request.url).hostname != "localhost":
            heard.append(f"asks {request.url}")

    def says(message: ConsoleMessage) -> None:
        if f"status of {shown.sends} " not in message.text or shown.sends < 400:
            heard.append(message.text)

    page.on("request", asks)
    page.on("console", says)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_page_has_no_fault_in_any_state(context: BrowserContext, axe: str, shown: Shown) -> None:
    page = context.new_page()
    heard = listen(page, shown)
    found = faults_in(page, shown, axe, looks.LOOKS)
    kept = [cookie["name"] for cookie in context.cookies()]
    context.clear_cookies()
    page.close()
    assert found == []
    assert heard == []
    assert kept == (["sessionid"] if shown.keeps_cookie else [])


@pytest.mark.parametrize("shown", [shown for shown in PAGES if shown.scripted], ids=str)
def test_page_has_no_fault_without_script(context: BrowserContext, axe: str, shown: Shown) -> None:
    page = context.new_page()
    found = faults_in(page, shown, axe, looks.LOOKS_WITHOUT_SCRIPT, scripts=False)
    page.close()
    assert found == []


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
    found = faults(page, looks.LIGHT)
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
