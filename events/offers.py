"""What organisations offer, for the pages of organisations that know it by its id only: concerns."""

from uuid import UUID

from django.utils import timezone

from accounts.models import User
from events import permissions
from events.actions import suspending
from events.addresses import path_of
from events.models import Activity, Suspension
from organisations.models import Organisation
from organisations.slots import Offer


def find(uuid: UUID) -> Offer | None:
    activity = Activity.objects.select_related("host__place").filter(uuid=uuid).first()
    if activity is None:
        return None
    return Offer(
        uuid=activity.uuid,
        name=activity.title,
        host=activity.host,
        involved=(activity.host, *activity.partners()),
        address=path_of(activity),
        was_public=activity.first_published_at is not None,
        is_public=permissions.is_public(activity, timezone.localdate()),
        suspended=Suspension.objects.filter(activity=activity, lifted_at=None).exists(),
    )


def count_public(organisation: Organisation) -> int:
    """How many activities the public sees of it now, its host's being seen."""
    return Activity.objects.filter(host=organisation, live=True).count()


def suspend(*, uuid: UUID, by: User) -> None:
    suspending.suspend(activity=Activity.objects.get(uuid=uuid), by=by)


def lift(*, uuid: UUID, by: User) -> None:
    suspending.lift(activity=Activity.objects.get(uuid=uuid), by=by)
