"""Schools with an account, and twinnings of them. All are fictional."""

import dataclasses

from django.utils import timezone

from accounts.models import User
from organisations.models import Kind, Organisation
from places.models import School
from places.school_years import year_of
from schools.actions import twinnings
from schools.models import Twinning
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member
from tests.factories.registers import make_school

NAMES = ("Heron Bank Primary School", "Larkfield Primary School", "Ashgrove Academy", "Moor End School")


@dataclasses.dataclass(frozen=True)
class Joined:
    """A school of the register, the organisation that stands for it, and who speaks for it."""

    school: School
    organisation: Organisation
    head: User


def this_year() -> int:
    return year_of(timezone.localdate())


def joined(number: int = 0, **fields: object) -> Joined:
    """The schools with the numbers 900001 and on."""
    school = make_school(900_001 + number, NAMES[number % 4])
    organisation = make_organisation(school.name, kind=Kind.SCHOOL, urn=school.pk, **fields)
    return Joined(school, organisation, make_member(organisation))


def two_joined() -> tuple[Joined, Joined]:
    return joined(0), joined(1)


def proposed(one: Joined, other: Joined, year: int | None = None) -> Twinning:
    return twinnings.propose(
        school=one.school,
        other=other.school,
        year=year or this_year(),
        note="We would like to sing together.",
        contact="Amina Reid",
        by=one.head,
    )


def agreed(one: Joined, other: Joined, year: int | None = None) -> Twinning:
    return twinnings.accept(
        twinning=proposed(one, other, year), school=other.school, contact="Tom Hale", by=other.head
    )


def running(one: Joined, other: Joined, year: int | None = None) -> Twinning:
    return twinnings.start(twinning=agreed(one, other, year), by=one.head)
