"""Sent by `Activity` where Wagtail has no signal of its own. `events.receivers` answers them."""

from django.dispatch import Signal

activity_copying = Signal()
"""A copy is about to be made: `instance`, what is copied."""

activity_copied = Signal()
"""A copy has been made: `instance`, inside the transaction that made it."""

activity_removing = Signal()
"""It is about to be deleted: `instance`."""
