"""Who signs in. The four sign-ins are known to everybody, so nothing but the demonstration makes them."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings

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
SIGN_INS = (OFFICER, CLUB, SCHOOL, RECORDER)


class NotTheDemonstration(Exception):
    """Somebody asked for the demonstration's people elsewhere."""


def refuse_elsewhere() -> None:
    if not settings.DEMO:
        raise NotTheDemonstration("Only the demonstration's settings make these people and organisations.")


def sign_in_account(person: Person) -> User:
    """One of the four, with an address that counts as confirmed."""
    return _account(person, PASSWORD)


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
