"""An owner brings registers on a phone: told by line what is wrong, mended, filled in, taken away again."""

import csv
import datetime
import io
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from events.actions import registers
from events.models import Activity, Occurrence
from organisations.models import Role
from tests.factories.activities import make_activity
from tests.factories.attendance import make_met
from tests.factories.count_days import make_count_day
from tests.factories.people import make_member
from tests.journeys.conftest import LiveSite
from tests.journeys.faults import faults_now
from tests.journeys.signed_in import enter

pytestmark = pytest.mark.slow

GROUPS = ("Asian", "Black", "Mixed", "White", "Other groups")


def met(activity: Activity, weeks_ago: int) -> Occurrence:
    """Seen by families before it began."""
    row = make_met(activity, 7 * weeks_ago)
    Occurrence.objects.filter(pk=row.pk).update(public_since=row.starts_at)
    return row


def day_of(row: Occurrence) -> str:
    return f"{timezone.localtime(row.starts_at):%d/%m/%Y}"


def sheet(*lines: list[str]) -> dict[str, str | bytes]:
    """A file as a phone hands it over."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["Date", "Activity", "Came", "Asian", "White"], *lines])
    return {"name": "registers.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def bring(page: Page, file: dict[str, str | bytes]) -> None:
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="See what it fills in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What your sheet fills in")


def test_a_sheet_is_mended_brought_in_read_and_taken_away_again(
    live_site: LiveSite, chromium: Browser, axe: str
) -> None:
    activity = make_activity("Street football", age_from=None, age_to=None)
    first, second = met(activity, 2), met(activity, 1)
    make_count_day(second)
    owner = make_member(activity.host, Role.OWNER)
    page = enter(chromium, live_site.url, owner, 360)
    page.goto("/organise/")
    page.get_by_role("link", name="Have you counted in a spreadsheet? Bring your numbers.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bring registers from a spreadsheet")
    assert faults_now(page, axe) == []

    # One line is wrong: it stands first, with where it is and why, and nothing can be filled in.
    right = [day_of(second), "Street football", "42", "14", "24"]
    bring(page, sheet([day_of(first), "Street football", "lots", "", ""], right))
    lines = page.get_by_role("heading", name="Line by line").locator("+ ul > li")
    expect(page.get_by_text("One line is wrong")).to_be_visible()
    expect(lines).to_have_count(2)
    expect(lines.first).to_contain_text("“lots” under “Came” is no number. Write 12, or leave it empty.")
    expect(lines.first).to_contain_text("Line 2")
    expect(lines.last).to_contain_text("42 came")
    expect(page.get_by_role("button", name="Fill in")).to_have_count(0)
    assert faults_now(page, axe) == []

    # Mended, it is brought again, and is filled in as a whole.
    page.get_by_role("link", name="Another sheet").click()
    bring(page, sheet([day_of(first), "Street football", "31", "", ""], right))
    expect(page.get_by_text("and 2 numbers of what people said")).to_be_visible()
    assert (registers.figures_of(first), registers.figures_of(second)) == ({}, {})
    page.get_by_role("button", name="Fill in 2 sessions").click()
    expect(page.get_by_role("status")).to_contain_text("2 sessions are filled in.")
    expect(page.get_by_role("button", name="Undo: empty again what I filled in last")).to_be_visible()
    assert registers.figures_of(first) == {"came": 31}
    assert registers.figures_of(second) == {"came": 42, "group:asian": 14, "group:white": 24}

    # The register itself has them, on the day that they are of.
    page.goto(f"/organise/registers/{second.uuid}/")
    expect(page.get_by_role("textbox", name="How many came?")).to_have_value("42")
    expect(page.get_by_role("textbox", name="White")).to_have_value("24")

    # The club takes its own away: of groups what its page shows, and why where that is nothing.
    page.goto(f"/organise/mixing/{activity.host.slug}/")
    expect(page.get_by_text("2 sessions with a register.")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Plain (.csv)").click()
    file = coming.value
    assert file.suggested_filename == f"registers-{activity.host.slug}.csv"
    rows = list(csv.DictReader(io.StringIO(Path(file.path()).read_text("utf-8-sig"))))
    days = [timezone.localdate(row.starts_at) for row in (first, second)]
    assert [datetime.date.fromisoformat(row["Date"]) for row in rows] == days
    assert [row["Came"] for row in rows] == ["31", "42"]
    assert [[row[name] for name in GROUPS] for row in rows] == [[""] * 5, ["14", "0", "0", "24", "0"]]
    assert [row["Why groups are left out"] for row in rows] == ["Nobody was asked.", ""]
    connections.close_all()
    page.context.close()
