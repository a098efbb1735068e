"""The stylesheet: complete, logical, layered."""

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
# The editor's own sheets stand in Wagtail's pages, with Wagtail's colours.
SHEETS = sorted(sheet for sheet in FOLDER.rglob("*.css") if not sheet.name.startswith("cms"))


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


def test_every_custom_property_is_used() -> None:
    text = "\n".join(sheet.read_text() for sheet in SHEETS)
    names = set(re.findall(r"^\s*(--[\w-]+):", text, re.MULTILINE))
    assert {name for name in names if f"var({name}" not in text} == set()


def test_every_class_is_used() -> None:
    """A page, a script or a piece of Python names it, or makes its last part as it goes."""
    named = "\n".join(
        path.read_text()
        for folder in ("site", "events", "schools", "static/js")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".html", ".py", ".js"}
    )
    words = set(re.findall(r"[\w-]+", named)) | {
        "htmx-request",
        "leaflet-marker-icon",
    }  # set by htmx and Leaflet
    made = set(re.findall(r"([\w-]+--){", named))
    selectors = [
        re.sub(r"/\*.*?\*/", "", head, flags=re.DOTALL)
        for sheet in SHEETS
        for head in re.findall(r"([^{}]+){", sheet.read_text())
    ]
    classes = {name for head in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", head)}
    unused = {name for name in classes - words if re.sub(r"--\w+$", "--", name) not in made}
    assert unused == set()


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
        assert stylesheets.drawn((FOLDER / part).read_text()) in text
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


def test_collected_stylesheet_names_its_files_by_their_content(tmp_path: Path, settings: object) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = [
        "django.contrib.staticfiles.finders.FileSystemFinder",
        "design.stylesheets.StylesheetFinder",
    ]
    settings.STORAGES = base.STORAGES
    call_command("collectstatic", interactive=False, verbosity=0)
    (sheet,) = (path for path in (tmp_path / "css").glob("site.*.css"))
    picture, *files = sorted(re.findall(r'url\("([^"]+)"\)', sheet.read_text()), reverse=True)
    assert picture.startswith("data:image/svg+xml,%3Csvg")
    assert [Path(name).suffix for name in files] == [".woff2"] * 4
    for name in files:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", name)
        assert (sheet.parent / name).resolve().is_file()
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
