"""What becomes of pictures at night."""

from images import cuts
from images.models import Picture


def cut_pictures(*, dry_run: bool) -> int:
    """Cut the pictures that are not cut yet, or not as this release cuts them."""
    waiting = cuts.missing_of(Picture.objects.prefetch_related("renditions").iterator(chunk_size=500))
    return len(waiting) if dry_run else sum(1 for picture in waiting if cuts.make(picture))


STEPS = [cut_pictures]
