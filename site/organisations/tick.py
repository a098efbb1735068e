"""What organisations do every minute."""

from django.utils import timezone

from organisations.actions import verification


def let_declarations_lapse(*, dry_run: bool) -> int:
    """Take away what organisations publish whose declaration has run out."""
    return verification.lapse_due(today=timezone.localdate())


STEPS = [let_declarations_lapse]
