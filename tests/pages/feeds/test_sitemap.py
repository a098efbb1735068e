"""Sitemaps follow the protocol."""

import datetime
from xml.etree import ElementTree

from pages.feeds import sitemap

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
CHANGED = datetime.datetime(2027, 1, 12, 12, 30, 5, 99, tzinfo=datetime.UTC)


def test_pages_carry_address_and_change() -> None:
    root = ElementTree.fromstring(
        sitemap.urlset([("https://a.example/?a=1&b=<", CHANGED), ("https://a.example/b/", None)])
    )
    assert [url.findtext("s:loc", namespaces=SPACE) for url in root] == [
        "https://a.example/?a=1&b=<",
        "https://a.example/b/",
    ]
    assert [url.findtext("s:lastmod", namespaces=SPACE) for url in root] == [
        "2027-01-12T12:30:05+00:00",
        None,
    ]


def test_index_names_files() -> None:
    root = ElementTree.fromstring(sitemap.index([("https://a.example/sitemap-1.xml", None)]))
    assert root.tag == f"{{{SPACE['s']}}}sitemapindex"
    assert root.findtext("s:sitemap/s:loc", namespaces=SPACE) == "https://a.example/sitemap-1.xml"
