"""What the documents name exists."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
SOURCE = "\n".join(path.read_text() for path in [*(ROOT / "site").rglob("*.py"), ROOT / "gunicorn.conf.py"])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_exist(path):
    text = path.read_text()
    assert [name for name in re.findall(r"manage\.py (\w+)", text) if name not in get_commands()] == []
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert [name for name in re.findall(r"`make ([\w-]+)", text) if name not in targets] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_settings_are_read_somewhere(path):
    text = path.read_text()
    named = re.findall(r"^\| `([A-Z_]{4,})`", text, re.MULTILINE) if "| environment |" in text else []
    named += re.findall(r"`(MINGLE_[A-Z_]+)`", text)
    assert [name for name in named if name not in SOURCE and name != "DJANGO_SETTINGS_MODULE"] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_files_and_folders_that_are_named_exist(path):
    named = re.findall(r"`((?:site|events|static|tests|docs)/[\w./-]+)`", path.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []
