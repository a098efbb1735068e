"""The words of the demonstration, read from `content/`."""

import tomllib
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
SPACE = uuid.UUID("6d696e67-6c65-5465-8d6f-000000000000")

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EditorialPage:
    slug: str
    title: str
    introduction: str
    body: str


def same_every_time(*names: object) -> uuid.UUID:
    """The id of a thing by its names, so that covers and addresses are the same in every demonstration."""
    return uuid.uuid5(SPACE, "/".join(map(str, names)))


def place() -> Facts:
    return _toml(CONTENT / "place.toml")


def venues() -> dict[str, Facts]:
    return _toml(CONTENT / "venues.toml")


def attendance() -> Facts:
    return _toml(CONTENT / "attendance.toml")


def twins() -> Facts:
    return _toml(CONTENT / "twins.toml")


def organisations() -> dict[str, Facts]:
    """By slug, which is the file's name; each with its activities under `activity`."""
    files = sorted((CONTENT / "organisations").glob("*.toml"))
    return {file.stem: _toml(file) for file in files}


def editorial_pages() -> list[EditorialPage]:
    return [_page(file) for file in sorted((CONTENT / "pages").glob("*.html"))]


def answer_and_note(text: str) -> tuple[str, str]:
    """ "no:Three steps." is the answer "no" with a note."""
    answer, _, note = text.partition(":")
    return answer, note.strip()


def _page(file: Path) -> EditorialPage:
    """Lines of "name: words" between two lines of ---, then HTML."""
    _, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
    facts = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return EditorialPage(body=body.strip(), **facts)


def _toml(file: Path) -> Facts:
    with file.open("rb") as text:
        return tomllib.load(text)
