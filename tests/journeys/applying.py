"""How somebody applies in a browser: step by step, then signed."""

import re
from collections.abc import Iterable

from playwright.sync_api import Page, expect

from organisations.steps import Step


def fill(page: Page, said: dict[str, object]) -> None:
    """Every field of the step that is on the page, as its kind asks."""
    for name, value in said.items():
        field = page.locator(f"main [name={name}]")
        if not field.count() or value in ("", None):
            continue
        if field.first.get_attribute("type") == "radio":
            page.locator(f"main [name={name}][value={value}]").check()
        elif field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))


def fill_steps(page: Page, steps: Iterable[Step], said: dict[str, object]) -> None:
    """From the first of these on, each leading to the next."""
    for step in steps:
        expect(page.get_by_role("heading", level=1)).to_have_text(str(step.title))
        fill(page, said)
        page.get_by_role("button", name="Save and go on").click()


def sign(page: Page, button: str, *, name: str = "Sam Okoro", role: str = "head coach") -> None:
    page.get_by_label("Your full name").fill(name)
    page.get_by_label("What you do there").fill(role)
    page.get_by_label(re.compile("I am over 18")).check()
    page.get_by_role("button", name=button).click()
