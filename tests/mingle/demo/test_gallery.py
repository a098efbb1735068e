"""The gallery: every component, icon and pictogram is in it, and it asks the database nothing."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from design import colours, pictograms

ROOT = Path(__file__).resolve().parents[3]
COMPONENTS = ROOT / "site/design/templates/design/components"
EVENTS = ROOT / "events/templates"
# Whole pages and forms, and what puts other parts below each other or is filled by a script.
ARRANGEMENTS = {
    *(f"events/browse/{name}.html" for name in ("filters", "head", "list", "results")),
    *(f"events/browse/{name}.html" for name in ("map", "map_head")),
    *(f"events/activity/{name}.html" for name in ("dates", "gone", "near", "page")),
}

# Parts of other folders that several pages show.
SHARED = {
    *(f"events/{name}.html" for name in ("access_line", "address_to_copy", "calendar_block")),
    *(f"organisations/{name}.html" for name in ("badge", "contact")),
}


@pytest.fixture
def shown(demo_settings: Any, db: None, django_assert_num_queries: Any) -> HttpResponse:
    with django_assert_num_queries(0):
        return Client().get("/design/")


def symbols(sprite: str) -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons" / sprite).read_text()))


def test_every_component_is_shown(shown: HttpResponse) -> None:
    drawn = {template.name for template in shown.templates}
    wanted = {f"design/components/{path.name}" for path in COMPONENTS.glob("*.html")}
    assert (wanted | SHARED) - drawn == set()


def test_every_part_that_finds_an_activity_or_says_when_it_is_is_shown(shown: HttpResponse) -> None:
    drawn = {template.name for template in shown.templates}
    parts = {
        path.relative_to(EVENTS).as_posix()
        for folder in ("browse", "activity")
        for path in (EVENTS / "events" / folder).glob("*.html")
    }
    assert parts >= ARRANGEMENTS
    assert parts - drawn - ARRANGEMENTS == set()


def test_every_icon_and_pictogram_is_shown_by_name(shown: HttpResponse) -> None:
    text = shown.content.decode()
    icons = re.findall(r'sprite\S*\.svg#([\w-]+)"/></svg><span>([\w-]+)</span>', text)
    assert {name for name, words in icons if name == words} == symbols("sprite.svg")
    for slug in pictograms.drawings():
        assert f'<span class="quiet">{slug}</span>' in text


def test_every_type_stands_beside_a_pictogram_of_its_own(shown: HttpResponse) -> None:
    with (ROOT / "events/data/types.csv").open(encoding="utf-8") as rows:
        types = {row["slug"]: row["name"] for row in csv.DictReader(rows)}
    pattern = r'#([\w-]+)"/></svg><strong>([^<]+)</strong>'
    assert types.items() <= dict(re.findall(pattern, shown.content.decode())).items()
    assert {slug for slug in types if pictograms.known(slug) != slug} == set()


def test_every_pair_of_colours_is_shown_with_its_figures(shown: HttpResponse) -> None:
    assert shown.content.decode().count('class="swatch"') == 2 * len(colours.PAIRS)


def test_every_weave_is_shown_upright_and_turned(shown: HttpResponse) -> None:
    said = re.findall(r'<p class="small quiet">(plain|twill|basket)(, turned)?</p>', shown.content.decode())
    assert len(said) == len(set(said)) == 6


def test_cards_are_shown_in_each_state(shown: HttpResponse) -> None:
    text = shown.content.decode().partition('id="cards"')[2].partition('id="said"')[0]
    assert text.count('<article class="card') == 10
    assert text.count('<article class="card card--cancelled"') == 1
    assert text.count('class="card__notice"') == 2
    assert text.count("price--free") == 8
