"""What apps above need to hear of people, inside the transaction that changes them."""

from django.dispatch import Signal

account_closing = Signal()
"""The account of `user` closes, by `by`: who listens lets go of them, or refuses with a ValidationError."""
