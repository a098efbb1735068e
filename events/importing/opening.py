"""From what was sent to a table: what it is shows in its first bytes, never in its name."""

import datetime

from events.importing import delimited, ics, spreadsheet
from events.importing.table import Table, Unreadable

MOST_BYTES = 5 * 1024 * 1024

KNOWN = (
    (b"%PDF", "is_pdf"),
    (b"\xd0\xcf\x11\xe0", "is_old_excel"),
    (b"\x89PNG", "is_picture"),
    (b"\xff\xd8\xff", "is_picture"),
    (b"GIF8", "is_picture"),
    (b"{\\rtf", "is_text_document"),
)
PAGE = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<svg")


def opened(data: bytes, *, today: datetime.date) -> Table:
    """Raises Unreadable, and nothing else, whatever the bytes are."""
    if len(data) > MOST_BYTES:
        raise Unreadable("file_too_large", most=MOST_BYTES // 1024 // 1024)
    for mark, code in KNOWN:
        if data.startswith(mark):
            raise Unreadable(code)
    if data.startswith(b"PK\x03\x04"):
        return spreadsheet.read(data)
    text = delimited.decoded(data)
    if text.lstrip()[:200].upper().startswith("BEGIN:VCALENDAR"):
        return ics.read(text, today=today)
    if text.lstrip()[:200].lower().encode(errors="replace").startswith(PAGE):
        raise Unreadable("is_web_page")
    if _is_noise(data, text):
        raise Unreadable("not_a_timetable")
    return delimited.read(text)


def _is_noise(data: bytes, text: str) -> bool:
    """Bytes of a program or a picture: more than one sign in twenty is none that a person types."""
    start = text[:4000]
    odd = sum(1 for sign in start if (ord(sign) < 32 and sign not in "\t\n\r\x0b\x0c") or sign == "\ufffd")
    return bool(data) and odd * 20 > len(start)
