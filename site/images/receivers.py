"""A picture is stripped before it is parked and cut as soon as it is kept, whichever way it came in."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail.models import UploadedFile

from images import cuts, metadata
from images.models import Picture


@receiver(post_save, sender=Picture)
def picture_saved(instance: Picture, raw: bool, **_: Any) -> None:
    """After everything else: Wagtail's form takes all renditions away when a file is replaced."""
    if not raw:
        transaction.on_commit(lambda: _cut(instance.pk))


def _cut(key: int) -> None:
    for picture in Picture.objects.filter(pk=key):
        cuts.make(picture)


@receiver(pre_save, sender=UploadedFile)
def picture_parked(instance: UploadedFile, raw: bool, **_: Any) -> None:
    """Of several sent together Wagtail puts aside, as they came, those whose form is not right yet."""
    parked, kind = instance.file, instance.for_content_type
    if not raw and not parked._committed and kind and kind.model_class() is Picture:
        name = f"picture{Path(parked.name).suffix.lower()}"
        parked.save(name, metadata.strip(parked.file, name), save=False)
