"""The frame and its components: they render bare, and name only marks that we have drawn."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

ROOT = Path(__file__).resolve().parents[2]
FAULTS = ("400", "403", "404", "410", "500", "503")


def templates() -> list[Path]:
    return [
        path
        for folder in (ROOT / "site", ROOT / "events")
        for path in folder.rglob("templates/**/*")
        if path.suffix in (".html", ".txt")
    ]


def symbols(sprite: str) -> set[str]:
    return set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/icons" / sprite).read_text()))


@pytest.mark.parametrize("code", FAULTS)
def test_fault_pages_render_without_request_context_or_database(code: str) -> None:
    page = " ".join(get_template(f"{code}.html").render().split())
    assert page.count("<h1>") == 1
    assert page.count("<main ") == 1
    assert '<html lang="en" dir="ltr">' in page


def test_pages_have_no_inline_style_or_script() -> None:
    for path in templates():
        if "email" in path.parts or "/email/" in str(path):
            continue
        text = path.read_text()
        assert not re.search(r"\sstyle=", text), path
        assert not re.search(r"\son[a-z]+=\"", text), path
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag or "application/ld+json" in tag or "application/json" in tag, (path, tag)


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    drawn = symbols("sprite.svg")
    named = {name for path in templates() for name in re.findall(r'{% icon "([^"]+)"', path.read_text())}
    assert named - drawn == set()


def test_pages_load_nothing_from_another_host() -> None:
    loads = re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=\"(?:https?:)?//")
    for path in templates():
        assert not loads.search(path.read_text()), path


def test_card_links_once_and_says_when_a_date_is_off() -> None:
    facts = {
        "url": "/a/",
        "title": "Bike <kitchen>",
        "cover": "/c.svg",
        "when": "Saturday, 1–3 pm",
        "cancelled": True,
        "notice": "Cancelled this Saturday",
        "host": "Wheels",
        "price": "Free",
        "free": True,
    }
    card = render_to_string("design/components/card.html", facts)
    assert card.count("<a ") == 1
    assert "Bike &lt;kitchen&gt;" in card
    assert "card--cancelled" in card
    assert "Cancelled this Saturday" in card
    assert 'class="price price--free"' in card
