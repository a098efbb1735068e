"""The site's stylesheet, put together from its parts when static files are collected.

The parts are separate so that each can be read; the reader's browser asks for one file. Which parts and in
which order stands here and nowhere else. As a finder it serves `runserver`, tests and `collectstatic` alike,
so there is no step to remember.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
PARTS = (
    "tokens.css",
    "base.css",
    "layout.css",
    "components/frame.css",
    "components/actions.css",
    "components/card.css",
    "components/keep.css",
    "components/forms.css",
    "components/messages.css",
    "components/marks.css",
    "components/organise.css",
    "components/activity.css",
    "components/calendar.css",
    "components/front.css",
    "components/concern.css",
    "components/poster.css",
    "components/answers.css",
    "print.css",
    "browse.css",
)
SOURCE = Path(__file__).resolve().parents[2] / "static" / "css"
# Every page has this one, far down: in the stylesheet it costs less than a request of its own.
HEM = "../icons/weave.svg"
HEM_FILE = SOURCE / HEM


def text() -> str:
    """All parts in order. Addresses are those of the folder itself, so no part may lie about where it is."""
    return "\n".join(drawn((SOURCE / part).read_text(encoding="utf-8")) for part in PARTS)


def drawn(part: str) -> str:
    """With the hem's picture in place of its address."""
    picture = quote(HEM_FILE.read_text(encoding="utf-8").strip())
    return part.replace(f'"{HEM}"', f'"data:image/svg+xml,{picture}"')


class StylesheetFinder(BaseFinder):
    """Offers `css/site.css` to Django's static files."""

    def __init__(self, app_names: object = None, *args: object, **kwargs: object) -> None:
        self.folder = Path(settings.DATA_DIR) / "assembled"
        self.storage = FileSystemStorage(location=str(self.folder))

    def check(self, **kwargs: object) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> str | list[str]:
        if path != NAME:
            return []
        found = str(self._assemble())
        return [found] if find_all else found

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, FileSystemStorage]]:
        self._assemble()
        yield NAME, self.storage

    def _assemble(self) -> Path:
        """Write the file where it is missing or old. Several processes may at once; none reads a half."""
        target = self.folder / NAME
        content = text()
        if not target.exists() or target.read_text(encoding="utf-8") != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(f".{os.getpid()}.part")
            draft.write_text(content, encoding="utf-8")
            draft.replace(target)
        return target
