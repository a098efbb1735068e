"""The picture that a shared link shows: a woven cover with words beside it, 1200 × 630.

A card is drawn only for what there is: whoever answers with one has looked it up, and knows its words.
"""

import uuid
import zlib
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from images.covers import addresses, png
from images.covers.geometry import THREADS, Cover

KEPT = 500  # cards of about 20 kB; one takes a tenth of a second to draw
FOR_EVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
SITE = uuid.UUID("6d696e67-6c65-4000-8000-000000000001")


@dataclass(frozen=True, slots=True)
class Card:
    """What is on it. The words must be known, never what a visitor typed."""

    cover: Cover
    title: str
    subtitle: str = ""

    @property
    def version(self) -> str:
        """Follows what is on it, so that other sites fetch a changed one."""
        drawn = repr((addresses.DRAWING, self.cover, self.title, self.subtitle))
        return f"{zlib.crc32(drawn.encode()):08x}"

    def at(self, path: str) -> str:
        """Its path, given the one that its view answers at."""
        return f"{path}?v={self.version}"

    def address(self, path: str) -> str:
        """The same for other sites."""
        return f"{settings.PUBLIC_ADDRESS}{self.at(path)}"


def answer(request: HttpRequest, card: Card) -> HttpResponse:
    """For ever in caches where the address names what is on it, else for a day."""
    named = request.GET.get("v") == card.version
    return HttpResponse(
        _drawn(card), content_type="image/png", headers={"Cache-Control": FOR_EVER if named else A_DAY}
    )


def of_site() -> Card:
    """Of the first page, and of all that has no card of its own."""
    return Card(
        Cover(SITE, "coral", "teal", "get-together"),
        _("Meet people you wouldn’t have met."),
        _("Things to do for young people"),
    )


def site_address() -> str:
    return of_site().address(reverse("site_card"))


def second_thread(first: str) -> str:
    """A colour that goes with it."""
    threads = list(THREADS)
    return threads[(threads.index(first) + 2) % len(threads)]


@lru_cache(maxsize=KEPT)
def _drawn(card: Card) -> bytes:
    return png.write(card.cover, card.title, card.subtitle)
