"""What a place's nightly job does."""

import logging

from django.utils import timezone

from places import calendar, holidays

log = logging.getLogger(__name__)


def load_bank_holidays(*, dry_run: bool) -> int:
    """Put new bank holidays in the table."""
    return holidays.load()


def warn_of_ending_terms(*, dry_run: bool) -> int:
    """Say which places must soon give their next term dates."""
    ending = calendar.ending_soon(timezone.localdate())
    for place, last_day in ending:
        log.warning(
            "%s knows no term after %s: activities in term time end there.", place, last_day or "today"
        )
    return len(ending)


STEPS = [load_bank_holidays, warn_of_ending_terms]
