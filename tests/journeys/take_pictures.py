"""`make pictures`: every page in every state, in /pictures/, with a sheet to look at them all.

Run through pytest for its database, server and browser; its name keeps it out of ordinary runs.
"""

import shutil
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import looks
from tests.journeys.conftest import ROOT, LiveSite
from tests.journeys.pages import PAGES, Shown
from tests.journeys.signed_in import Sessions, come_as

pytestmark = pytest.mark.django_db

PICTURES = ROOT / "pictures"
STATES = [f"{look.name}-{light.name}" for light, of_light in looks.PICTURES.items() for look in of_light]
SHEET = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Every page in every state</title>
<style>
  body {{ font: 14px sans-serif }}
  th {{ position: sticky; inset-block-start: 0; background: white }}
  td {{ vertical-align: top }}
  img {{ inline-size: 14rem; block-size: 20rem; object-fit: cover; object-position: top; border: 1px solid }}
</style>
<table>
<tr><th>{heads}
{rows}
</table>
"""


def test_pictures(browser: Browser, every_page: LiveSite, sessions: Sessions) -> None:
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    context = browser.new_context(base_url=every_page.url, reduced_motion="reduce")
    for shown in PAGES:
        come_as(context, every_page.url, sessions, shown)
        _take(context.new_page(), shown)
    context.close()
    rows = "\n".join(_row(shown) for shown in PAGES)
    sheet = PICTURES / "index.html"
    sheet.write_text(SHEET.format(heads="<th>".join(["", *STATES]), rows=rows), encoding="utf-8")
    print(f"\n{sheet}: {len(PAGES)} pages in {len(STATES)} states")
    assert len(list(PICTURES.glob("*.png"))) == len(PAGES) * len(STATES)


def _take(page: Page, shown: Shown) -> None:
    for light, of_light in looks.PICTURES.items():
        light.fall_on(page)
        page.goto(shown.path)
        for look in of_light:
            look.put_on(page)
            page.screenshot(path=_file(shown, f"{look.name}-{light.name}"), full_page=True)
    page.close()


def _file(shown: Shown, state: str) -> Path:
    return PICTURES / f"{shown.name}-{state}.png"


def _row(shown: Shown) -> str:
    cells = [
        f'<a href="{name}"><img src="{name}" alt="" loading="lazy"></a>'
        for name in (_file(shown, state).name for state in STATES)
    ]
    return f"<tr><th>{escape(shown.name)}" + "".join(f"<td>{cell}" for cell in cells)
