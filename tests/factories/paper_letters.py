"""A school with an account has asked one without, and written it a letter. All are fictional."""

import dataclasses

from accounts.models import User
from organisations.actions import applications, declarations
from organisations.models import Application, Organisation
from places.models import School
from schools.actions import paper_letters, twinnings
from schools.models import Twinning
from tests.factories.applications import application_answers
from tests.factories.organisations import answers, make_place
from tests.factories.people import make_officer
from tests.factories.registers import make_school
from tests.factories.twinnings import Joined, joined, this_year

OWN = {"place", "kind", "name", "urn", "charity_number", "governing_body"}
"""What a code fills in by itself, and what a school is not asked."""


@dataclasses.dataclass(frozen=True)
class Written:
    """`code` is what stands on the paper."""

    asking: Joined
    asked: School
    twinning: Twinning
    code: str


def asked_without_account() -> tuple[Joined, School, Twinning]:
    asking = joined(0)
    asked = make_school(900_011, "Larkfield Primary School", street="Lark Lane", town="Elland")
    made = twinnings.propose(
        school=asking.school,
        other=asked,
        year=this_year(),
        note="We would like to sing together.",
        contact="Amina Reid, 01632 960200",
        by=asking.head,
    )
    return asking, asked, made


def written() -> Written:
    asking, asked, made = asked_without_account()
    return Written(asking, asked, made, paper_letters.write(twinning=made, school=asked, by=asking.head))


def send_in(application: Application) -> Application:
    """The rest of it, as the school's own person fills it in."""
    by = application.applicant
    said = {name: value for name, value in application_answers().items() if name not in OWN}
    filled = applications.fill_in(application=application, said=said, by=by)
    declarations.fill_in(declaration=filled.declaration, said=answers(), by=by)
    return applications.send(application=filled, name="Sam Okoro", role="head teacher", by=by)


def welcomed(application: Application, officer: User | None = None) -> Organisation:
    officer = officer or make_officer(make_place())
    return applications.approve(application=send_in(application), by=officer)
