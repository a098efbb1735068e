"""What becomes of activities when an organisation, a venue or an entry of a list changes."""

from django.db.models import Q, QuerySet

from accounts.models import User
from events.actions import publishing
from events.models import Activity, ActivityType, Aim, Language, RenderQueue
from images.models import Picture
from organisations.models import AccessFeature, Generation, Organisation, Scope, Venue

Entry = ActivityType | Aim | Language | AccessFeature
Named = Organisation | Venue | Picture | Entry


def lock_all(*, organisation: Organisation) -> None:
    """Hold its activities before its own row is held, in the order that everybody keeps."""
    publishing.lock_all(_once_public(organisation))


def settle_all(*, organisation: Organisation, by: User | None) -> int:
    """Settle everything that the organisation runs or helps to run; returns how many."""
    activities = publishing.lock_all(_once_public(organisation))
    for activity in activities:
        publishing.settle(activity=activity, by=by, also=(organisation,))
    if not activities:
        _raise_generation(organisation)
    return len(activities)


def page_changed(*, organisation: Organisation) -> None:
    """Its public page has other words. Addresses follow the organisation's own slug, which stays."""
    _raise_generation(organisation)


def _raise_generation(organisation: Organisation) -> None:
    """Pages that show the organisation are built anew."""
    Generation.objects.raised((Scope.ORGANISATION, organisation.uuid))


def queue_texts(*, subject: Named) -> int:
    """Queue all activities in whose texts this name or picture stands, let pages be built anew; returns how
    many. What stands in none may still be asked for: a new entry of a list is known at once."""
    activities = _naming(subject)
    keys = list(activities.values_list("pk", flat=True).distinct())
    RenderQueue.objects.add(keys)
    organisations = set(activities.values_list("host__uuid", flat=True))
    if isinstance(subject, Organisation):
        organisations.add(subject.uuid)
    scopes = [(Scope.ACTIVITY, uuid) for uuid in activities.values_list("uuid", flat=True).distinct()]
    Generation.objects.raised(*scopes, *((Scope.ORGANISATION, uuid) for uuid in organisations))
    return len(keys)


def _once_public(organisation: Organisation) -> QuerySet[Activity]:
    return Activity.run_by(organisation).filter(first_published_at__isnull=False)


def _naming(subject: Named) -> QuerySet[Activity]:
    if isinstance(subject, Organisation):
        activities = Activity.run_by(subject)
    elif isinstance(subject, Venue):
        activities = Activity.objects.filter(Q(venue=subject) | Q(occurrences__venue=subject))
    elif isinstance(subject, Picture):
        activities = Activity.objects.filter(Q(picture=subject) | Q(entrance_picture=subject))
    elif isinstance(subject, AccessFeature):
        # Of each it is said of every feature whether it is there, or that nobody knows.
        activities = Activity.objects.all()
    elif isinstance(subject, ActivityType):
        activities = Activity.objects.filter(type=subject)
    else:
        activities = subject.activities.all()
    return activities.filter(first_published_at__isnull=False)
