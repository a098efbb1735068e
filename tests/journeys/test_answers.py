"""Young people answer the three questions on a small phone, and on a tablet that goes from hand to hand."""

import pytest
from playwright.sync_api import Browser, Page, expect

from events.models import Occurrence
from tests.factories.answers import code_of, counted, make_session
from tests.journeys.test_concern import fits
from tests.journeys.test_families import take_phone

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "without-script"]),
]


def answer(page: Page, group: str, age: str) -> None:
    """All but the last question."""
    page.get_by_label(group, exact=True).check()
    page.get_by_label(age, exact=True).check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_scanned_answered_thanked_and_sent_twice_counted_once(
    chromium: Browser, live_site, scripted: bool
) -> None:
    session: Occurrence = make_session("Street football")
    phone = take_phone(chromium, live_site.url, scripted=scripted)
    page = phone.page
    page.goto(f"/r/{code_of(session.activity)}")
    expect(page.get_by_role("heading", name="Three questions")).to_be_visible()
    expect(page.get_by_text("Street football")).to_be_visible()
    assert fits(page)
    answer(page, "White", "11 to 13")
    assert fits(page)
    page.reload()  # the browser sends the same form again
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert counted(session) == {"group:white": 1, "age:11-13": 1, "before:not-stated": 1}
    assert phone.is_clean()


def test_on_a_tablet_nothing_of_the_last_answers_is_left(
    chromium: Browser, live_site, scripted: bool
) -> None:
    session: Occurrence = make_session("Street football")
    phone = take_phone(chromium, live_site.url, scripted=scripted)
    page = phone.page
    kiosk = f"/r/{code_of(session.activity)}/kiosk"
    page.goto(kiosk)
    if scripted:
        page.clock.install()
    answer(page, "White", "11 to 13")
    if scripted:  # by itself
        page.clock.run_for(9_000)
    else:
        page.get_by_role("link", name="The next person").click()
    expect(page.get_by_role("heading", name="Three questions")).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    assert min(each.bounding_box()["height"] for each in page.locator("label").all()) >= 60
    assert fits(page)
    page.go_back()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_text("Thank you")).to_have_count(0)
    page.goto(kiosk)
    answer(page, "Asian or Asian British", "8 to 10")
    assert counted(session) == {
        "group:white": 1,
        "group:asian": 1,
        "age:11-13": 1,
        "age:8-10": 1,
        "before:not-stated": 2,
    }
    assert phone.is_clean()
