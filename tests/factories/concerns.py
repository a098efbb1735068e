"""Concerns and those who read them."""

import itertools

from accounts import second_factors
from accounts.models import User
from organisations.actions import concerns, leads
from organisations.actions.concerns import About, Told
from organisations.models import Concern, Organisation
from places.models import Place
from tests.factories.people import make_user

_numbers = itertools.count(1)


def make_lead(place: Place | None, email: str = "") -> User:
    """Without a place, for the whole installation; with the second factor that they need."""
    user = make_user(email)
    leads.appoint(place=place, user=user, by=None)
    second_factors.enrol_app(user)
    return user


def make_concern(
    what: str = "Something is wrong", *, about: Organisation | None = None, place: Place | None = None, **said
) -> Concern:
    known = About(about.place, about, involved=(about,)) if about else About(place)
    told = Told(what=what, **said)
    return concerns.report(told=told, about=known, sent_with=f"sent {next(_numbers)}")
