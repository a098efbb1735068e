"""Template tags for the marks that stand beside words: icons and pictograms.

Both draw a symbol of a sprite by reference, so that a page names a picture in about 120 bytes and the
browser keeps the sprite. A mark without a label is decoration and hidden from screen readers.
"""

from functools import cache, lru_cache
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from design import pictograms

register = template.Library()

ICONS = "icons/sprite.svg"
PICTOGRAMS = "icons/pictograms.svg"


@register.simple_tag
def icon(name: str, label: str = "", turns: bool = False) -> SafeString:
    """`{% icon "map-pin" %}`: as tall as the text beside it. `turns` mirrors it in right-to-left text."""
    return _symbol(_sprite(ICONS), name, "icon icon--turns" if turns else "icon", str(label), 20)


@register.simple_tag
def pictogram(slug: str, label: str = "", size: str = "") -> SafeString:
    """`{% pictogram type.slug %}`: 45 px, or 90 px with `size="large"`. Unknown slugs get the general one."""
    classes = f"pictogram pictogram--{size}" if size else "pictogram"
    return _symbol(_sprite(PICTOGRAMS), pictograms.known(slug), classes, str(label), 64)


@cache
def _sprite(path: str) -> str:
    """A sprite's address, which only a release changes: working it out costs as much as the whole mark."""
    return static(path)


@lru_cache(maxsize=512)
def _symbol(sprite: str, name: str, classes: str, label: str, pixels: int) -> SafeString:
    meaning = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="{}" width="{}" height="{}" {}><use href="{}#{}"/></svg>',
        classes,
        pixels,
        pixels,
        meaning,
        sprite,
        name,
    )


@register.simple_tag
def oembed(address: str) -> SafeString:
    """`{% oembed address %}`: where other sites learn how to show this page in theirs. Absolute."""
    asked = urlencode({"url": address, "format": "json"})
    return format_html(
        '<link rel="alternate" type="application/json+oembed" href="{}/oembed?{}">',
        settings.PUBLIC_ADDRESS,
        asked,
    )


@register.simple_tag
def demonstration() -> bool:
    """Whether this installation is the demonstration, which every page then says."""
    return bool(getattr(settings, "DEMO", False))
