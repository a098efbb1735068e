"""What pages above need to hear of an organisation, inside the transaction that changes it."""

from django.dispatch import Signal

organisation_changing = Signal()
"""Sent before an organisation's row is locked, so that listeners lock theirs first: `organisation`."""

organisation_changed = Signal()
"""Its state or declaration is now another: `organisation`, `by`."""

organisation_welcomed = Signal()
"""An officer has checked it for the first time, so that its people can begin: `organisation`, `by`."""

renamed = Signal()
"""Words that stand in prepared texts have changed. Sender: the model; `subject`: the row."""
