"""Addresses of static files are remembered for as long as they are true."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from mingle.static_files import StaticFiles

SHEET = "css/site.css"


@pytest.fixture
def files(tmp_path: Path) -> StaticFiles:
    return StaticFiles(location=tmp_path, base_url="/static/")


def collect(files: StaticFiles, text: str) -> None:
    files.delete(SHEET)
    files.save(SHEET, ContentFile(text))
    assert [processed for *_names, processed in files.post_process({SHEET: (files, SHEET)})] == [True]


def test_an_address_is_what_the_manifest_says_and_is_looked_up_once(
    files: StaticFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect(files, "p { color: red }")
    asked = []

    def looked_up(self: StaticFiles, name: str, force: bool = False) -> str:
        asked.append(name)
        return address(self, name, force)

    address = CompressedManifestStaticFilesStorage.url
    monkeypatch.setattr(CompressedManifestStaticFilesStorage, "url", looked_up)
    assert [files.url(SHEET), files.url(SHEET)] == [address(files, SHEET)] * 2
    assert asked == [SHEET]


def test_files_that_are_collected_again_have_their_new_address(files: StaticFiles) -> None:
    collect(files, "p { color: red }")
    before = files.url(SHEET)
    collect(files, "p { color: blue }")
    assert files.url(SHEET) != before
    assert files.url(SHEET) == files.url(SHEET, force=True)


def test_a_file_that_is_not_there_is_an_error_each_time(files: StaticFiles, settings) -> None:
    settings.DEBUG = False
    collect(files, "p { color: red }")
    for _time in range(2):
        with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
            files.url("css/other.css")
