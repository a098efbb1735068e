"""How somebody signs up in a browser: the form, and the code from the mail."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from mingle.demo import mail

CODE = re.compile(r"^[A-Z]{4}-[A-Z]{4}$", re.MULTILINE)


def in_last_mail(folder: Path, what: re.Pattern[str]) -> str:
    [newest, *_older] = mail.letters(folder)
    return what.search(newest.text)[0]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sign_up(page: Page, mails: Path, *, name: tuple[str, str], email: str, password: str) -> None:
    """From the page on which one signs in to one's own."""
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("First name").fill(name[0])
    page.get_by_label("Last name").fill(name[1])
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(password)
    press(page, "Make an account")
    expect(page.get_by_role("heading", name="Look in your mail")).to_be_visible()
    page.get_by_label("The code from your mail").fill(in_last_mail(mails, CODE))
    press(page, "Go on")
    page.wait_for_url("**/accounts/")
