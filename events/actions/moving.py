"""An activity may change hands: its page moves below another's and its dates stay the same dates."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.models import User
from events import permissions
from events.actions import publishing
from events.models import Activity, CoOrganiser
from organisations.actions import closed, members
from organisations.models import Organisation, OrganisationPage
from organisations.permissions import is_public
from organisations.refusals import MayNotMove

PICTURES = ("picture", "entrance_picture")


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
        Activity.objects.filter(pk=held.pk).update(host=host, **_pictures_taken_along(held, before, host))
        CoOrganiser.objects.filter(activity=held, organisation=host).delete()
    publishing.settle(
        activity=held, by=by, action="activity.moved", reason="", also=(before,) if host != before else ()
    )


def _pictures_taken_along(held: Activity, before: Organisation, host: Organisation) -> dict[str, int]:
    """Copies, in every version too: whom it leaves keeps its own, which go when that one is forgotten.

    A picture whose file has gone from the disk stays what it is: there is nothing to copy.
    """
    versions = list(held.revisions.all())
    said = [{name: getattr(held, f"{name}_id") for name in PICTURES}, *(each.content for each in versions)]
    keys = {each.get(name) for each in said for name in PICTURES} - {None}
    into = members.collection_of(host)
    theirs = closed.pictures_of(before).filter(pk__in=keys)
    copies = {each.pk: each.copied(into).pk for each in theirs if each.file.storage.exists(each.file.name)}
    for version in versions:
        version.content |= _with_copies(version.content, copies)
        version.save(update_fields=["content"])
    return {f"{name}_id": key for name, key in _with_copies(said[0], copies).items()}


def _with_copies(said: dict[str, Any], copies: dict[int, int]) -> dict[str, int]:
    return {name: copies[said[name]] for name in PICTURES if said.get(name) in copies}
