"""What goes of an organisation a year after it was closed: all that its people wrote, showed or were.

What stays says that it was here, and what was decided about it. A higher app forgets what it keeps itself, of
the same organisations, in a step of its own.
"""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Revision

from accounts import audit
from images.models import Picture
from organisations.actions import members
from organisations.models import Organisation, OrganisationPage

KEPT = datetime.timedelta(days=365)
EMPTY = {
    **dict.fromkeys(("summary", "body", "email", "phone", "website", "safeguarding_contact"), ""),
    "picture": None,
    "owner": None,
}


def long_closed(now: datetime.datetime) -> QuerySet[Organisation]:
    return Organisation.objects.closed_before(now - KEPT).select_related("page").order_by("pk")


def forget(*, now: datetime.datetime, dry_run: bool) -> int:
    """Returns how many had anything left of their people."""
    return sum(_forget(organisation, dry_run=dry_run) for organisation in long_closed(now))


@transaction.atomic
def _forget(organisation: Organisation, *, dry_run: bool) -> bool:
    pages = OrganisationPage.objects.filter(organisation=organisation).exclude(**EMPTY)
    versions = Revision.objects.for_instance(organisation.page)
    left = (organisation.memberships.all(), pictures_of(organisation), versions, pages)
    if not any(rows.exists() for rows in left):
        return False
    if not dry_run:
        organisation.memberships.all().delete()
        members.provision(organisation).user_set.clear()
        pictures_of(organisation).delete()
        versions.delete()
        pages.update(**EMPTY)
        audit.record(
            by=None, action="organisation.forgotten", subject=organisation, organisation=organisation.uuid
        )
    return True


def pictures_of(organisation: Organisation) -> QuerySet[Picture]:
    """What lies in the collection that it was given."""
    return Picture.objects.filter(collection=members.collection_of(organisation))
