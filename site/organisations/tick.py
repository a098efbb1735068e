"""What organisations do every minute."""

from django.utils import timezone

from organisations import letters
from organisations.actions import telling, verification


def let_declarations_lapse(*, dry_run: bool) -> int:
    """Take away what organisations publish whose declaration has run out."""
    return verification.lapse_due(today=timezone.localdate())


def tell_of_concerns(*, dry_run: bool) -> int:
    """Send the leads a mail about concerns that nobody has been told of."""
    return telling.tell_of_all(dry_run=dry_run)


def post_letters(*, dry_run: bool) -> int:
    """Try letters again that the mail server did not take."""
    return letters.post_all(now=timezone.now(), dry_run=dry_run)


STEPS = [let_declarations_lapse, tell_of_concerns, post_letters]
