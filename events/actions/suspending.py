"""Taking one activity off the site because of a concern, and letting it come back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction

from accounts import audit
from accounts.acting import acting, as_the_platform
from accounts.models import User
from events.actions import publishing
from events.models import Activity, Suspension
from organisations import letters
from organisations.permissions import is_public, may_suspend
from organisations.refusals import MayNotChange


@transaction.atomic
def suspend(*, activity: Activity, by: User) -> Suspension:
    """It leaves every page, search and feed at once, and cannot go live until it is lifted. Again, nothing.

    Its scheduled going live is taken back too. Calendars say that we cannot tell whether it is on.
    """
    held = _held(activity, by)
    known = held.suspensions.filter(lifted_at=None).first()
    if known:
        return known
    showed = held.live_revision or held.get_latest_revision() if held.live else None
    suspension = Suspension.objects.create(activity=held, began_by=by, showed=showed)
    _record(held, "suspended", by)
    if held.live:
        with acting(by):
            UnpublishPageAction(held, user=by).execute(skip_permission_checks=True)
    held.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    gone = _("Families do not see it, and nobody can publish it. Ask your place’s officer about it.")
    _tell_owners(held, _("“%(title)s” is off the site"), gone, by)
    return suspension


@transaction.atomic
def lift(*, activity: Activity, by: User) -> None:
    """It may go live again. What the public saw before is public at once, if its host is. Again, nothing."""
    held = _held(activity, by)
    suspension = held.suspensions.filter(lifted_at=None).select_related("showed").first()
    if suspension is None:
        return
    suspension.lifted_at, suspension.lifted_by = timezone.now(), by
    suspension.save()
    _record(held, "lifted", by)
    if suspension.showed and is_public(held.host, timezone.localdate()):
        # Nobody is asked for a right to publish: the lead only takes back what a lead did.
        with as_the_platform():
            suspension.showed.publish(skip_permission_checks=True)
    back = _("If families saw it before, they see it again.")
    _tell_owners(held, _("“%(title)s” may be on the site again"), back, by)


def forget(*, dry_run: bool) -> int:
    """Suspensions that were lifted more than seven years ago; one that lasts stays, and keeps it off."""
    old = Suspension.objects.filter(lifted_at__lt=audit.SEVEN_YEARS_AGO)
    return old.count() if dry_run else old.delete()[0]


def _held(activity: Activity, by: User) -> Activity:
    held = publishing.lock(activity)
    if not may_suspend(by, held.host):
        raise MayNotChange(_("Only the place’s officers and safeguarding leads can do this."))
    return held


def _tell_owners(held: Activity, subject: str, line: str, by: User) -> None:
    """Never why: that may be what somebody has said in confidence."""
    letter = letters.Letter(
        subject % {"title": held.title}, (line,), label=_("See your dates"), href=letters.address("organise")
    )
    letters.send(letter, to=letters.owners(held.host, but=by))


def _record(activity: Activity, verb: str, by: User) -> None:
    audit.record(by=by, action=f"activity.{verb}", subject=activity, organisation=activity.host.uuid)
