"""Takes out of a picture's file everything but the picture: where, when and with what it was taken, by whom.

The picture is decoded and written anew, which also drops what hides behind its end (a phone's "live" film
with its own position) and other formats inside it. Colour profiles stay, or colours would change.
"""

from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

MAX_PIXELS = 25_000_000
# What may be kept, and how it is written. SVG is not among them: it can carry script.
WRITE: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 85},
    "GIF": {},
}

BROKEN = (
    UnidentifiedImageError,
    OSError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class UnreadablePicture(ValueError):
    """Not a picture of a kind we keep, or too large to be unpacked."""


class StrippedFile(ContentFile):
    """A file that has been through `strip`, so that nobody need do it twice."""


def strip(file: IO[bytes], name: str) -> StrippedFile:
    """The same picture, upright, without metadata. The same bytes in give the same bytes out.

    Raises `UnreadablePicture`.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=tuple(WRITE)) as picture:
            kind = "JPEG" if picture.format == "MPO" else str(picture.format)
            if picture.width * picture.height * (1 if kind == "JPEG" else _frames(picture)) > MAX_PIXELS:
                raise UnreadablePicture("more than 25 million pixels")
            return StrippedFile(_written(picture, kind), name=name)
    except BROKEN as fault:
        raise UnreadablePicture(str(fault)) from fault


def _frames(picture: Image.Image) -> int:
    return int(getattr(picture, "n_frames", 1))


def _written(picture: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    profile = picture.info.get("icc_profile")
    options = dict(WRITE[kind])
    if profile:
        options["icc_profile"] = profile
    if kind != "JPEG" and _frames(picture) > 1:
        loop = picture.info.get("loop")
        durations = [frame.info.get("duration", 100) for frame in ImageSequence.Iterator(picture)]
        first, *rest = [_bare(frame) for frame in ImageSequence.Iterator(picture)]
        options |= {"save_all": True, "append_images": rest, "duration": durations}
        if loop is not None:
            options["loop"] = loop
    else:
        first = _bare(ImageOps.exif_transpose(picture))
    first.save(out, format=kind, **options)
    return out.getvalue()


def _bare(frame: Image.Image) -> Image.Image:
    """A copy that remembers its pixels and which of them are transparent, and nothing else."""
    copy = frame.copy()
    copy.info = {"transparency": frame.info["transparency"]} if "transparency" in frame.info else {}
    return copy
