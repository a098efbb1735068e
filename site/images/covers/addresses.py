"""Where covers are found. An address says all that a cover is made from, so nothing is looked up."""

from images.covers.geometry import Cover

# Raise it when the drawing changes: caches keep a cover for a year.
DRAWING = 1


def path(cover: Cover) -> str:
    """The path of a cover for pages. `v` is ignored by the view: it makes browsers fetch a new drawing."""
    return f"/covers/{cover.id}-{cover.warp}-{cover.weft}-{cover.slug}.svg?v={DRAWING}"
