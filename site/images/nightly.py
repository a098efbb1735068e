"""What becomes of pictures at night."""

import datetime

from django.utils import timezone
from wagtail.models import UploadedFile

from images import cuts
from images.models import Picture

PARKED = datetime.timedelta(days=1)


def cut_pictures(*, dry_run: bool) -> int:
    """Cut the pictures that are not cut yet, or not as this release cuts them."""
    waiting = cuts.missing_of(Picture.objects.prefetch_related("renditions").iterator(chunk_size=500))
    return len(waiting) if dry_run else sum(1 for picture in waiting if cuts.make(picture))


def forget_parked_files(*, dry_run: bool) -> int:
    """Remove files that were sent together with others and that nobody has described within a day."""
    left = [parked for parked in UploadedFile.objects.iterator(chunk_size=500) if _is_left(parked)]
    if not dry_run:
        for parked in left:
            parked.file.delete(save=False)
            parked.delete()
    return len(left)


def _is_left(parked: UploadedFile) -> bool:
    """Its row does not say when it came; the file does."""
    storage, name = parked.file.storage, parked.file.name
    return not storage.exists(name) or storage.get_modified_time(name) < timezone.now() - PARKED


STEPS = [cut_pictures, forget_parked_files]
