"""Where covers are found. An address says all that a cover is made from, so nothing is looked up."""

from images.covers.geometry import Cover

# Raise it when the drawing changes: caches keep a cover for a year.
DRAWING = 2


def raster_path(cover: Cover) -> str:
    """The path of the same cover as a PNG of 1200 × 630, for what shows no SVG."""
    return path(cover).replace(".svg?", ".png?")


def path(cover: Cover) -> str:
    """The path of a cover for pages. `v` is ignored by the view: it makes browsers fetch a new drawing."""
    return f"/covers/{cover.id}-{cover.warp}-{cover.weft}-{cover.slug}.svg?v={DRAWING}"
