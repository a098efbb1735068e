"""Which rows are a person's because they answer for a place or belong to a school, for the second wall
(`accounts.in_hand`). Rounds are the officers' alone, and so is who said what when of a twinning."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import in_hand
from accounts.models import User
from organisations.models import Officer, Organisation
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
from schools.models.twinning import area_codes_overseen_by


def say() -> None:
    """Called when the app is ready."""
    in_hand.rule(Round, _rounds)
    in_hand.rule(RoundPair, lambda user: _of_their_place(user, "round__place"))
    in_hand.rule(Twinning, lambda user: Q(pk__in=_seen(user)))
    in_hand.rule(TwinningStep, lambda user: Q(twinning__in=_overseen(user)))
    in_hand.rule(PaperLetter, lambda user: Q(twinning__in=_seen(user)) | Q(application__applicant=user))
    in_hand.rule(Programme, lambda user: Q(twinning__in=_seen(user)))
    in_hand.rule(ProgrammeGroup, lambda user: Q(programme__twinning__in=_seen(user)))
    in_hand.rule(Meeting, lambda user: Q(programme__twinning__in=_seen(user)))
    in_hand.rule(ProgrammeTemplate, _templates)
    in_hand.rule(
        TemplateMeeting,
        lambda user: Q(template__in=ProgrammeTemplate.objects.filter(_templates(user))),
    )
    in_hand.rule(LinkLimit, _limits)


def _rounds(user: User) -> Q:
    return _of_their_place(user, "place")


def _of_their_place(user: User, place: str) -> Q:
    """Of their places; studies of all England belong to every officer."""
    office = Officer.objects.filter(user=user)
    theirs = Q(Exists(office.filter(place=OuterRef(place))))
    return theirs | (Q(**{place: None}) & Q(Exists(office)))


def _seen(user: User) -> QuerySet:
    """Of their schools and of schools in their places."""
    return Twinning.objects.seen_by(user).values("pk")


def _overseen(user: User) -> QuerySet:
    return Twinning.objects.overseen_by(user).values("pk")


def _templates(user: User) -> Q:
    """Those that are given to all, those of their places, and what the two places of a twinning offer."""
    seen = Twinning.objects.seen_by(user)
    both = Q(urn__in=seen.values("first")) | Q(urn__in=seen.values("second"))
    places = Organisation.objects.checked_schools().filter(both).values("place")
    office = Officer.objects.filter(user=user, place=OuterRef("place"))
    return Q(place=None) | Q(Exists(office)) | Q(place__in=places)


def _limits(user: User) -> Q:
    own = Organisation.objects.checked_schools().filter(memberships__user=user)
    return Q(school__in=own.values("urn")) | Q(school__area_code__in=area_codes_overseen_by(user))
