"""The stylesheet: complete, logical, layered; and its colours can be told apart in light and dark."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from design import stylesheets
from mingle.settings import base

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "static" / "css"
# The editor's own sheet stands in Wagtail's pages, with Wagtail's colours.
SHEETS = sorted(sheet for sheet in FOLDER.rglob("*.css") if sheet.name != "cms.css")

TEXT = 4.5
SHAPE = 3.0
GROUNDS = ("paper", "surface")
PALES = ("coral-pale", "marigold-pale", "teal-pale", "violet-pale", "sky-pale")
# (what is drawn, what it is drawn on, the least contrast)
PAIRS = [
    *[("ink", ground, TEXT) for ground in (*GROUNDS, *PALES)],
    *[("quiet", ground, TEXT) for ground in (*GROUNDS, *PALES)],
    *[("when", ground, TEXT) for ground in GROUNDS],
    *[("line", ground, SHAPE) for ground in (*GROUNDS, *PALES)],
    *[("hairline", ground, SHAPE) for ground in GROUNDS],
    *[("focus", ground, SHAPE) for ground in (*GROUNDS, *PALES, "hero")],
    *[(f"{name}-text", ground, TEXT) for name in ("coral", "teal", "violet", "sky") for ground in GROUNDS],
    *[(f"{name}-text", f"{name}-pale", TEXT) for name in ("coral", "teal", "violet", "sky")],
    *[(f"on-{name}", name, TEXT) for name in ("coral", "marigold", "teal", "violet", "sky")],
    ("on-hero", "hero", TEXT),
    ("line", "hero", SHAPE),
    ("on-button", "button", TEXT),
    ("button", "paper", SHAPE),
    ("button", "hero", SHAPE),
    ("violet", "paper", SHAPE),  # underlines of links
    ("violet", "surface", SHAPE),
    ("night", "marigold", TEXT),  # marked text
    ("night", "day", TEXT),  # pictograms
]


def tokens(mode: str) -> dict[str, str]:
    text = (FOLDER / "tokens.css").read_text()
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark)) if mode == "dark" else found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_guidelines_say() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_pair_in_use_can_be_told_apart(mode: str) -> None:
    have = tokens(mode)
    faint = {
        (front, back): round(contrast(have[front], have[back]), 2)
        for front, back, least in PAIRS
        if contrast(have[front], have[back]) < least
    }
    assert faint == {}


def test_every_pair_that_the_stylesheets_set_is_tested() -> None:
    tested = {(front, back) for front, back, _ in PAIRS}
    for sheet in SHEETS:
        for body in re.findall(r"{([^{}]*)}", sheet.read_text()):
            front = re.search(r"(?<![\w-])color: var\(--([\w-]+)\)", body)
            back = re.search(r"background: var\(--([\w-]+)\)", body)
            if front and back:
                assert (front[1], back[1]) in tested, (sheet.name, front[1], back[1])


def test_every_colour_comes_from_the_tokens() -> None:
    for sheet in SHEETS:
        if sheet.name in ("tokens.css", "print.css"):
            continue
        assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", sheet.read_text()), sheet


def test_every_custom_property_in_use_is_defined() -> None:
    texts = [sheet.read_text() for sheet in SHEETS]
    defined = {name for text in texts for name in re.findall(r"(--[\w-]+):", text)}
    used = {
        name for text in texts for name, fallback in re.findall(r"var\((--[\w-]+)(,)?", text) if not fallback
    }
    assert used - defined == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_stylesheets_use_logical_properties_only(sheet: Path) -> None:
    """So that pages read from right to left need nothing of their own."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    declared = re.findall(r"^\s*([\w-]+)\s*:\s*([^;{]+);", text, flags=re.MULTILINE)
    physical = re.compile(r"(^|-)(left|right|top|bottom|width|height)($|-)")
    allowed = {"stroke-width", "line-height", "inline-size", "block-size"}
    for name, value in declared:
        logical = name in allowed or name.startswith("--") or "inline" in name or "block" in name
        plain = re.fullmatch(r"(border|outline)-width|text-underline-offset", name)
        assert logical or plain or not physical.search(name), f"{name}: {value}"
        if name in ("text-align", "float", "clear", "justify-content", "caption-side"):
            assert not re.search(r"\b(left|right)\b", value), f"{name}: {value}"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_rule_lies_in_a_layer(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    depth, outside = 0, ""
    for letter in text:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0 and letter != "}":
            outside += letter
    heads = [head.strip() for head in re.split(r"[;\n]", outside) if head.strip()]
    assert heads or not text.strip()
    assert [head for head in heads if not head.startswith("@layer")] == []


def test_site_stylesheet_is_found_and_holds_every_part() -> None:
    found = finders.find(stylesheets.NAME)
    text = Path(found).read_text()
    assert text == stylesheets.text()
    for part in stylesheets.PARTS:
        assert (FOLDER / part).read_text() in text
    assert stylesheets.NAME in [name for name, _ in stylesheets.StylesheetFinder().list([])]


def test_site_stylesheet_is_made_again_when_a_part_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "a.css").write_text("@layer a {}")
    monkeypatch.setattr(stylesheets, "SOURCE", tmp_path)
    monkeypatch.setattr(stylesheets, "PARTS", ("a.css",))
    finder = stylesheets.StylesheetFinder()
    assert Path(finder.find(stylesheets.NAME)).read_text() == "@layer a {}"
    (tmp_path / "a.css").write_text("@layer b {}")
    assert Path(finder.find(stylesheets.NAME)).read_text() == "@layer b {}"
    assert finder.find("css/other.css") == []


def test_collected_stylesheet_names_its_typefaces_by_their_content(tmp_path: Path, settings: object) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "design.stylesheets.StylesheetFinder",
    ]
    settings.STORAGES = base.STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    (sheet,) = (path for path in (tmp_path / "css").glob("site.*.css"))
    faces = re.findall(r'url\("([^"]+)"\)', sheet.read_text())
    assert len(faces) == 4
    for face in faces:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", face)
        assert (sheet.parent / face).resolve().is_file()
    assert sheet.with_suffix(".css.gz").is_file()


