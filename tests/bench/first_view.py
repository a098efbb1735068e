"""What a browser that has never been here fetches to show a page, and how soon it shows the largest part."""

import dataclasses
import shutil
from typing import Any

from playwright.sync_api import Browser, Page

# DevTools' "slow 3G" by its figures, and a phone six times slower than this machine.
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SLOWER_CPU = 6
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
PHONE = {"width": 360, "height": 640}
PHOTOGRAPHS = ("image/jpeg", "image/webp", "image/avif")

WATCH = """
window.seen = {largest: 0, what: "", shift: 0}
new PerformanceObserver(list => list.getEntries().forEach(entry => {
    seen.largest = entry.startTime
    seen.what = entry.element ? `${entry.element.tagName}.${entry.element.className}` : entry.url
})).observe({type: "largest-contentful-paint", buffered: true})
new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (!entry.hadRecentInput) seen.shift += entry.value
})).observe({type: "layout-shift", buffered: true})
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Weight:
    """Bytes as they were sent, compressed and with their headers; photographs are counted, not weighed."""

    size: int
    requests: int
    parts: dict[str, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Paint:
    """Seconds to the largest paint, what that was, and by how much the page shifted."""

    largest: float
    what: str
    shift: float


def chromium() -> str | None:
    """Debian's."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def weigh(browser: Browser, url: str) -> Weight:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    parts = _listen(page)
    page.goto(url, wait_until="networkidle")
    context.close()
    return Weight(sum(parts.values()), len(parts), parts)


def paint(browser: Browser, url: str, *, scripts: bool = True) -> Paint:
    """On a slow phone far from a mast. Without scripts only what the page asks for itself is run."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.add_init_script(WATCH)
    slow = context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send("Network.emulateNetworkConditions", SLOW_3G)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    if not scripts:
        page.route("**/*.js", lambda route: route.abort())
    page.goto(url, wait_until="networkidle", timeout=120_000)
    seen: dict[str, Any] = page.evaluate("seen")
    context.close()
    return Paint(seen["largest"] / 1000, seen["what"], seen["shift"])


def _listen(page: Page) -> dict[str, int]:
    """Fills as answers arrive: address → bytes on the wire."""
    parts: dict[str, int] = {}
    addresses: dict[str, str] = {}
    listening = page.context.new_cdp_session(page)
    listening.send("Network.enable")
    listening.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def answered(event: dict[str, Any]) -> None:
        if not event["response"]["url"].startswith("data:"):
            addresses[event["requestId"]] = event["response"]["url"]
            if event["response"]["mimeType"] in PHOTOGRAPHS:
                parts[event["response"]["url"]] = 0

    def arrived(event: dict[str, Any]) -> None:
        if event["requestId"] in addresses:
            parts.setdefault(addresses[event["requestId"]], round(event["encodedDataLength"]))

    listening.on("Network.responseReceived", answered)
    listening.on("Network.loadingFinished", arrived)
    return parts
