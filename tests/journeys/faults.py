"""What is wrong with a page: what axe finds, what is too wide, too small, said or asked of others."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.journeys import looks
from tests.journeys.pages import Shown

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# The one rule that would have every style sheet fetched and read again first is not among ours.
FIND_FAULTS = """rules => axe.run({...rules, resultTypes: ["violations"], preload: {assets: ["media"]}})
        .then(found => found.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(" ")}: ${[...node.any, ...node.all, ...node.none][0]?.message}`)))"""
FIND_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
    [...document.querySelectorAll("body, body *")]
    .filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
    .filter(([e, box]) => e === document.body || box.right > window.innerWidth + 1 || box.left < -1)
    .slice(0, 5)
    .map(([e, box]) => `too wide: ${e.tagName}.${e.className} from ${box.left} to ${box.right}`)"""
# The line of a box and its words is one target; a link in running text has its line's height.
FIND_SMALL = """() => [...document.querySelectorAll(
        "button, summary, select, textarea, .button, .chip, .nav a, .views a, a.month__day, " +
        ".dates__add, svg a, .choice, input:not([type=hidden])")]
    .filter(e => e.checkVisibility() && !e.matches(".choice input, label input, .visually-hidden"))
    .map(e => [e, e.getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
    .map(([e, box]) => `small: ${e.tagName}.${e.className} ${box.width}×${box.height} ${e.textContent}`)"""
# A word that stands on two lines without a hyphen, though it is short enough for one. Addresses may break.
FIND_BROKEN = r"""() => {
    const found = new Set(), range = document.createRange()
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const broken = (text, start, length) => {
        range.setStart(text, start)
        range.setEnd(text, start + length)
        const boxes = [...range.getClientRects()].filter(box => box.width)
        return boxes.some(box => box.top > boxes[0].top + box.height / 2)
    }
    while (texts.nextNode()) {
        const text = texts.currentNode, within = text.parentElement
        range.selectNodeContents(text)
        if (range.getClientRects().length < 2 || !within.checkVisibility()) continue
        if (within.closest(".visually-hidden, code, textarea")) continue
        for (const { 0: token, index } of text.data.matchAll(/\S+/g))
            for (const { 0: word, index: at } of token.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu))
                if (word.length <= 8 && !/[@/]|\.\w/.test(token) && broken(text, index + at, word.length))
                    found.add(`broken: ${word} in ${within.tagName}.${within.className}`)
    }
    return [...found]
}"""
LISTEN = """document.addEventListener("securitypolicyviolation",
    event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))"""


def faults(page: Page, light: looks.Light, look: looks.Look) -> list[str]:
    """With forced colours axe would compare ours, which are not the ones to be seen.

    In the dark a page has other colours and nothing else, so that axe looks at these alone; and they are the
    same in larger letters and in Urdu. In larger letters a word may no longer find room on its line.
    """
    if light is looks.DARK:
        rules = {"runOnly": {"type": "rule", "values": COLOUR_RULES}}
    else:
        seen = not light.forced and look.shows_colours
        rules = {"runOnly": RULES, "rules": {rule: {"enabled": seen} for rule in COLOUR_RULES}}
    found = [*page.evaluate(FIND_FAULTS, rules), *page.evaluate(FIND_WIDE), *page.evaluate(FIND_SMALL)]
    return [*found, *page.evaluate(FIND_BROKEN)] if look.has_large_text else found


def faults_now(page: Page, axe: str) -> list[str]:
    """As the page stands: what axe finds, what is wider than the phone, what is too small for a thumb."""
    page.evaluate(axe)
    found = page.evaluate(FIND_FAULTS, {"runOnly": RULES})
    return [*found, *page.evaluate(FIND_WIDE), *page.evaluate(FIND_SMALL)]


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
            found += [f"{look.name} {light.name}: {fault}" for fault in faults(page, light, look)]
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
