"""A copy of an activity is a new draft that shares words with the old one and nothing else."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from events.models import Activity, Suspension
from organisations.refusals import MayNotCopy


def decide(activity: Activity) -> None:
    """Raise MayNotCopy, with words, while it is suspended: a copy would be a way round."""
    if Suspension.objects.filter(activity=activity.pk, lifted_at=None).exists():
        raise MayNotCopy(_("This activity has been taken off the site, so it cannot be copied."))


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
