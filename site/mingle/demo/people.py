"""Who signs in. The five sign-ins are known to everybody, so nothing but the demonstration makes them."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings

from accounts import second_factors
from accounts.models import User

PASSWORD = "mingle-demo"  # noqa: S105 (printed in the documentation on purpose)


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    first_name: str
    last_name: str


OFFICER = Person("officer@demo.example", "Morgan", "Ellis")
CLUB = Person("club@demo.example", "Sadia", "Hartley")
SCHOOL = Person("school@demo.example", "Aisha", "Fielding")
RECORDER = Person("recorder@demo.example", "Joe", "Pickup")
LEAD = Person("lead@demo.example", "Ines", "Marlowe")
SIGN_INS = (OFFICER, CLUB, SCHOOL, RECORDER, LEAD)


class NotTheDemonstration(Exception):
    """Somebody asked for the demonstration's people elsewhere."""


def refuse_elsewhere() -> None:
    if not settings.DEMO:
        raise NotTheDemonstration("Only the demonstration's settings make these people and organisations.")


def sign_in_account(person: Person) -> User:
    """One of the five, with an address that counts as confirmed."""
    return _account(person, PASSWORD)


def enrol_second_factor(person: Person) -> None:
    """For whoever needs one: the page of roles shows what their app would."""
    refuse_elsewhere()
    user = User.objects.filter(email__iexact=person.email).first()
    if user and second_factors.is_missing(user):
        second_factors.enrol_app(user)


def code_of(person: Person) -> str:
    """The six numbers of just now; nothing for who signs in with the password alone."""
    user = User.objects.filter(email__iexact=person.email).first()
    return second_factors.current_code(user) if user else ""


def owner_account(slug: str, name: str) -> User:
    """An owner whom nobody can sign in as: the account has no password."""
    first, _, last = name.rpartition(" ")
    return _account(Person(f"{slug}@organisers.example", first, last), None)


def applicant_account(person: Person) -> User:
    """Somebody who asks to run activities, and whom nobody can sign in as."""
    return _account(person, None)


def _account(person: Person, password: str | None) -> User:
    refuse_elsewhere()
    user = User.objects.filter(email__iexact=person.email).first()
    if user is None:
        user = User.objects.create_user(
            person.email, password, first_name=person.first_name, last_name=person.last_name
        )
        EmailAddress.objects.create(user=user, email=person.email, verified=True, primary=True)
    return user
