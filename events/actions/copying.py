"""A copy of an activity is a new draft that shares words with the old one and nothing else."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.coreutils import find_available_slug

from accounts import audit
from accounts.models import User
from events import permissions
from events.actions import publishing
from events.models import Activity, Suspension
from organisations.refusals import MayNotChange, MayNotCopy


def decide(activity: Activity) -> None:
    """Raise MayNotCopy, with words, while it is suspended: a copy would be a way round."""
    if Suspension.objects.filter(activity=activity.pk, lifted_at=None).exists():
        raise MayNotCopy(_("This activity has been taken off the site, so it cannot be copied."))


@transaction.atomic
def copy(*, activity: Activity, title: str, by: User) -> Activity:
    """A draft with the same words and schedule under another name, by who may publish for the host.

    One host has one activity of a name: pressed twice, it is one copy. Raises ValidationError, MayNotChange,
    MayNotCopy.
    """
    held = publishing.lock(activity)
    if not permissions.may_publish(by, held):
        raise MayNotChange(_("You cannot make activities for %(host)s.") % {"host": held.host})
    decide(held)
    name = " ".join(title.split())
    known = Activity.objects.filter(host=held.host).filter(
        Q(title__iexact=name) | Q(draft_title__iexact=name)
    )
    if not name or known.exists():
        raise ValidationError({"title": _("There is one with this name already. Choose another name.")})
    slug = find_available_slug(held.get_parent(), slugify(name) or "activity")
    return held.copy(update_attrs={"title": name, "draft_title": name, "slug": slug}, user=by)


@transaction.atomic
def renew(*, copy: Activity, by: User | None) -> Activity:
    """Give a fresh copy a life of its own.

    1. Its rules get new UUIDs, and those that continue another point to the new ones.
    2. It was never published, is not scheduled and does not expire.
    3. Revisions copied along would bring old UUIDs back: they go, and one new revision says what it is now.
    """
    draft = copy.get_latest_revision_as_object()
    rules = list(draft.rules.all())
    renewed = {rule.uuid: uuid.uuid4() for rule in rules}
    for rule in rules:
        rule.uuid = renewed[rule.uuid]
        rule.continues = renewed.get(rule.continues)
    draft.rules.add(*rules)
    draft.live = draft.expired = False
    draft.has_unpublished_changes = True
    draft.live_revision = draft.latest_revision = None
    draft.first_published_at = draft.last_published_at = None
    draft.go_live_at = draft.expire_at = None
    draft.save(clean=False)
    draft.revisions.all().delete()
    draft.save_revision(user=by, changed=False, clean=False)
    audit.record(by=by, action="activity.copied", subject=draft, organisation=draft.host.uuid)
    return draft
