"""A clock that can be set back.

The demonstration has a past, and publishing never invents one: what is loaded as a year old was published a
year ago as far as every action can tell. Only `manage.py demo` turns this clock, in its own process.
"""

import datetime
from collections.abc import Generator
from contextlib import contextmanager

from django.utils import timezone


@contextmanager
def at(moment: datetime.datetime) -> Generator[None]:
    """Inside, it is that moment for everything that asks `django.utils.timezone.now`."""
    before = timezone.now
    timezone.now = lambda: moment  # ty: ignore[invalid-assignment]
    try:
        yield
    finally:
        timezone.now = before
