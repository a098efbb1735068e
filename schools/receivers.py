"""What happens below that pages of schools show."""

from typing import Any

from django.dispatch import receiver

from organisations.models import Generation
from places.signals import school_register_changed


@receiver(school_register_changed)
def pages_are_made_anew(**_: Any) -> None:
    """Kept pages say what the register said before."""
    Generation.objects.raised()
