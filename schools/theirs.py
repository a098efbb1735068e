"""Which rows are a person's because they answer for a place, for the second wall (`accounts.in_hand`)."""

from django.db.models import Exists, OuterRef, Q

from accounts import in_hand
from accounts.models import User
from organisations.models import Officer
from schools.models import Round, RoundPair


def say() -> None:
    """Called when the app is ready."""
    in_hand.rule(Round, _rounds)
    in_hand.rule(RoundPair, lambda user: _of_their_place(user, "round__place"))


def _rounds(user: User) -> Q:
    return _of_their_place(user, "place")


def _of_their_place(user: User, place: str) -> Q:
    """Of their places; studies of all England belong to every officer."""
    office = Officer._base_manager.filter(user=user)
    theirs = Q(Exists(office.filter(place=OuterRef(place))))
    return theirs | (Q(**{place: None}) & Q(Exists(office)))
