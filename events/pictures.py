"""What an activity's page shows: its photograph where everybody agreed, or its woven cover; the entrance."""

import dataclasses
import zlib

from django.conf import settings
from django.urls import reverse

from events.models import Activity
from events.wording.facts import ages_words, price_words
from images.covers import addresses
from images.covers.geometry import Cover
from images.models import Picture, Rendition

LARGE = "fill-960x600|format-webp"
WHOLE = "max-960x960|format-webp"
SOCIAL = "fill-1200x630|format-jpeg"


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """`url` without the host; `alt` empty where the picture says nothing that the words do not."""

    url: str
    alt: str
    width: int
    height: int


@dataclasses.dataclass(frozen=True, slots=True)
class Pictures:
    cover: Shown
    social: str  # absolute: other sites fetch it
    entrance: Shown | None = None


def of(activity: Activity) -> Pictures:
    """One query where the activity has photographs, none where it has a woven cover."""
    photo, entrance = photograph(activity), _agreed(activity.entrance_picture)
    _find_cuts([one for one in (photo, entrance) if one])
    shown = _cut(entrance, WHOLE) if entrance else None
    if photo:
        social = photo.get_rendition(SOCIAL).url
        return Pictures(_cut(photo, LARGE), f"{settings.PUBLIC_ADDRESS}{social}", shown)
    woven = Shown(addresses.path(cover_of(activity)), "", 640, 270)
    return Pictures(woven, f"{settings.PUBLIC_ADDRESS}{card_path(activity)}", shown)


def photograph(activity: Activity) -> Picture | None:
    """Its picture, if nobody on it was left unasked."""
    return _agreed(activity.picture)


def cover_of(activity: Activity) -> Cover:
    """What its woven cover is made from."""
    return Cover(activity.uuid, activity.type.warp, activity.type.weft, activity.type.slug)


def card_words(activity: Activity) -> tuple[str, str]:
    """Title and subtitle of the card that a shared link shows."""
    ages = ages_words(activity.age_from, activity.age_to)
    return activity.title, f"{ages} · {price_words(activity.price)} · {activity.venue.town}"


def card_path(activity: Activity) -> str:
    """The path of that card, as PNG. `v` follows what is on it, so that other sites fetch a changed one."""
    drawn = repr((addresses.DRAWING, cover_of(activity), *card_words(activity)))
    return f"{reverse('activity_card', args=[activity.uuid])}?v={zlib.crc32(drawn.encode()):08x}"


def _agreed(picture: Picture | None) -> Picture | None:
    return picture if picture is not None and picture.may_be_shown else None


def _find_cuts(pictures: list[Picture]) -> None:
    """Read all their finished cuts at once; what is not there yet is made when it is asked for."""
    if not pictures:
        return
    cuts = list(Rendition.objects.filter(image__in=pictures, filter_spec__in=(LARGE, WHOLE, SOCIAL)))
    for picture in pictures:
        found = [cut for cut in cuts if cut.image_id == picture.pk]
        picture.prefetched_renditions = found


def _cut(picture: Picture, spec: str) -> Shown:
    cut = picture.get_rendition(spec)
    return Shown(cut.url, picture.description, cut.width, cut.height)
