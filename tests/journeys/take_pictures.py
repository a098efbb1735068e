"""`make pictures`: every page in every state, in /pictures/, with a sheet to look at them all.

Run through pytest for its database, server and browser; its name keeps it out of ordinary runs. `PAGES=`
takes some of them: names of `pages.PAGES` and `pages.CROWDED`, with stars, or "families" for all that nobody
signs in for.
"""

import os
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from html import escape

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import looks
from tests.journeys.conftest import ROOT, LiveSite
from tests.journeys.pages import CROWDED, PAGES, Shown
from tests.journeys.signed_in import Sessions, come_as

pytestmark = pytest.mark.django_db

PICTURES = ROOT / "pictures"
WANTED = os.environ.get("MINGLE_PICTURES", "").split() or ["*"]


def _is_wanted(shown: Shown) -> bool:
    return any(fnmatch(shown.name, name) or (name == "families" and not shown.by) for name in WANTED)


TAKEN, CROWDED_TAKEN = ([shown for shown in pages if _is_wanted(shown)] for pages in (PAGES, CROWDED))
# Pictures far down a page come when somebody scrolls there; here nobody does.
BRING_ALL = """() => {
    for (const picture of document.images) picture.loading = "eager"
    return Promise.all([...document.images].map((picture) => picture.decode().catch(() => {})))
}"""
SHEET = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Every page in every state</title>
<style>
  body {{ margin: 0 1rem; font: 14px/1.4 sans-serif }}
  nav {{ padding-block: 1rem; columns: 10rem }}
  nav a {{ display: block }}
  section {{ padding-block: 1rem; border-block-start: 1px solid }}
  h2 {{ position: sticky; inset-block-start: 0; margin: 0; padding-block: .4rem; background: white }}
  h2 small {{ font-weight: normal }}
  section > div {{ display: flex; gap: .75rem; overflow-x: auto; padding-block-end: .5rem }}
  figure {{ flex: none; margin: 0 }}
  img {{ block-size: 24rem; inline-size: 13rem; object-fit: cover; object-position: top; border: 1px solid }}
  .wide img {{ inline-size: 26rem }}
</style>
<nav>{contents}</nav>
{sections}
"""


def test_pictures(browser: Browser, every_page: LiveSite, sessions: Sessions) -> None:
    """The sheet is written first, to be looked at while pictures come, and after a run that was stopped."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    sheet = PICTURES / "index.html"
    sheet.write_text(_sheet([*TAKEN, *CROWDED_TAKEN]), encoding="utf-8")
    print(f"\n{sheet}: {len(TAKEN) + len(CROWDED_TAKEN)} pages", flush=True)
    _take_all(browser, every_page.url, sessions, TAKEN)


@pytest.mark.skipif(not CROWDED_TAKEN, reason="nobody asked for these pages")
def test_pictures_of_a_thousand(browser: Browser, crowded: LiveSite, sessions: Sessions) -> None:
    """After the others, which these activities would change."""
    _take_all(browser, crowded.url, sessions, CROWDED_TAKEN)


def _take_all(browser: Browser, url: str, sessions: Sessions, taken: list[Shown]) -> None:
    for script in (True, False):
        context = browser.new_context(base_url=url, reduced_motion="reduce", java_script_enabled=script)
        for shown in taken:
            if script or shown.scripted:
                come_as(context, url, sessions, shown)
                _take(context.new_page(), shown, script=script)
        context.close()
    files = {_file(shown, state) for shown in taken for state in _states(shown)}
    assert {file.name for file in PICTURES.glob("*.jpg")} >= files


def _take(page: Page, shown: Shown, *, script: bool) -> None:
    for light, of_light in (looks.PICTURES if script else looks.PICTURES_WITHOUT_SCRIPT).items():
        light.fall_on(page)
        page.goto(shown.path, wait_until="networkidle" if "map" in shown.name else "load")
        for look in of_light:
            look.put_on(page)
            if script:
                page.evaluate(BRING_ALL)
            page.screenshot(
                path=PICTURES / _file(shown, _state(look, light, script=script)),
                full_page=True,
                type="jpeg",
                quality=80,
            )
    page.close()


def _state(look: looks.Look, light: looks.Light, *, script: bool = True) -> str:
    return f"{look.name}-{light.name}{'' if script else '-without-script'}"


def _states(shown: Shown) -> Iterator[str]:
    for light, of_light in looks.PICTURES.items():
        yield from (_state(look, light) for look in of_light)
    if shown.scripted:
        for light, of_light in looks.PICTURES_WITHOUT_SCRIPT.items():
            yield from (_state(look, light, script=False) for look in of_light)


def _file(shown: Shown, state: str) -> str:
    return f"{shown.name}-{state}.jpg"


def _sheet(taken: list[Shown]) -> str:
    """A row of pictures for each page, and a way to each row."""
    contents = "".join(f'<a href="#{shown.name}">{escape(shown.name)}</a>' for shown in taken)
    return SHEET.format(contents=contents, sections="\n".join(map(_section, taken)))


def _section(shown: Shown) -> str:
    figures = "".join(_figure(_file(shown, state), state) for state in _states(shown))
    head = f"{escape(shown.name)} <small>{escape(shown.path)}</small>"
    return f'<section id="{shown.name}"><h2>{head}</h2><div>{figures}</div></section>'


def _figure(file: str, state: str) -> str:
    picture = f'<a href="{file}"><img src="{file}" alt="" loading="lazy"></a>'
    kind = "" if state.startswith("360") else " class=wide"
    return f"<figure{kind}>{picture}<figcaption>{state}</figcaption></figure>"
