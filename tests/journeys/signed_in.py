"""Who looks at a page: a server under test knows the sessions that this process opens in its database."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from tests.journeys.pages import PAGES, Shown

Sessions = dict[str, str]
"""By address, the value of the cookie of somebody who has just signed in."""


def open_sessions() -> Sessions:
    people = User.objects.filter(email__in={shown.by for shown in PAGES if shown.by}).order_by("email")
    return {person.email: _session_of(person) for person in people}


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def come_as(context: BrowserContext, url: str, sessions: Sessions, shown: Shown) -> None:
    """As the person whom the page is for, with no other cookie than theirs."""
    context.clear_cookies()
    if shown.by:
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": sessions[shown.by], "url": url}])


def arrive(chromium: Browser, url: str, width: int) -> Page:
    """As a visitor."""
    context = chromium.new_context(base_url=url, viewport={"width": width, "height": 800})
    context.set_default_timeout(30_000)
    return context.new_page()


def enter(chromium: Browser, url: str, user: User, width: int) -> Page:
    """As somebody who has just signed in."""
    page = arrive(chromium, url, width)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": _session_of(user), "url": url}])
    return page
