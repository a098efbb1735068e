"""Sitemaps as https://www.sitemaps.org/protocol.html: addresses in, text out."""

import datetime
from collections.abc import Iterable
from xml.sax.saxutils import escape

MOST = 50_000  # addresses in one file, by the protocol
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
Entry = tuple[str, datetime.datetime | None]  # an absolute address, and when its page last changed


def urlset(entries: Iterable[Entry]) -> str:
    """One file of pages."""
    return _document("urlset", "url", entries)


def index(files: Iterable[Entry]) -> str:
    """The file of files, where there are more pages than one may hold."""
    return _document("sitemapindex", "sitemap", files)


def _document(root: str, element: str, entries: Iterable[Entry]) -> str:
    lines = [f"<{element}><loc>{escape(address)}</loc>{_changed(at)}</{element}>" for address, at in entries]
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{NAMESPACE}">', *lines, f"</{root}>", ""]
    )


def _changed(at: datetime.datetime | None) -> str:
    return f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
