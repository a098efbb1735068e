"""oEmbed 1.0, type `rich`: how another site shows one of our addresses within its own page.

https://oembed.com/
"""

import json
from dataclasses import dataclass

WIDTH = 600
A_DAY = 24 * 60 * 60
THUMBNAIL = (1200, 630)


@dataclass(frozen=True, slots=True)
class Rich:
    """`html` is the frame with a list, `thumbnail` an absolute address, `site` the installation's."""

    title: str
    html: str
    width: int
    height: int
    thumbnail: str
    site: str
    author: str = ""
    author_address: str = ""


def text(said: Rich) -> str:
    author = {"author_name": said.author, "author_url": said.author_address} if said.author else {}
    return json.dumps(
        {
            "version": "1.0",
            "type": "rich",
            "title": said.title,
            **author,
            "provider_name": "Mingle",
            "provider_url": f"{said.site}/",
            "cache_age": A_DAY,
            "html": said.html,
            "width": said.width,
            "height": said.height,
            "thumbnail_url": said.thumbnail,
            "thumbnail_width": THUMBNAIL[0],
            "thumbnail_height": THUMBNAIL[1],
        },
        ensure_ascii=False,
    )
