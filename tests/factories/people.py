"""People for tests."""

import itertools

from accounts import second_factors
from accounts.models import User
from organisations.models import Membership, Officer, Organisation, Role
from places.models import Place

_numbers = itertools.count(1)


def make_user(email: str = "", **fields: object) -> User:
    return User.objects.create_user(email or f"person{next(_numbers)}@example.org", "correct-horse", **fields)


def make_staff(email: str = "") -> User:
    """Platform staff, with the second factor that they need."""
    user = User.objects.create_superuser(email or f"staff{next(_numbers)}@example.org", "correct-horse")
    second_factors.enrol_app(user)
    return user


def make_member(organisation: Organisation, role: Role = Role.OWNER) -> User:
    user = make_user()
    Membership.objects.create(organisation=organisation, user=user, role=role)
    return user


def make_officer(place: Place) -> User:
    user = make_user()
    Officer.objects.create(place=place, user=user)
    second_factors.enrol_app(user)
    return user
