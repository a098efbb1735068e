"""Which hosts the pages of all journeys ask: each browser is listened to, whoever opens it."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

OURS = frozenset({"localhost", "127.0.0.1"})
"""The site, and the page of somebody else that frames a list."""
WITHIN = frozenset({"data", "blob", "about"})
PROPERTY = "hosts asked"


def listen(patch: pytest.MonkeyPatch) -> Counter[str]:
    """From now on, what every page of every browser asks, by host."""
    asked: Counter[str] = Counter()

    def hears(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in WITHIN:
            asked[address.hostname or address.scheme] += 1

    for name in ("new_context", "new_page"):
        patch.setattr(Browser, name, _heard(getattr(Browser, name), hears))
    return asked


def _heard(opening: Callable, hears: Callable[[Request], None]) -> Callable:
    @wraps(opening)
    def open_and_listen(*args: Any, **options: Any) -> BrowserContext | Page:
        opened = opening(*args, **options)
        context = opened.context if isinstance(opened, Page) else opened
        context.on("request", hears)
        return opened

    return open_and_listen


def strangers(asked: Iterable[str]) -> set[str]:
    return set(asked) - OURS


def told(reports: Iterable[Any]) -> str:
    """Of all journeys that were run, in one line, without where somebody was led; nothing where none was."""
    counts = [
        Counter(hosts)
        for report in reports
        if getattr(report, "when", "") == "teardown"
        for name, hosts in report.user_properties
        if name == PROPERTY
    ]
    asked = sum(counts, Counter())
    foreign = {host: asked[host] for host in sorted(strangers(asked))}
    line = f"{len(counts)} journeys in a browser asked {asked.total()} times, other hosts: {foreign or 0}"
    return line if counts else ""
