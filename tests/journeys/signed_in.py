"""Who looks at a page: a server under test knows the sessions that this process opens in its database."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from tests.journeys.pages import PAGES, Shown

Sessions = dict[str, str]
"""By address, the value of the cookie of somebody who has just signed in."""


def open_sessions() -> Sessions:
    return {email: _session_of(email) for email in sorted({shown.by for shown in PAGES if shown.by})}


def enter(chromium: Browser, url: str, user: User, width: int) -> Page:
    """The site at that address, as somebody who has just signed in."""
    context = chromium.new_context(base_url=url, viewport={"width": width, "height": 800})
    context.set_default_timeout(30_000)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": _session_of(user.email), "url": url}])
    return context.new_page()


def _session_of(email: str) -> str:
    client = Client()
    client.force_login(User.objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def come_as(context: BrowserContext, url: str, sessions: Sessions, shown: Shown) -> None:
    """As the person whom the page is for, with no other cookie than theirs."""
    context.clear_cookies()
    if shown.by:
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": sessions[shown.by], "url": url}])
