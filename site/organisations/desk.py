"""What waits for an officer, in their places only."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from jobs import running
from jobs.models import LastSuccess
from organisations import permissions
from organisations.models import Application, Declaration, Organisation, State
from organisations.slots import Pile

LOOK_AHEAD = datetime.timedelta(days=60)
LOOK_BACK = datetime.timedelta(days=90)


@dataclass(frozen=True, slots=True)
class LastNight:
    """`stale`: two nights were missed, so reminders and dates do not come by themselves."""

    at: datetime.datetime | None
    stale: bool


def applications(user: User) -> QuerySet[Application]:
    return permissions.applications_for(user).waiting().select_related("place", "applicant")


def ending(user: User, today: datetime.date) -> QuerySet[Organisation]:
    """Declarations that run out soon or have just run out, the first of them first."""
    verified = permissions.overseen_by(user).filter(
        state=State.VERIFIED,
        declaration_until__gte=today - LOOK_BACK,
        declaration_until__lte=today + LOOK_AHEAD,
    )
    return verified.select_related("place").order_by("declaration_until", "name")


def renewed(user: User) -> QuerySet[Declaration]:
    """Signed again by verified organisations, and no officer has read it. Nobody's own."""
    unread = Declaration.objects.filter(
        signed_at__isnull=False,
        read_at=None,
        organisation__in=permissions.judged_by(user),
        organisation__state=State.VERIFIED,
    )
    return unread.select_related("organisation__place").order_by("signed_at")


def concerns(user: User, now: datetime.datetime) -> Pile:
    """How many are open, and nothing else; only a lead finds the way to them."""
    number = permissions.concerns_counted_by(user).waiting().count()
    is_lead = permissions.is_lead(user)
    words = ngettext("%(number)s open concern", "%(number)s open concerns", number) % {"number": number}
    if not is_lead:
        words = _("%(concerns)s. Only the safeguarding lead reads them.") % {"concerns": words}
    href = reverse("concern:index") if number and is_lead else ""
    return Pile(title=_("Concerns"), lines=((words, href),) if number else (), none=_("No concern is open."))


def last_night(now: datetime.datetime) -> LastNight:
    done = LastSuccess.objects.filter(name="nightly").values_list("at", flat=True).first()
    return LastNight(done, running.stale(now))
