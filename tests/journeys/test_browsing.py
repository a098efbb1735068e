"""Finding something in a real browser: with the keyboard alone, with a thumb, and without script."""

import contextlib
import datetime
import re
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page, expect, sync_playwright

from tests.factories.activities import make_activity, make_rule
from tests.factories.postcodes import make_outcode

pytestmark = pytest.mark.slow

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@contextlib.contextmanager
def browsing(site, path: str, flags: list[str], size=PHONE, **options) -> Iterator[Page]:
    """A page that may not complain. Not a fixture: Playwright keeps an event loop, in which Django refuses
    to read."""
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        context = browser.new_context(
            base_url=site.url, viewport=size, reduced_motion="reduce", timezone_id="Europe/London", **options
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert context.cookies() == []
        browser.close()
    assert complaints == []


def saturday() -> datetime.date:
    """In one to two weeks."""
    soon = timezone.localdate() + datetime.timedelta(days=7)
    return soon + datetime.timedelta(days=(5 - soon.weekday()) % 7)


def make_on(title: str, first: datetime.date, **fields) -> None:
    make_activity(title, rules=[make_rule(first_date=first, times=3)], **fields)


def make_a_place_with_choice() -> datetime.date:
    day = saturday()
    make_on("Both children", day, age_from=5, age_to=14)
    make_on("The small one", day, age_from=5, age_to=8)
    make_on("Grown-ups", day, age_from=16, age_to=99)
    make_on("On Sunday", day + datetime.timedelta(days=1), age_from=5, age_to=14)
    return day


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _press in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(
            """name => {
                const at = document.activeElement;
                const words = at.labels?.length ? at.labels[0].textContent : at.textContent;
                return words.replace(/\\s+/g, " ").trim().startsWith(name);
            }""",
            name,
        ):
            return
    raise AssertionError(f"no Tab leads to {name}")


def go_back(page: Page) -> None:
    """The address changes at once; then the page is loaded anew, and takes what it is asked with it."""
    page.evaluate("document.documentElement.id = 'before'")
    with contextlib.suppress(Error):
        page.evaluate("setTimeout(() => history.back())")
    expect(page.locator("#before")).to_have_count(0)
    page.wait_for_load_state()


def ticked(page: Page) -> list[str]:
    return page.evaluate(
        "[...document.querySelectorAll('#filters input:checked')].map(box => `${box.name}=${box.value}`)"
    )


def test_two_children_and_a_day_with_the_keyboard_alone(
    live_site, chromium_path: str, chromium_flags: list[str]
) -> None:
    day = make_a_place_with_choice()
    with browsing(live_site, chromium_path, chromium_flags) as page:
        page.goto("/activities/")
        expect(page.locator("#shown")).to_have_text("4 activities")

        # Open the sheet and tick: one chip for each child, and the day.
        tab_to(page, "Filters")
        page.keyboard.press("Enter")
        for chip in ("7", "12", "Sat"):
            tab_to(page, chip)
            page.keyboard.press("Space")
        expect(page.locator("#found")).to_have_text("2 activities")
        expect(page.locator("#filters-on")).to_have_text("3 on")
        expect(page.locator("[data-shows]")).to_have_text(re.compile(r"Show\s*2"))
        page.wait_for_url("**/activities/?age=7&age=12&day=sat")

        # Nothing behind the sheet is in the way; Escape gives back the button.
        assert page.locator("#results").evaluate("element => element.inert")
        page.keyboard.press("Escape")
        expect(page.locator("summary", has_text="Filters")).to_be_focused()
        assert not page.locator("#results").evaluate("element => element.inert")
        expect(page.locator(".card__title")).to_have_text(["Both children", "The small one"])
        expect(page.locator(".cards > li").first).to_contain_text("Suits ages 7 and 12")

        # The same question as a calendar; the focus stays on the switch.
        tab_to(page, "Calendar")
        page.keyboard.press("Enter")
        expect(page.locator("#view-calendar")).to_be_focused()
        expect(page.locator("#view-calendar")).to_have_attribute("aria-current", "true")
        expect(page.locator("#found")).to_have_text(re.compile(r"dates? in "))
        page.wait_for_url(re.compile("view=calendar"))
        in_calendar = page.url

        # Jump to the day.
        tab_to(page, f"{day.day} {day:%B}, 2 activities")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**#day-{day.isoformat()}")
        heading = page.locator(f"#day-{day.isoformat()}")
        expect(heading).to_be_in_viewport()
        expect(heading).to_have_text(f"Saturday {day.day} {day:%B}")
        tab_to(page, "Both children")

        # Back to the month, then to the list: what is ticked is what the address asks.
        go_back(page)
        page.wait_for_url(in_calendar)
        expect(page.locator("#month")).to_be_visible()
        go_back(page)
        page.wait_for_url(re.compile(r"\?age=7&age=12&day=sat$"))
        expect(page.locator("#shown")).to_have_text("2 activities")
        assert ticked(page) == ["age=7", "age=12", "when=", "day=sat"]
        go_back(page)
        page.wait_for_url(re.compile(r"/activities/$"))
        expect(page.locator("#shown")).to_have_text("4 activities")
        assert ticked(page) == ["when="]


@pytest.mark.parametrize("by", ["Back", "Escape", "Show", "the cross"])
def test_sheet_is_one_step_of_the_history_however_it_is_closed(
    live_site, chromium_path: str, chromium_flags: list[str], by: str
) -> None:
    make_a_place_with_choice()
    with browsing(live_site, chromium_path, chromium_flags, has_touch=True) as page:
        close = {
            "Back": lambda: page.evaluate("history.back()"),
            "Escape": lambda: page.keyboard.press("Escape"),
            "Show": lambda: page.locator("[data-shows]").tap(),
            "the cross": lambda: page.locator("summary", has_text="Filters").tap(),
        }[by]
        page.goto("/concern/")
        page.goto("/activities/")
        page.evaluate("document.documentElement.id = 'same'")  # goes where the page is loaded anew
        sheet, opener = page.locator("#sheet"), page.locator("summary", has_text="Filters")

        # Opened and closed, nothing ticked: nothing is left of it.
        opener.tap()
        expect(sheet).to_have_class(re.compile("--sheet"))
        close()
        expect(sheet).not_to_have_class(re.compile("--sheet"))
        expect(page.locator("#same #shown")).to_have_text("4 activities")

        # So also where it is opened and closed faster than the browser takes its steps back.
        opener.evaluate("opener => { for (let tap = 0; tap < 3; tap++) opener.click(); }")
        expect(sheet).to_have_class(re.compile("--sheet"))
        close()
        expect(sheet).not_to_have_class(re.compile("--sheet"))

        # Closed again, what was ticked stays.
        opener.tap()
        for age in ("7", "12"):
            page.locator(f"input[name=age][value='{age}']").tap()
        page.wait_for_url(re.compile(r"/activities/\?age=7&age=12$"))
        expect(page.locator("#n-show")).to_have_text("3")
        close()
        expect(sheet).not_to_have_class(re.compile("--sheet"))
        page.wait_for_url(re.compile(r"/activities/\?age=7&age=12$"))
        expect(page.locator("#same #shown")).to_have_text("3 activities")
        assert ticked(page) == ["age=7", "age=12", "when="]

        # Back takes all of it off, and once more leaves the list.
        go_back(page)
        page.wait_for_url(re.compile(r"/activities/$"))
        expect(page.locator("#shown")).to_have_text("4 activities")
        assert ticked(page) == ["when="]
        page.go_back()
        page.wait_for_url("**/concern/")


def test_sheet_closes_on_what_was_found_and_chips_untick_it(
    live_site, chromium_path: str, chromium_flags: list[str]
) -> None:
    make_a_place_with_choice()
    with browsing(live_site, chromium_path, chromium_flags, has_touch=True) as page:
        page.goto("/activities/")
        page.locator("summary", has_text="Filters").tap()
        page.locator("input[name=age][value='7']").tap()
        expect(page.locator("#n-show")).to_have_text("3")
        page.locator("[data-shows]").tap()
        expect(page.locator(".browse__groups")).not_to_be_visible()
        expect(page.locator("#shown")).to_be_focused()
        page.locator(".browse__asked a").first.tap()
        expect(page.locator("#shown")).to_have_text("4 activities")
        assert ticked(page) == ["when="]
        page.wait_for_url(f"{live_site.url}/activities/")

        # Words and Enter lead to what was found, a wrong postcode to its field.
        page.get_by_role("searchbox", name="What").fill("grown")
        page.keyboard.press("Enter")
        expect(page.locator("#shown")).to_have_text("1 activity")
        expect(page.locator("#shown")).to_be_focused()
        page.get_by_label("Postcode").fill("Narnia")
        page.keyboard.press("Enter")
        expect(page.locator("#problem-near")).to_contain_text("That does not look like a postcode")
        expect(page.get_by_label("Postcode")).to_be_focused()


def test_filters_stand_beside_the_answers_on_a_desk(
    live_site, chromium_path: str, chromium_flags: list[str]
) -> None:
    make_a_place_with_choice()
    with browsing(live_site, chromium_path, chromium_flags, DESK) as page:
        page.goto("/activities/")
        expect(page.locator("summary", has_text="Filters")).not_to_be_visible()
        page.locator("input[name=age][value='16']").check()
        expect(page.locator(".card__title")).to_have_text(["Grown-ups"])
        expect(page.locator("input[name=age][value='16']")).to_be_focused()


def test_everything_works_without_script(live_site, chromium_path: str, chromium_flags: list[str]) -> None:
    day = make_a_place_with_choice()
    with browsing(live_site, chromium_path, chromium_flags, java_script_enabled=False) as page:
        page.goto("/activities/")
        page.locator("summary", has_text="Filters").click()
        page.locator("input[name=age][value='7']").check()
        page.locator("input[name=age][value='12']").check()
        page.locator("input[name=day][value=sat]").check()
        page.locator("[data-shows]").click()
        page.wait_for_url(re.compile(r"\?day=sat&age=7&age=12$"))
        expect(page.locator(".card__title")).to_have_text(["Both children", "The small one"])
        page.locator("#view-calendar").click()
        page.locator(f"a[href='#day-{day.isoformat()}']").click()
        expect(page.locator(f"#day-{day.isoformat()}")).to_be_in_viewport()


@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "without-script"])
def test_emptied_postcode_is_asked_no_more(
    live_site, chromium_path: str, chromium_flags: list[str], scripted: bool
) -> None:
    make_outcode("HX1")
    make_on("At the hall", saturday())
    with browsing(live_site, chromium_path, chromium_flags, java_script_enabled=scripted) as page:
        page.goto("/activities/?near=HX1&free=1")
        expect(page.get_by_role("heading", level=1)).to_have_text("What’s on near HX1")
        page.get_by_label("Postcode").fill("")
        page.locator(".browse__go").click()
        page.wait_for_url(re.compile(r"\?free=1$"))
        expect(page.get_by_role("heading", level=1)).to_have_text("What’s on")
        expect(page.get_by_label("Postcode")).to_have_value("")
        expect(page.locator(".browse__asked a")).to_have_count(1)


