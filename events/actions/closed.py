"""What goes of the activities of an organisation a year after it was closed: every word but their titles."""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Revision

from events import listing
from events.actions import publishing
from events.models import Activity, ActivityAccess, Listing, Occurrence, PageText
from organisations.actions import closed
from organisations.models import Generation, Organisation

WORDS = (
    *("summary", "body", "booking_address", "price_note", "welcome", "bring", "bus", "step_free_way"),
    *("parking", "food", "adults"),
)
EMPTY = {
    **dict.fromkeys(WORDS, ""),
    "joining": "ask",  # one that is booked has an address to do it at
    "picture": None,
    "entrance_picture": None,
    "owner": None,
}


def forget(*, now: datetime.datetime, dry_run: bool) -> int:
    """Returns how many organisations had any left."""
    return sum(_forget(organisation, now, dry_run=dry_run) for organisation in closed.long_closed(now))


@transaction.atomic
def _forget(organisation: Organisation, now: datetime.datetime, *, dry_run: bool) -> bool:
    activities = Activity.objects.filter(host=organisation)
    texts = activities.exclude(**EMPTY)
    notes = ActivityAccess.objects.filter(activity__in=activities).exclude(note="")
    dates = Occurrence.objects.filter(activity__in=activities).exclude(reason="", notice="")
    prepared = PageText.objects.filter(activity__in=activities)
    left = (texts, notes, dates, prepared, _versions(activities))
    if not any(rows.exists() for rows in left):
        return False
    if not dry_run:
        publishing.lock_all(activities)
        _versions(activities).delete()
        prepared.delete()
        notes.update(note="")
        dates.update(reason="", notice="")
        texts.update(**EMPTY)
        listed = list(Listing.objects.filter(activity__in=activities).values_list("pk", flat=True))
        listing.write_many(listed, generation=Generation.objects.raised(), now=now)
    return True


def _versions(activities: QuerySet[Activity]) -> QuerySet[Revision]:
    keys = [str(key) for key in activities.values_list("pk", flat=True)]
    return Revision.page_revisions.filter(object_id__in=keys)
