"""What events do every night."""

from django.utils import timezone

from events.actions import extending


def extend_dates(*, dry_run: bool) -> int:
    """Extend the dates of live activities to the horizon of 18 months."""
    return extending.extend_dates(now=timezone.now())


def let_past_dates_go(*, dry_run: bool) -> int:
    """Take dates that are over out of the listings."""
    return extending.let_past_dates_go(now=timezone.now())


def put_listings_right(*, dry_run: bool) -> int:
    """Write listings anew that are no longer true: a co-organiser lapsed, a release draws other cards."""
    return extending.put_listings_right(now=timezone.now())


STEPS = [extend_dates, let_past_dates_go, put_listings_right]
