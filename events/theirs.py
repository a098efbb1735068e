"""Which rows are a person's because of their activities, for the second wall (`accounts.in_hand`)."""

from django.db.models import Q, QuerySet

from accounts import in_hand
from accounts.models import User
from events.models import Activity, CoOrganiser
from images.models import Picture
from organisations.models import Organisation


def say() -> None:
    """Called when the app is ready."""
    in_hand.rule(Picture, lambda user: Q(pk__in=_activities(user).values("picture")))
    in_hand.rule(Picture, lambda user: Q(pk__in=_activities(user).values("entrance_picture")))
    in_hand.rule(
        CoOrganiser,
        lambda user: Q(activity__host__in=_mine(user)) | Q(organisation__in=_mine(user)),
    )


def _mine(user: User) -> QuerySet:
    return Organisation.objects.edited_by(user).values("pk")


def _activities(user: User) -> QuerySet[Activity]:
    return Activity.objects.filter(host__in=_mine(user))
