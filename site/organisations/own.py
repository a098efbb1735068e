"""Whose number or address something is: an organisation's public contact is never a person's own.

What two people give is no person's own: a school's office, a club's desk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from organisations.forms.phones import digits
from organisations.models import Application, Declaration, Organisation

REFUSALS = {
    "phone": _("This is the number of one of you. Give your club’s, or leave it empty."),
    "email": _("This is the address of one of you. Give your club’s."),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named, and how to reach them."""

    name: str
    phone: str
    email: str


def same_name(one: str, other: str) -> bool:
    """However it is spaced, and in whichever letters."""
    return _plain(one) == _plain(other)


def of_application(application: Application) -> list[Person]:
    """The two who answer for it, and whom its declaration names. The address that somebody signs in with may
    well be the club's."""
    first = Person(application.first_name, application.first_phone, "")
    second = Person(application.second_name, application.second_phone, application.second_email)
    return [first, second, *_declared(application.declaration)]


def of_organisation(organisation: Organisation) -> list[Person]:
    """Those of its application, as long as it is kept, and of what it declares now and is about to."""
    said = organisation.declarations
    people = [person for each in (said.signed().first(), said.drafts().first()) for person in _declared(each)]
    for application in Application.objects.select_related("declaration").filter(organisation=organisation):
        people += of_application(application)
    return people


def refused(people: Iterable[Person], *, phone: str, email: str) -> dict[str, str]:
    """Words for each of the two that is the own one of exactly one person."""
    named = [person for person in people if person.name]
    own = {
        "phone": {_plain(each.name) for each in named if phone and digits(each.phone) == digits(phone)},
        "email": {_plain(each.name) for each in named if email and _plain(each.email) == _plain(email)},
    }
    return {field: str(REFUSALS[field]) for field, names in own.items() if len(names) == 1}


def _declared(declaration: Declaration | None) -> Iterator[Person]:
    if declaration is not None:
        yield Person(declaration.lead_name, declaration.lead_phone, declaration.lead_email)
        yield Person(declaration.deputy_name, declaration.deputy_phone, declaration.deputy_email)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
