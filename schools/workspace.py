"""What the workspace shows of a school beside what any organisation has."""

import datetime

from organisations.models import Kind, Organisation, State
from organisations.slots import Part


def twins(organisation: Organisation, now: datetime.datetime, generation: int | None) -> Part | None:
    """The way to whom it could twin with, for a school that an officer has checked."""
    if organisation.kind != Kind.SCHOOL or not organisation.urn or organisation.state != State.VERIFIED:
        return None
    return Part("schools/organise/way_to_twins.html", {"urn": organisation.urn})
