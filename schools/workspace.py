"""What the workspace shows of a school beside what any organisation has."""

import datetime

from organisations.models import Kind, Organisation, State
from organisations.slots import Part
from places.models import School
from schools.models import Twinning


def twins(organisation: Organisation, now: datetime.datetime, generation: int | None) -> Part | None:
    """The way to whom it could twin with, for a school that an officer has checked."""
    if organisation.kind != Kind.SCHOOL or not organisation.urn or organisation.state != State.VERIFIED:
        return None
    return Part("schools/organise/way_to_twins.html", {"urn": organisation.urn})


def twinnings(organisation: Organisation, now: datetime.datetime, generation: int | None) -> Part | None:
    """Its twinnings, with how many wait for its answer."""
    if organisation.kind != Kind.SCHOOL or not organisation.urn or organisation.state != State.VERIFIED:
        return None
    school = School.objects.filter(pk=organisation.urn).first()
    if school is None:
        return None
    asked = sum(not each.accepted_by(school) for each in Twinning.objects.of(school).unanswered())
    return Part("schools/organise/way_to_twinnings.html", {"urn": school.pk, "asked": asked})
