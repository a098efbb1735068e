"""Pages of the CMS in a real browser: none asks another host for anything."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Request

from pages.models import HomePage
from tests.factories.activities import make_draft
from tests.factories.people import make_staff
from tests.journeys.signed_in import enter

pytestmark = pytest.mark.slow

NAMES = (
    *("wagtailadmin_home", "wagtailadmin_explore_root", "wagtailimages:index", "wagtailimages:add_multiple"),
    *("wagtaildocs:index", "venues:index", "venues:add", "organisation:index", "desk"),
    *("wagtailusers_users:index", "wagtailadmin_reports:aging_pages", "wagtailadmin_account"),
)


def test_no_page_of_the_editor_asks_another_host(live_site, chromium: Browser) -> None:
    draft = make_draft("Street ball")
    page = enter(chromium, live_site.url, make_staff(), width=1280)
    hosts, loaded = set(), []

    def asked(request: Request) -> None:
        if urlsplit(request.url).scheme not in {"data", "blob"}:
            hosts.add(urlsplit(request.url).hostname)

    page.context.on("request", asked)
    addresses = [reverse(name) for name in NAMES]
    addresses += [
        reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        reverse("wagtailadmin_pages:edit", args=[draft.host.page.pk]),
        reverse("wagtailadmin_pages:add", args=["events", "activity", draft.host.page.pk]),
        reverse("wagtailadmin_pages:history", args=[draft.pk]),
        reverse("wagtailadmin_pages:edit", args=[HomePage.objects.get().pk]),
    ]
    for address in addresses:
        answer = page.goto(address, wait_until="networkidle")
        loaded.append((answer.status, urlsplit(page.url).path))
    wanted = [(200, address) for address in addresses]
    assert [each for each in zip(loaded, wanted, strict=True) if each[0] != each[1]] == []
    assert hosts == {"localhost"}
