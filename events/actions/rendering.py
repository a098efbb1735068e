"""Making prepared texts again: after a name has changed, and after a release or a new address.

Everything here goes in batches, each in a transaction of its own, and can be stopped and begun again.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from events import listing
from events.actions import publishing
from events.feeds import entries, phrases
from events.feeds.feed import Window
from events.models import Activity, CalendarEntry, CoOrganiser, Occurrence, RenderQueue
from organisations.models import Generation, Scope

AT_ONCE = 100
Progress = Callable[[int], None]


def render_queued(*, now: datetime.datetime, progress: Progress | None = None) -> int:
    """Write the entries and listings of what is queued; returns how many activities.

    What is queued again meanwhile is left for the next time, so that this ends.
    """
    done, until = 0, timezone.now()
    while keys := _oldest(until):
        done += _render_queued(keys, now)
        if progress:
            progress(done)
    return done


def render_outdated(*, now: datetime.datetime, progress: Progress | None = None) -> int:
    """Write entries that feeds have to render as they go: by an earlier renderer, for another address, of a
    host that has lapsed since; and those that are missing. Returns how many activities.

    Histories stay. Feeds read the same before and after, so no generation is raised for that.
    """
    done = 0
    for keys in _batches(outdated(now=now)):
        with transaction.atomic():
            publishing.lock_all(Activity.objects.filter(pk__in=keys))
            entries.render_anew(keys, now=now)
        done += len(keys)
        if progress:
            progress(done)
    for keys in _batches(_missing(now)):
        with transaction.atomic():
            publishing.lock_all(Activity.objects.filter(pk__in=keys))
            if entries.write_many(keys, now=now):
                Generation.objects.raised(*_scopes(keys))
        done += len(keys)
    return done


def lapsed_partners(*, now: datetime.datetime) -> QuerySet[CoOrganiser]:
    """Those whose declaration has run out in the last week and whose names may still stand in entries."""
    today = timezone.localdate(now)
    return CoOrganiser.objects.filter(
        accepted_at__isnull=False,
        organisation__declaration_until__lt=today,
        organisation__declaration_until__gte=today - datetime.timedelta(days=7),
        activity__first_published_at__isnull=False,
    )


def queue_lapsed_partners(*, now: datetime.datetime) -> int:
    """Queue the activities of lapsed partners: their names go from the entries. Returns how many."""
    keys = set(lapsed_partners(now=now).values_list("activity_id", flat=True))
    with transaction.atomic():
        RenderQueue.objects.add(keys)
    return len(keys)


def _oldest(until: datetime.datetime) -> list[int]:
    rows = RenderQueue.objects.filter(asked_at__lte=until).order_by("asked_at", "pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _render_queued(keys: Sequence[int], now: datetime.datetime) -> int:
    """1. Hold the activities, then their rows of the queue: whoever renames waits and queues them anew.

    2. Write entries, raise the generations, write listings. 3. Take them off the queue.
    """
    publishing.lock_all(Activity.objects.filter(pk__in=keys))
    rows = RenderQueue.objects.select_for_update().filter(pk__in=keys)
    held = sorted(rows.values_list("pk", flat=True))
    entries.write_many(held, now=now)
    generation = Generation.objects.raised(*_scopes(held))
    listing.write_many(held, generation=generation, now=now)
    RenderQueue.objects.filter(pk__in=held).delete()
    return len(held)


def outdated(*, now: datetime.datetime) -> list[int]:
    """Activities with entries that feeds have to render as they go."""
    today = timezone.localdate(now)
    of_today = Q(words__renderer=phrases.RENDERER, words__address=settings.PUBLIC_ADDRESS)
    rows = CalendarEntry.objects.filter(starts_at__gte=Window.on(today).first)
    rows = rows.filter(~of_today | Q(public_until__lt=today))
    return sorted(rows.order_by().values_list("activity_id", flat=True).distinct())


def _missing(now: datetime.datetime) -> list[int]:
    first = Window.on(timezone.localdate(now)).first
    dates = Occurrence.objects.once_public().filter(starts_at__gte=first)
    without = dates.filter(~Exists(CalendarEntry.objects.filter(pk=OuterRef("pk"))))
    return sorted(without.order_by().values_list("activity_id", flat=True).distinct())


def _batches(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE))


def _scopes(keys: Sequence[int]) -> list[tuple[Scope, uuid.UUID]]:
    """The activities, their hosts and their partners."""
    activities = Activity.objects.filter(pk__in=keys).values_list("uuid", "host__uuid")
    partners = CoOrganiser.objects.filter(activity_id__in=keys, accepted_at__isnull=False)
    organisations = {host for _, host in activities} | set(
        partners.values_list("organisation__uuid", flat=True)
    )
    return [
        *((Scope.ACTIVITY, activity) for activity, _ in activities),
        *((Scope.ORGANISATION, organisation) for organisation in organisations),
    ]
