"""What an activity's page shows: its photograph where everybody agreed, or its woven cover; the entrance."""

import dataclasses
import uuid
import zlib
from collections.abc import Iterable

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from events.joint import Threads
from events.models import Activity
from events.wording.facts import ages_words, price_words
from images import cards, cuts
from images.cards import Card
from images.covers import addresses
from images.covers.geometry import THREADS, Cover
from images.cuts import Shown
from images.models import Picture

SEARCHES = uuid.UUID("6d696e67-6c65-4000-8000-000000000002")


@dataclasses.dataclass(frozen=True, slots=True)
class Pictures:
    cover: Shown
    social: str  # absolute: other sites fetch it
    entrance: Shown | None = None


def of(activity: Activity, threads: Threads | None = None) -> Pictures:
    """One query where the activity has photographs, none where it has a woven cover.

    `threads` are those of a joint activity (`events.joint`).
    """
    photo, entrance = photograph(activity), _agreed(activity.entrance_picture)
    _find_cuts(filter(None, [photo, entrance]))
    cover = cuts.shown(photo, cuts.COVER) if photo else None
    social = cuts.social(photo) if photo else ""
    return Pictures(
        cover=cover or woven(activity, threads),
        social=f"{settings.PUBLIC_ADDRESS}{social or card_path(activity, threads)}",
        entrance=cuts.shown(entrance, cuts.WHOLE) if entrance else None,
    )


def on_card(activity: Activity, threads: Threads | None = None) -> Shown:
    """Its photograph as a card shows it, or else its woven cover."""
    photo = photograph(activity)
    return (cuts.shown(photo, cuts.CARD) if photo else None) or woven(activity, threads)


def in_calendars(activity: Activity, threads: Threads | None = None) -> str:
    """The path of its photograph, where everybody on it agreed, else of its woven cover as a raster."""
    photo = photograph(activity)
    return (cuts.social(photo) if photo else "") or addresses.raster_path(cover_of(activity, threads))


def cut(activity: Activity) -> None:
    """Make sure that there is something to show, before anything is held that others wait for."""
    for picture in filter(None, [activity.picture, activity.entrance_picture]):
        cuts.make(picture)


def photograph(activity: Activity) -> Picture | None:
    """Its picture, if nobody on it was left unasked."""
    return _agreed(activity.picture)


def woven(activity: Activity, threads: Threads | None = None) -> Shown:
    """Its woven cover."""
    return Shown(addresses.path(cover_of(activity, threads)), "", 640, 270)


def cover_of(activity: Activity, threads: Threads | None = None) -> Cover:
    """What its woven cover is made from: the colours of its type, or of those who run it together."""
    warp, weft = threads or (activity.type.warp, activity.type.weft)
    return Cover(activity.uuid, warp, weft, activity.type.slug)


def card(activity: Activity, threads: Threads | None = None) -> Card:
    """What a shared link to it shows."""
    ages = ages_words(activity.age_from, activity.age_to)
    facts = f"{ages} · {price_words(activity.price)} · {activity.venue.town}"
    return Card(cover_of(activity, threads), activity.title, facts)


def card_path(activity: Activity, threads: Threads | None = None) -> str:
    return card(activity, threads).at(reverse("activity_card", args=[activity.uuid]))


def search_card(slug: str, name: str) -> Card:
    """Of all that is on, or of one type: woven from its slug, so that pages need not look anything up."""
    warp = list(THREADS)[zlib.crc32(slug.encode()) % len(THREADS)]
    cover = Cover(uuid.uuid5(SEARCHES, slug), warp, cards.second_thread(warp), slug or "get-together")
    return Card(cover, name or _("What’s on"), _("Find what is on near you, and who runs it"))


def search_card_address(slug: str, name: str) -> str:
    """Absolute: other sites fetch it."""
    path = reverse("type_card", args=[slug]) if slug else reverse("search_card")
    return search_card(slug, name).address(path)


def _agreed(picture: Picture | None) -> Picture | None:
    return picture if picture is not None and picture.may_be_shown else None


def _find_cuts(pictures: Iterable[Picture]) -> None:
    """Read all their cuts at once."""
    if found := list(pictures):
        prefetch_related_objects(found, "renditions")
