"""What the workspace shows of a school beside what any organisation has."""

import datetime
from collections.abc import Sequence

from accounts.models import User
from organisations.models import Kind, Organisation, State
from organisations.slots import Part
from places.models import School
from schools import programmes
from schools.models import Twinning


def twins(organisation: Organisation, now: datetime.datetime, generation: int | None) -> Part | None:
    """The way to whom it could twin with, for a school that an officer has checked."""
    school = _school_of(organisation)
    return Part("schools/organise/way_to_twins.html", {"urn": school.pk}) if school else None


def twinnings(organisation: Organisation, now: datetime.datetime, generation: int | None) -> Part | None:
    """Its twinnings, with how many wait for its answer."""
    school = _school_of(organisation)
    if school is None:
        return None
    asked = sum(not each.accepted_by(school) for each in Twinning.objects.of(school).unanswered())
    return Part("schools/organise/way_to_twinnings.html", {"urn": school.pk, "asked": asked})


def _school_of(organisation: Organisation) -> School | None:
    """In the register, where an officer has checked that it is theirs."""
    if organisation.kind != Kind.SCHOOL or not organisation.urn or organisation.state != State.VERIFIED:
        return None
    return School.objects.filter(pk=organisation.urn).first()


def due(organisation: Organisation, now: datetime.datetime, generation: int | None) -> Part | None:
    """What is due with its twins and what has slipped; nothing where all is well."""
    desks = _due([organisation], now)
    return Part("schools/organise/due.html", {"urn": organisation.urn, "desks": desks}) if desks else None


def due_at_home(user: User, mine: Sequence[Organisation], now: datetime.datetime) -> Part | None:
    """The same on the first page of the CMS."""
    desks = _due(mine, now)
    return Part("schools/screens/home_due.html", {"desks": desks}) if desks else None


def _due(organisations: Sequence[Organisation], now: datetime.datetime) -> list[programmes.Desk]:
    """A twinning without a programme is due as a whole."""
    urns = [
        each.urn
        for each in organisations
        if each.kind == Kind.SCHOOL and each.urn and each.state == State.VERIFIED
    ]
    if not urns:
        return []
    found = programmes.desks(School.objects.filter(pk__in=urns), now)
    return [desk for desk in found if desk.due or desk.programme is None]
