"""Pictograms: drawn for every entry of every list, and each its own."""

import csv
import re
from pathlib import Path

import pytest

from design import pictograms

ROOT = Path(__file__).resolve().parents[2]
LISTS = ("events/data/types.csv", "events/data/aims.csv", "site/organisations/data/access_features.csv")


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_of_a_list_has_its_pictogram(name: str) -> None:
    with (ROOT / name).open(encoding="utf-8") as rows:
        slugs = {row["slug"] for row in csv.DictReader(rows)}
    assert slugs - set(pictograms.drawings()) == set()


def test_no_two_pictograms_are_the_same() -> None:
    assert len(set(pictograms.drawings().values())) == len(pictograms.drawings())


def test_what_nobody_drew_gets_the_general_pictogram() -> None:
    assert pictograms.known("quidditch") == pictograms.FALLBACK
    assert pictograms.FALLBACK in pictograms.drawings()
    assert pictograms.known("swimming") == "swimming"


@pytest.mark.parametrize("sprite", ["sprite.svg", "pictograms.svg"])
def test_sprites_hold_plain_shapes_with_unique_names(sprite: str) -> None:
    text = (ROOT / "static/icons" / sprite).read_text(encoding="utf-8")
    names = re.findall(r'id="([\w-]+)"', text)
    assert len(names) == len(set(names)) == text.count("<symbol ")
    assert set(re.findall(r"<(\w+)", text)) <= {"svg", "symbol", "path", "circle", "rect", "ellipse"}
    assert "style" not in text
