"""What happens at its time: pages go live and expire, each by itself: one that cannot never stops others."""

import datetime
import logging
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.translation import override
from wagtail.models import DraftStateMixin, Page, Revision

from accounts import audit
from events.models import Activity
from organisations.refusals import Refused

log = logging.getLogger(__name__)


def publish_due(now: datetime.datetime) -> int:
    """Take away what has expired, then publish what is due; returns how many pages changed.

    Whether a page may go live is decided again now: one whose host has lapsed stays a draft, and the audit
    trail says why.
    """
    return _expire_due(now) + _publish_due(now)


def _expire_due(now: datetime.datetime) -> int:
    done = 0
    for model in _draft_models():
        due = model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")
        for key in list(due.values_list("pk", flat=True)):
            done += _alone(
                f"{model.__name__} {key} to expire", lambda model=model, key=key: _expire(model, key, now)
            )
    return done


def _publish_due(now: datetime.datetime) -> int:
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    keys = list(due.values_list("pk", flat=True))
    return sum(_alone(f"revision {key} to publish", lambda key=key: _publish(key, now)) for key in keys)


def _alone(what: str, change: Callable[[], bool]) -> bool:
    try:
        return change()
    except Exception:
        log.exception("%s: failed, tried again next time", what)
        return False


@transaction.atomic
def _expire(model: type[Any], key: int, now: datetime.datetime) -> bool:
    """Looked at again under a lock: somebody may just have given it more time."""
    row = model.objects.select_for_update().filter(pk=key, live=True, expire_at__lt=now).first()
    if row is None:
        return False
    draft: Any = row.specific if isinstance(row, Page) else row
    draft.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _publish(key: int, now: datetime.datetime) -> bool:
    try:
        with transaction.atomic():
            revision = (
                Revision.objects.select_for_update().filter(pk=key, approved_go_live_at__lt=now).first()
            )
            if revision is None:
                return False
            revision.publish(log_action="wagtail.publish.scheduled")
            return True
    except Refused as refusal:
        _stay_a_draft(key, refusal)
        return False


@transaction.atomic
def _stay_a_draft(key: int, refusal: Refused) -> None:
    revision = Revision.objects.get(pk=key)
    page = revision.content_object
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    if isinstance(page, Activity):
        with override("en"):
            reason = str(refusal)
        audit.record(
            by=None, action="activity.refused", subject=page, organisation=page.host.uuid, reason=reason
        )


def _draft_models() -> list[type[Any]]:
    """As Wagtail's own command has it: pages, and whatever else has drafts."""
    others = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *others]