def test_every_address_in_a_stylesheet_is_a_file_here() -> None:
    for sheet in SHEETS:
        for address in re.findall(r"url\(\"?([^\")]+)", sheet.read_text()):
            assert not address.startswith(("http", "//")), address
            assert (FOLDER / address).resolve().is_file(), (sheet.name, address)
            assert sheet.parent == FOLDER, "parts in folders would point elsewhere once put together"


def test_typefaces_and_vendored_code_come_with_their_licences() -> None:
    fonts = ROOT / "static" / "fonts"
    for font in fonts.glob("*.woff2"):
        family = font.name.split("-latin")[0]
        assert "SIL OPEN FONT LICENSE" in (fonts / f"{family}-LICENSE.txt").read_text().upper()
    for folder in (ROOT / "static" / "vendor").iterdir():
        assert (folder / "LICENSE.txt").is_file()
        assert [name for name in folder.iterdir() if re.search(r"\d+\.\d+\.\d+", name.name)]


def test_frame_leaves_a_page_20_kilobytes_of_the_first_view() -> None:
    """120 kB for the first view: typefaces, stylesheet, icons and htmx as sent take at most 100."""
    static = ROOT / "static"
    fonts = sum(path.stat().st_size for path in (static / "fonts").glob("*-latin.woff2"))
    htmx = next((static / "vendor" / "htmx").glob("*.js")).read_bytes()
    texts = (stylesheets.text().encode(), (static / "icons/sprite.svg").read_bytes(), htmx)
    assert fonts + sum(len(brotli.compress(text)) for text in texts) < 100_000
