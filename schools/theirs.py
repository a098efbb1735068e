"""Which rows are a person's because they answer for a place, for the second wall (`accounts.in_hand`)."""

from django.db.models import Exists, OuterRef, Q

from accounts import in_hand
from accounts.models import User
from organisations.models import Officer
from schools.models import LinkLimit, PaperLetter, Round, RoundPair, Twinning, TwinningStep


def say() -> None:
    """Called when the app is ready."""
    in_hand.rule(Round, _rounds)
    in_hand.rule(RoundPair, lambda user: _of_their_place(user, "round__place"))
    in_hand.rule(Twinning, _twinnings)
    for model in (TwinningStep, PaperLetter):
        in_hand.rule(model, lambda user: Q(twinning__in=Twinning._base_manager.filter(_twinnings(user))))
    in_hand.rule(LinkLimit, lambda user: Q(school__area_code__in=_codes(user)))


def _rounds(user: User) -> Q:
    return _of_their_place(user, "place")


def _of_their_place(user: User, place: str) -> Q:
    """Of their places; studies of all England belong to every officer."""
    office = Officer._base_manager.filter(user=user)
    theirs = Q(Exists(office.filter(place=OuterRef(place))))
    return theirs | (Q(**{place: None}) & Q(Exists(office)))


def _twinnings(user: User) -> Q:
    """Of schools in their places. Members of schools have theirs in the workspace, not in the CMS."""
    codes = _codes(user)
    return Q(first__area_code__in=codes) | Q(second__area_code__in=codes)


def _codes(user: User) -> set[str]:
    lists = Officer._base_manager.filter(user=user).values_list("place__area_codes", flat=True)
    return {code for each in lists for code in each}
