"""A family's phone: a browser of its own, which remembers what was wrong, and what is pressed on it."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page

ANDROID = "Mozilla/5.0 (Linux; Android 12; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"


class Phone:
    """A browser of its own, with what it complained of and whom it asked."""

    def __init__(self, browser: Browser, url: str, *, before: str = "", **options: Any) -> None:
        self.host = urlsplit(url).netloc
        self.context: BrowserContext = browser.new_context(base_url=url, **options)
        if before:
            self.context.add_init_script(before)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.strangers: set[str] = set()
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._asks(urlsplit(request.url).netloc))

    def _asks(self, host: str) -> None:
        """Pictures that stand in a style sheet have no host."""
        if host not in {"", self.host}:
            self.strangers.add(host)

    def kept(self) -> list[str]:
        return self.page.evaluate("JSON.parse(localStorage.getItem('our-list'))")

    def is_clean(self) -> bool:
        """No cookie, nothing said on the console, of our content policy either, and no other host asked."""
        return (self.context.cookies(), self.complaints, self.strangers) == ([], [], set())


def keep(page: Page | Locator, title: str) -> Locator:
    """The button of a card, a line of the calendar or the map's card."""
    return page.get_by_role("button", name=re.compile(f"^(Keep|Kept) {title}$"))
