"""What the CMS does without a form of ours."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from places.models import BankHoliday, Place
from places.signals import school_year_changed


@receiver(post_delete, sender=BankHoliday)
def holiday_is_gone(instance: BankHoliday, **_: Any) -> None:
    """A day on which places may meet again."""
    places = list(Place.objects.filter(nation=instance.nation))
    school_year_changed.send(sender=BankHoliday, places=places)
