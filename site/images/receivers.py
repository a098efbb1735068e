"""A picture is cut as soon as it is kept, whichever way it came in."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from images import cuts
from images.models import Picture


@receiver(post_save, sender=Picture)
def picture_saved(instance: Picture, raw: bool, **_: Any) -> None:
    """After everything else: Wagtail's form takes all renditions away when a file is replaced."""
    if not raw:
        transaction.on_commit(lambda: _cut(instance.pk))


def _cut(key: int) -> None:
    for picture in Picture.objects.filter(pk=key):
        cuts.make(picture)
