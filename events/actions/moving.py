"""An activity may change hands: its page moves below another's and its dates stay the same dates."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.models import User
from events import permissions
from events.actions import publishing
from events.models import Activity, CoOrganiser
from organisations.models import Organisation, OrganisationPage
from organisations.permissions import is_public
from organisations.refusals import MayNotMove


@transaction.atomic
def move(*, activity: Activity, to: Organisation, by: User) -> None:
    """Put the activity under another organisation. Raises MayNotMove."""
    decide(activity, to.page, by=by)
    activity.move(to.page, pos="last-child", user=by)


def decide(activity: Activity, to: Page, *, by: User | None) -> None:
    """Raise MayNotMove, with words, unless the activity may stand under that page."""
    page = to.specific
    if not isinstance(page, OrganisationPage):
        raise MayNotMove(_("An activity stands under the page of the organisation that runs it."))
    if page.organisation_id == activity.host_id:
        return
    if by is not None and not permissions.may_move(by, activity, page.organisation):
        raise MayNotMove(_("Only the place’s officers can give an activity to another organisation."))
    if activity.live and not is_public(page.organisation, timezone.localdate()):
        raise MayNotMove(
            _("%(host)s cannot publish now, so a published activity cannot move there.")
            % {"host": page.organisation}
        )


@transaction.atomic
def arrived(*, activity: Activity, by: User | None) -> None:
    """Its page has moved: the organisation above is the host now."""
    held = publishing.lock(activity)
    before = held.host
    host = held.get_parent().specific.organisation
    if host != before:
        Activity.objects.filter(pk=held.pk).update(host=host)
        CoOrganiser.objects.filter(activity=held, organisation=host).delete()
    publishing.settle(
        activity=held, by=by, action="activity.moved", reason="", also=(before,) if host != before else ()
    )
