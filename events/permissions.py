"""Who may do what with an activity, and when the public sees it."""

import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import in_hand
from accounts.models import User
from events.models import Activity, CoOrganiser, Occurrence, Review, Verdict
from events.models.occurrence import OccurrenceQuerySet
from organisations import permissions
from organisations.models import Membership, Organisation, Role
from organisations.models.organisation import OrganisationQuerySet


def is_public(activity: Activity, on: datetime.date) -> bool:
    """It is live and its host is public: never without its host."""
    return activity.live and permissions.is_public(activity.host, on)


def may_publish(user: User, activity: Activity) -> bool:
    """Owners and editors of the host, and the place's officers."""
    return permissions.may_edit(user, activity.host)


def may_review(user: User, activity: Activity) -> bool:
    """The officers of its host's place who do not belong to the host."""
    return permissions.may_judge(user, activity.host)


def needs_review(activity: Activity) -> bool:
    """It is among the first of a new organisation, and no officer has approved it yet."""
    if not activity.host.reviews_left:
        return False
    return not Review.objects.filter(activity=activity.pk, verdict=Verdict.APPROVED).exists()


def may_change_dates(user: User, activity: Activity) -> bool:
    """Members of the host or of a co-organiser that accepted and is public, and officers of their places."""
    if permissions.may_change_dates(user, activity.host):
        return True
    partners = activity.partners().public(timezone.localdate())
    return any(permissions.may_change_dates(user, partner) for partner in partners)


def may_record(user: User, activity: Activity) -> bool:
    """Members of the host or of a co-organiser that accepted and is public. Nobody else: no officer either,
    and no platform staff."""
    return recorders(activity).filter(user=user).exists()


@in_hand.held_by(None)
def recorders(activity: Activity) -> QuerySet[Membership]:
    """The same rule, for all of them."""
    partners = activity.partners().public(timezone.localdate())
    return Membership.objects.filter(Q(organisation=activity.host_id) | Q(organisation__in=partners))


def owns(user: User, activity: Activity) -> bool:
    """Who answers for the host."""
    return permissions.has_role(user, activity.host, Role.OWNER)


def may_export(user: User, organisation: Organisation) -> bool:
    """Its registers as a file: who answers for it. Others read them on its pages."""
    return permissions.has_role(user, organisation, Role.OWNER)


def may_read_corrections(user: User, activity: Activity) -> bool:
    """What was put right in its registers: who answers for the host, and the officers of its place."""
    return owns(user, activity) or permissions.is_officer(user, activity.host)


@in_hand.held_by(None)
def changeable_by(user: User) -> OccurrenceQuerySet:
    """The same rule as `may_change_dates`, for all dates."""
    return Occurrence.objects.filter(run_by(permissions.changing_dates(user)))


@in_hand.held_by(None)
def recordable_by(user: User) -> OccurrenceQuerySet:
    """The same rule as `may_record`, for all dates that the public has seen."""
    return Occurrence.objects.once_public().filter(run_by(permissions.belonging_to(user)))


@in_hand.held_by(None)
def run_by(organisations: OrganisationQuerySet, activity: str = "activity") -> Q:
    """They host it, or accepted to help to run it and are public.

    Asked by keys, not by joining whoever could be the reason: a date that is looked for is then found first.
    """
    public = organisations.public(timezone.localdate())
    helped = CoOrganiser.objects.filter(accepted_at__isnull=False, organisation__in=public)
    return Q(**{f"{activity}__host__in": organisations}) | Q(**{f"{activity}__in": helped.values("activity")})


def may_move(user: User, activity: Activity, to: Organisation) -> bool:
    """To another organisation: platform staff, and officers of both places."""
    return permissions.is_officer(user, activity.host) and permissions.is_officer(user, to)
