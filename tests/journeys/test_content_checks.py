"""The editor's side panels in a real browser: what families would still ask is found and said."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from events.completeness import WORDS
from events.models import Activity
from images.models import Picture
from organisations.actions import members
from organisations.models import Role
from tests.factories.activities import make_draft
from tests.factories.organisations import collection_of, make_organisation
from tests.factories.people import make_user

pytestmark = pytest.mark.slow

PASSWORD = "correct-horse"  # the factory's
ROWS = "[data-checks-panel] [data-content-checker-row]"
# What is typed before Wagtail looks out for changes, two seconds after the page is there, is none to it.
NOTE_WATCHING = (
    "document.addEventListener('w-unsaved:watch-edits', () => document.documentElement.dataset.watched = '')"
)


@pytest.fixture
def context(
    chromium_path: str, chromium_flags: list[str], live_site, monkeypatch
) -> Iterator[BrowserContext]:
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=chromium_flags)
        opened = browser.new_context(base_url=live_site.url, viewport={"width": 1280, "height": 900})
        opened.set_default_timeout(30_000)
        yield opened
        # The loop gave this test a connection of its own.
        connections.close_all()
        browser.close()


def bare_draft() -> Activity:
    """It says nothing of what families ask. Its picture has no file: only the words for it are looked for."""
    host = make_organisation()
    file = {"file": "class-5.jpg", "width": 900, "height": 600}
    picture = Picture.objects.create(title="class 5", collection=collection_of(host), **file)
    said = {"age_from": None, "age_to": None, "price": None, "picture": picture}
    return make_draft("Street ball", host=host, rules=[], **said)


def editor_of(draft: Activity, context: BrowserContext) -> Page:
    """The page's editor, opened by somebody who joined as an editor and has no other right."""
    user = make_user("editor@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    members.join(organisation=draft.host, user=user, role=Role.EDITOR, by=None)
    page = context.new_page()
    page.add_init_script(NOTE_WATCHING)
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/cms/")
    page.goto(f"/cms/pages/{draft.pk}/edit/")
    page.locator("html[data-watched]").wait_for(state="attached")
    return page


def test_checks_of_a_bare_draft_name_every_missing_fact_until_it_is_said(live_site, context) -> None:
    page = editor_of(bare_draft(), context)

    page.get_by_role("button", name="Toggle checks").click()
    expect(page.locator(ROWS, has_text=str(WORDS["ages"]))).to_have_count(1)
    said = page.locator(f"{ROWS} [data-content-checker-help]").all_inner_texts()
    assert [words for words in map(str, WORDS.values()) if words not in said] == []

    page.get_by_role("button", name="Show what is missing").click()
    listed = page.locator(".missing-facts li").all_inner_texts()
    assert listed == [str(words) for words in WORDS.values()]

    page.locator("[name=age_from]").fill("8")
    page.get_by_role("button", name="Toggle checks").click()
    expect(page.locator(ROWS, has_text=str(WORDS["ages"]))).to_have_count(0)
    expect(page.locator(ROWS, has_text=str(WORDS["step-free"]))).to_have_count(1)
