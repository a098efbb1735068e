"""What organisations do every night."""

from django.utils import timezone

from organisations.actions import concerns


def forget_concerns(*, dry_run: bool) -> int:
    """Forget what was said in concerns that were closed a year ago."""
    return concerns.forget(now=timezone.now(), dry_run=dry_run)


STEPS = [forget_concerns]
