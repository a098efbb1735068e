"""Every page is valid HTML, by the validator of the web's own standards body."""

import json
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from tests.journeys.conftest import LiveSite
from tests.journeys.pages import PAGES, Shown
from tests.journeys.signed_in import Sessions

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

VALIDATOR = settings.DATA_DIR / "node" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@pytest.fixture(scope="module")
def validator() -> list[str]:
    """The command, but for the files."""
    java = shutil.which("java")
    if java is None or not VALIDATOR.exists():
        pytest.skip("no validator: install Java, then `make install-node`")
    return [java, "-Xss1m", "-jar", str(VALIDATOR), "--errors-only", "--format", "json", "--exit-zero-always"]


def complaints(validator: list[str], files: list[Path]) -> list[str]:
    ran = subprocess.run([*validator, *map(str, files)], capture_output=True, text=True, check=True)
    return [
        f"{Path(said['url']).stem}:{said['lastLine']}: {said['message']}"
        for said in json.loads(ran.stderr)["messages"]
    ]


def read(site: str, sessions: Sessions, shown: Shown) -> bytes:
    asked = urllib.request.Request(site + shown.path)
    if shown.by:
        asked.add_header("Cookie", f"{settings.SESSION_COOKIE_NAME}={sessions[shown.by]}")
    try:
        with urllib.request.urlopen(asked) as answer:
            assert answer.url == asked.full_url
            return answer.read()
    except urllib.error.HTTPError as gone:
        return gone.read()


def test_every_page_is_valid(
    every_page: LiveSite, sessions: Sessions, validator: list[str], tmp_path: Path
) -> None:
    """Read in one run: starting Java takes longer than reading a page."""

    def save(shown: Shown) -> Path:
        file = tmp_path / f"{shown.name}.html"
        file.write_bytes(read(every_page.url, sessions, shown))
        return file

    assert complaints(validator, [save(shown) for shown in PAGES]) == []


def test_a_fault_is_found(validator: list[str], tmp_path: Path) -> None:
    file = tmp_path / "wrong.html"
    file.write_text("<!DOCTYPE html><html lang=en><title>x</title><p id=a><p id=a></html>")
    assert complaints(validator, [file]) == ["wrong:1: Duplicate ID “a”."]
