"""Which rows are a person's because they answer for a place, for the second wall (`accounts.in_hand`)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import in_hand
from accounts.models import User
from organisations.models import Officer
from schools.models import (
    LinkLimit,
    Meeting,
    PaperLetter,
    Programme,
    ProgrammeGroup,
    ProgrammeTemplate,
    Round,
    RoundPair,
    TemplateMeeting,
    Twinning,
    TwinningStep,
)


def say() -> None:
    """Called when the app is ready."""
    in_hand.rule(Round, _rounds)
    in_hand.rule(RoundPair, lambda user: _of_their_place(user, "round__place"))
    in_hand.rule(Twinning, _twinnings)
    in_hand.rule(TwinningStep, lambda user: Q(twinning__in=_overseen(user)))
    in_hand.rule(PaperLetter, lambda user: Q(twinning__in=_overseen(user)))
    in_hand.rule(Programme, lambda user: Q(twinning__in=_overseen(user)))
    in_hand.rule(ProgrammeGroup, lambda user: Q(programme__twinning__in=_overseen(user)))
    in_hand.rule(Meeting, lambda user: Q(programme__twinning__in=_overseen(user)))
    in_hand.rule(ProgrammeTemplate, _templates)
    in_hand.rule(
        TemplateMeeting,
        lambda user: Q(template__in=ProgrammeTemplate._base_manager.filter(_templates(user))),
    )
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


def _overseen(user: User) -> QuerySet[Twinning]:
    return Twinning._base_manager.filter(_twinnings(user))


def _templates(user: User) -> Q:
    """Of their places, and those that are given to all."""
    return Q(place=None) | Q(Exists(Officer._base_manager.filter(user=user, place=OuterRef("place"))))


def _codes(user: User) -> set[str]:
    lists = Officer._base_manager.filter(user=user).values_list("place__area_codes", flat=True)
    return {code for each in lists for code in each}
