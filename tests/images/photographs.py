"""Pictures like photographs, and what they need to be kept: for tests of cuts and of pages that show them."""

from io import BytesIO

import numpy as np
from django.core.files.base import ContentFile
from PIL import Image

from images.models import PeopleConsent, Picture

SHADES = np.array([[(x * 7 + y * 3) % 256 for x in range(64)] for y in range(64)], dtype=np.uint8)


def photograph(width: int = 1600, height: int = 1200, kind: str = "JPEG", **options: object) -> bytes:
    """Soft shades, as a file."""
    out = BytesIO()
    shades = Image.fromarray(np.stack([SHADES, SHADES.T, 255 - SHADES], axis=-1))
    shades.resize((width, height), Image.Resampling.BICUBIC).save(out, kind, **options)
    return out.getvalue()


def keep_picture(content: bytes | None = None, name: str = "hall.jpg", **fields: object) -> Picture:
    """In the database, with everybody's consent unless asked otherwise. It is cut when the test commits."""
    facts: dict[str, object] = {
        "title": "A picture",
        "description": "Girls and boys making bread",
        "people_consent": PeopleConsent.RECORDED,
        **fields,
    }
    file = ContentFile(content or photograph(), name=name)
    return Picture.objects.create(file=file, **facts)
