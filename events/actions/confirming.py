"""Once a term an activity's contact is asked by mail whether it is still right. One press says that it is."""

import datetime

from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from events.actions import publishing, vouching
from events.confirmed import LEAVES_AFTER
from events.models import Activity, ConfirmationRequest, Occurrence
from events.permissions import is_public
from organisations import letters
from organisations.models import Organisation
from organisations.refusals import MayNotChange
from places.models import Place

SIGNER = signing.Signer(salt="events.confirmation")
SEASONS = ((8, 1), (4, 1), (1, 1))
"""Month and day on which autumn, summer and spring begin, for terms: a half term does not make a new one."""
AT_LATEST = datetime.timedelta(days=30)
"""Where no term is known or has begun, they are asked so long after the season began."""
STILL_FRESH = datetime.timedelta(days=30)
"""Who has confirmed it within these days is asked when they are over."""
REQUESTS_LIVE = datetime.timedelta(days=730)


@transaction.atomic
def confirm(*, activity: Activity) -> bool:
    """Somebody who reads the contact's mail says that it is still right. It is back in lists at once.

    Nobody has signed in, so nobody's name is on record. False where it was confirmed today already. Raises
    MayNotChange where the public cannot see it anyway.
    """
    held = publishing.lock(activity)
    today = timezone.localdate()
    if not is_public(held, today):
        raise MayNotChange(_("This activity is not on the site at the moment. Sign in to see why."))
    if held.confirmed_on == today:
        return False
    vouching.confirm_on(held, today)
    publishing.settle(activity=held, by=None)
    audit.record(
        by=None,
        action="activity.confirmed",
        subject=held,
        organisation=held.host.uuid,
        details={"by": "the link in the mail"},
    )
    return True


def ask_all(*, now: datetime.datetime, dry_run: bool) -> int:
    """Ask about each activity that is due, once a season. Returns how many mails that makes."""
    today = timezone.localdate(now)
    asked = 0
    for place in Place.objects.order_by("pk"):
        season = _season_to_ask_for(place, today)
        keys = list(_due(place, season, now).values_list("pk", flat=True))
        asked += len(keys) if dry_run else sum(_ask(key, season) for key in keys)
    return asked


def forget_requests(*, today: datetime.date, dry_run: bool) -> int:
    old = ConfirmationRequest.objects.filter(season__lt=today - REQUESTS_LIVE)
    return old.count() if dry_run else old.delete()[0]


def season_of(day: datetime.date) -> datetime.date:
    """The first day of its autumn, spring or summer."""
    months = [datetime.date(day.year, month, first) for month, first in SEASONS]
    return next(begins for begins in months if begins <= day)


def token(activity: Activity, season: datetime.date) -> str:
    """What the mail's address ends with. It is for this activity and its host of today alone."""
    return SIGNER.sign_object([str(activity.uuid), str(activity.host.uuid), season.isoformat()])


def find(given: str, today: datetime.date) -> Activity | None:
    """The activity behind a token that is whole, of its present host, and not of a season long over."""
    try:
        uuid, host, season = SIGNER.unsign_object(given)
    except (signing.BadSignature, ValueError):
        return None
    if today >= datetime.date.fromisoformat(season) + LEAVES_AFTER:
        return None
    found = Activity.objects.select_related("host__place", "host__page", "venue", "type")
    return found.filter(uuid=uuid, host__uuid=host).first()


def _season_to_ask_for(place: Place, today: datetime.date) -> datetime.date:
    """Of the term that runs; in the holidays the season that began a month ago, for whoever was not asked."""
    running = place.terms.running(today).first()
    return season_of(running.first_day if running else today - AT_LATEST)


def _due(place: Place, season: datetime.date, now: datetime.datetime) -> QuerySet[Activity]:
    """What families can see and what has dates to come, unless it was asked about or confirmed just now."""
    today = timezone.localdate(now)
    hosts = Organisation.objects.public(today).filter(place=place)
    asked = ConfirmationRequest.objects.filter(activity=OuterRef("pk"), season=season)
    coming = Occurrence.objects.filter(activity=OuterRef("pk")).upcoming(now).happening()
    due = Activity.objects.filter(~Exists(asked), Exists(coming), live=True, host__in=hosts)
    return due.filter(Q(confirmed_on=None) | Q(confirmed_on__lte=today - STILL_FRESH)).order_by("pk")


@transaction.atomic
def _ask(key: int, season: datetime.date) -> bool:
    """False where nobody can be reached, or somebody else is asking at this moment."""
    activity = Activity.objects.select_related("host__page").get(pk=key)
    to = _readers(activity)
    if not to or not ConfirmationRequest.objects.get_or_create(activity=activity, season=season)[1]:
        return False
    letters.send(
        letters.Letter(
            subject=_("Is it still right? %(activity)s") % {"activity": activity.title},
            lines=(
                _("Once a term we ask whether what families read about “%(activity)s” is still right.")
                % {"activity": activity.title},
                _("If it is, the link leads to a page with one button. You need not sign in."),
                _("If nobody answers, the page says so to families, and later our lists leave it out."),
            ),
            label=_("It is still right"),
            href=letters.address("confirm", token(activity, season)),
            other_label=_("Change it"),
            other_href=letters.address("organise_activity", activity.uuid),
        ),
        to=to,
    )
    return True


def _readers(activity: Activity) -> list[str]:
    """The address that families are given; without one, the organisation's owners."""
    page = getattr(activity.host, "page", None)
    return [page.email] if page and page.email else letters.owners(activity.host)