@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "without-script"])
def test_kinds_with_nothing_on_stand_there_when_they_are_asked_for(
    live_site, chromium_path: str, chromium_flags: list[str], scripted: bool
) -> None:
    """Unless they are ticked. Those are others after each answer."""
    make_on("At the hall", saturday())
    with browsing(live_site, chromium_path, chromium_flags, DESK, java_script_enabled=scripted) as page:
        kinds = page.locator("label:has(input[name=type])")
        seen = kinds.locator("visible=true")
        page.goto("/activities/?day=sun&type=football")
        expect(seen).to_have_text(["Football0"])
        page.goto("/activities/")
        page.get_by_text("Kinds of activity", exact=True).locator("visible=true").click()
        expect(seen).to_have_text(["Football1"])
        if scripted:
            page.locator("input[name=day][value=sun]").check()
            expect(seen).to_have_count(0)
            page.locator("input[name=day][value=sun]").uncheck()
            expect(seen).to_have_text(["Football1"])
        page.get_by_text("Show those with nothing on").locator("visible=true").click()
        expect(seen).to_have_count(kinds.count())
        assert kinds.count() > 1


def fits(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def too_small(page: Page) -> list[str]:
    """What is pressed and is less than a thumb wide, but for links within a sentence or a card."""
    return page.evaluate(
        """[...document.querySelectorAll("main :is(a, button, summary, select, label:not([for]), input)")]
        .filter(e => e.checkVisibility() && !e.closest("h3, h4, p, label label") && !(e.labels?.length))
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 44 || box.height < 44)
        .map(([words]) => words)"""
    )


def test_page_fits_the_smallest_phone_with_large_text_and_from_right_to_left(
    live_site, chromium_path: str, chromium_flags: list[str]
) -> None:
    day = saturday()
    long = "Internationalistische-Fahrradreparaturwerkstattbegeisterung " * 3
    make_on(long, day)
    small = {"width": 320, "height": 640}
    with browsing(live_site, chromium_path, chromium_flags, small) as page:
        for address in (
            "/activities/?age=9&day=sat",
            "/activities/?view=calendar",
            "/activities/?type=chess",
        ):
            page.goto(address)
            page.locator("summary", has_text="Filters").click()
            assert fits(page) <= 0, address
            assert too_small(page) == [], address
            page.keyboard.press("Escape")
            assert too_small(page) == [], address
            for direction in ("ltr", "rtl"):
                page.evaluate("direction => { document.documentElement.dir = direction }", direction)
                page.evaluate("document.documentElement.style.fontSize = '225%'")
                assert fits(page) <= 0, (address, direction)
                page.evaluate("document.documentElement.style.fontSize = ''")
