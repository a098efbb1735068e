"""A list on somebody else's site, in a real browser: a page of another origin frames it."""

import contextlib
import datetime
import html
import re
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright

from tests.factories.activities import make_activity, make_rule

pytestmark = pytest.mark.slow


@contextlib.contextmanager
def browser_page(chromium_path: str, chromium_flags: list[str]) -> Iterator[Page]:
    """Not a fixture: Playwright keeps an event loop in this thread, in which Django refuses to read."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags)
        yield browser.new_page(viewport={"width": 360, "height": 800})
        browser.close()


@contextlib.contextmanager
def library(code: str) -> Iterator[str]:
    """The address of somebody else's page, with the code in it: our pages are at localhost, theirs is not."""
    body = f"<!DOCTYPE html><html lang=en><title>Library</title><h1>Library</h1>{code}".encode()

    class TheirPage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *about: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), TheirPage) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def made_code(site: str, question: str) -> str:
    with urllib.request.urlopen(f"{site}/embed/make/?{question}") as answer:
        text = answer.read().decode()
    code = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)[1])
    return re.sub(r'src="https?://[^/]+', f'src="{site}', code)


def test_library_shows_the_list_in_its_colours_without_cookie_or_complaint(
    live_site, chromium_path: str, chromium_flags: list[str]
) -> None:
    first = timezone.localdate() + datetime.timedelta(days=1)
    for title in ("Street football " + "for everybody in the valley " * 3, "Bread", "Chess"):
        make_activity(title, rules=[make_rule(first_date=first, times=30)])
    code = made_code(live_site.url, "count=2&paper=0b3d2e&ink=fff&accent=ffd54a")
    complaints: list[str] = []
    with library(code) as theirs, browser_page(chromium_path, chromium_flags) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(theirs)
        frame = page.frame_locator("iframe")
        expect(frame.locator(".card")).to_have_count(2)
        inside = page.frames[1]
        assert inside.url.startswith(f"{live_site.url}/embed/?")
        inside.wait_for_load_state()
        expect(frame.locator("body")).to_have_css("background-color", "rgb(11, 61, 46)")
        expect(frame.locator("h1")).to_have_css("color", "rgb(255, 255, 255)")
        assert inside.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        with page.expect_popup() as opened:
            frame.locator(".card__title a").first.click()
        opened.value.wait_for_url(f"{live_site.url}/organisers/**")
        assert opened.value.evaluate("window.opener") is None
        assert page.url == theirs
        assert page.context.cookies() == []
    assert complaints == []


def test_other_pages_cannot_be_framed(live_site, chromium_path: str, chromium_flags: list[str]) -> None:
    with browser_page(chromium_path, chromium_flags) as page:
        for path in ("/activities/", "/embed/make/", "/accounts/login/"):
            code = f'<iframe src="{live_site.url}{path}" title="Ours"></iframe>'
            with (
                library(code) as theirs,
                page.expect_console_message(lambda message: "frame-ancestors 'self'" in message.text),
            ):
                page.goto(theirs)
