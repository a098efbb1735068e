"""Deleting drafts. What was ever public is closed, not deleted: calendars and links still point to it."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts import audit
from accounts.models import User
from events.models import Activity, Occurrence
from organisations.models import OrganisationPage
from organisations.refusals import MayNotRemove


def decide(page: Page) -> None:
    """Raise MayNotRemove, with words, if this page or one below it was ever public, or ever suspended."""
    below = Page.objects.descendant_of(page, inclusive=True)
    activity = Activity.objects.filter(pk__in=below.values("pk"), first_published_at__isnull=False).first()
    if activity:
        raise MayNotRemove(
            _(
                "“%(page)s” has been public, so it cannot be deleted: calendars and links still point to it. "
                "Unpublish it instead."
            )
            % {"page": activity}
        )
    suspended = Activity.objects.filter(pk__in=below.values("pk"), suspensions__isnull=False).first()
    if suspended:
        raise MayNotRemove(
            _(
                "“%(page)s” was off the site while somebody looked into it. That stays on record, "
                "so it cannot be deleted."
            )
            % {"page": suspended}
        )
    known = Q(organisation__verified_on__isnull=False) | Q(organisation__activities__isnull=False)
    organisation = OrganisationPage.objects.filter(known, pk__in=below.values("pk")).first()
    if organisation:
        raise MayNotRemove(
            _(
                "“%(page)s” has been public or has activities, so it must stay. "
                "Close the organisation instead."
            )
            % {"page": organisation}
        )


@transaction.atomic
def prepare(*, page: Page, by: User | None) -> None:
    """What must happen before a page that was never public is deleted: its dates, never public either, go.

    Raises MayNotRemove.
    """
    decide(page)
    below = Page.objects.descendant_of(page, inclusive=True)
    for activity in Activity.objects.filter(pk__in=below.values("pk")).select_related("host"):
        Occurrence.objects.filter(activity=activity).delete()
        audit.record(by=by, action="activity.removed", subject=activity, organisation=activity.host.uuid)
