"""What schools do every minute."""

from django.utils import timezone

from schools.actions import rounds


def work_out_rounds(*, dry_run: bool) -> int:
    """Go on with rounds that officers asked for and that are too large for a page to wait."""
    return rounds.advance_all(timezone.now(), dry_run=dry_run)


STEPS = [work_out_rounds]
