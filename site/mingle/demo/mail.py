"""The demonstration's letters: every mail that was sent, read from the folder they were put in."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

# What Django's file backend writes between two messages of a file.
BETWEEN = re.compile(rb"\n-{79}\n")
MOST = 200


@dataclass(frozen=True, slots=True)
class Letter:
    sender: str
    to: str
    subject: str
    text: str
    at: datetime.datetime | None


def letters(folder: Path) -> list[Letter]:
    """The newest first, at most two hundred."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return list(islice((letter for file in files for letter in _read(file)), MOST))


def _read(file: Path) -> Iterator[Letter]:
    for part in reversed(BETWEEN.split(file.read_bytes())):
        if part.strip():
            yield _letter(message_from_bytes(part, policy=policy.default))


def _letter(message: EmailMessage) -> Letter:
    body = message.get_body(("plain", "html"))
    return Letter(
        sender=str(message.get("From", "")),
        to=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        text=body.get_content() if body else "",
        at=_moment(message.get("Date")),
    )


def _moment(date: str | None) -> datetime.datetime | None:
    try:
        return parsedate_to_datetime(str(date)) if date else None
    except ValueError:
        return None
