"""Cuts of a picture for pages: a few widths as AVIF and WebP, and one JPEG for what knows neither.

They are made once, when a picture has been saved, by decoding it once; nobody who reads waits for one. Pages
offer what is there. Each is a rendition under Wagtail's own name for it, so Wagtail finds and removes it too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from PIL import Image, ImageCms
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter, SourceImageIOError

from images.models import Picture, Rendition

# How each kind is written, with about the same loss. AVIF at its own speed takes seven times as long to save
# one byte in twelve; at this one it is a fifth smaller than WebP.
WRITE: dict[str, dict[str, object]] = {
    "avif": {"quality": 50, "speed": 9},
    "webp": {"quality": 78, "method": 4},
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
}
BEST_FIRST = ("avif", "webp")
SUFFIX = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to cut, narrowest first, in Wagtail's words; the middle one is the JPEG's."""

    sizes: tuple[str, ...]

    @property
    def plain(self) -> str:
        return spec(self.sizes[len(self.sizes) // 2], "jpeg")

    @property
    def specs(self) -> list[str]:
        return [*(spec(size, kind) for size in self.sizes for kind in BEST_FIRST), self.plain]


def spec(size: str, kind: str) -> str:
    return f"{size}|format-{kind}"


CARD = Shape(("fill-320x135", "fill-640x270", "fill-960x405"))
COVER = Shape(("fill-480x300", "fill-720x450", "fill-960x600"))
WHOLE = Shape(("max-480x480", "max-960x960"))
SOCIAL = spec("fill-1200x630", "jpeg")  # shared links, search engines, calendars
EVERY = (*CARD.specs, *COVER.specs, *WHOLE.specs, SOCIAL)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page says of a picture. `sources` are a type and its addresses by width, the best type first.

    `alt` is empty where the picture says nothing that the words do not.
    """

    url: str
    alt: str
    width: int
    height: int
    sources: tuple[tuple[str, str], ...] = ()


def make(picture: Picture) -> int:
    """Make what is missing of every cut; returns how many.

    1. Decode the file once, no larger than needed, in the colours of screens, on white where it is clear.
    2. Scale each size once from there, and write each of its kinds. 3. Keep them all in one statement.
    """
    missing = _missing(picture)
    if not missing:
        return 0
    try:
        with picture.open_file() as file, Image.open(file) as opened:
            transforms = {spec: _filter(spec).get_transform(picture) for spec in missing}
            largest = max(each.size[0] / each.get_rect().width for each in transforms.values())
            opened.draft("RGB", (round(picture.width * largest), round(picture.height * largest)))
            flat = _flat(opened)
    except (SourceImageIOError, OSError, InvalidFilterSpecError):
        return 0
    made = [_rendition(picture, spec, content) for spec, content in _written(flat, picture, transforms)]
    return len(Rendition.objects.bulk_create(made, ignore_conflicts=True))


def shown(picture: Picture, shape: Shape) -> Shown | None:
    """The picture in that shape; None before it has been cut. No query where renditions were prefetched."""
    found = _found(picture)
    plain = found.get(shape.plain)
    if plain is None:
        return None
    sources = ((f"image/{kind}", _by_width(found, shape, kind)) for kind in BEST_FIRST)
    return Shown(
        plain.url, picture.description, plain.width, plain.height, tuple(each for each in sources if each[1])
    )


def social(picture: Picture) -> str:
    """The path of the cut for other sites, 1200 × 630; empty before there is one."""
    cut = _found(picture).get(SOCIAL)
    return cut.url if cut else ""


def _by_width(found: dict[str, Rendition], shape: Shape, kind: str) -> str:
    """Each width once: a small picture gives the same for all."""
    widths = {cut.width: cut.url for size in shape.sizes if (cut := found.get(spec(size, kind)))}
    return ", ".join(f"{url} {width}w" for width, url in widths.items())


def _found(picture: Picture) -> dict[str, Rendition]:
    """What there is for where the picture's focus is now."""
    return {
        cut.filter_spec: cut
        for cut in picture.renditions.all()
        if cut.filter_spec in EVERY and cut.focal_point_key == _filter(cut.filter_spec).get_cache_key(picture)
    }


def _missing(picture: Picture) -> list[str]:
    there = _found(picture)
    return [spec for spec in EVERY if spec not in there]


@lru_cache(maxsize=64)
def _filter(spec: str) -> Filter:
    return Filter(spec)


def _flat(opened: Image.Image) -> Image.Image:
    """Red, green and blue of a screen, without a profile; what is clear becomes white, in dark mode too."""
    profile = opened.info.get("icc_profile")
    if opened.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in opened.info:
        clear = opened.convert("RGBA")
        flat = Image.new("RGB", clear.size, "white")
        flat.paste(clear, mask=clear.getchannel("A"))
    else:
        flat = opened
    if profile and flat.mode in {"RGB", "CMYK"}:
        try:
            own, screen = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            flat = ImageCms.profileToProfile(flat, own, screen, outputMode="RGB") or flat
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that nobody can read changes nothing
    return flat.convert("RGB")


def _written(
    flat: Image.Image, picture: Picture, transforms: dict[str, object]
) -> Iterator[tuple[str, bytes]]:
    """Each missing cut's bytes. The decoded picture may be smaller than the file: rectangles shrink too."""
    scaled: dict[str, Image.Image] = {}
    across, down = flat.width / picture.width, flat.height / picture.height
    for spec, transform in transforms.items():
        size, _, kind = spec.partition("|format-")
        if size not in scaled:
            left, top, right, bottom = transform.get_rect()
            box = (left * across, top * down, right * across, bottom * down)
            scaled[size] = flat.resize(transform.size, Image.Resampling.LANCZOS, box=box, reducing_gap=3)
        out = BytesIO()
        scaled[size].save(out, kind.upper(), **WRITE[kind])
        yield spec, out.getvalue()


def _rendition(picture: Picture, spec: str, content: bytes) -> Rendition:
    """Named after the original's random name, so that new content has a new address."""
    key = _filter(spec).get_cache_key(picture)
    size, _, kind = spec.partition("|format-")
    name = ".".join(filter(None, [PurePosixPath(picture.file.name).stem, key, size, SUFFIX[kind]]))
    return Rendition(
        image=picture, filter_spec=spec, focal_point_key=key, file=ContentFile(content, name=name)
    )


def missing_of(pictures: Iterable[Picture]) -> list[Picture]:
    """Those of the pictures that have not been cut, or not in every shape of this release."""
    return [picture for picture in pictures if _missing(picture)]
