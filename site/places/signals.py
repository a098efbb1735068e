"""What places say to the apps above them, which they do not know."""

from django.dispatch import Signal

# Terms or bank holidays are no longer what they were. Sent in the transaction that changed them, with
# `places`, the list of the places concerned, so that dates which rest on them are made again with it.
school_year_changed = Signal()

# The national register of schools is no longer what it was. Sent last in the transaction that changed it.
school_register_changed = Signal()
