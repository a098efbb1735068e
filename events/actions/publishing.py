"""Going live and leaving. Every way in and out ends in `settle`.

Whoever starts it (Wagtail's own views, a scheduled time, an officer, an organiser), the activity's dates,
its calendar entries, its listing and the generations are written in the one transaction that also decides
whether it may be public.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Revision

from accounts import audit
from accounts.acting import acting
from accounts.models import AuditEntry, User
from events import dates, listing, permissions, pictures
from events.actions import refreshing, vouching
from events.feeds import entries
from events.models import Activity, Occurrence, Review, Suspension, Verdict
from events.wording import problem_words
from organisations.models import Generation, Organisation, Scope
from organisations.permissions import is_public
from organisations.refusals import AwaitsReview, MayNotPublish


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of it. `generation` is None where nothing was ever public."""

    public: bool
    changes: refreshing.Changes
    generation: int | None


@transaction.atomic
def publish(*, activity: Activity, by: User, revision: Revision | None = None) -> None:
    """Put the latest draft, or an earlier revision, before the public; or at its time if it has one.

    Raises MayNotPublish.
    """
    revision = revision or activity.get_latest_revision() or activity.save_revision(user=by)
    decide(revision.as_object(), by=by)
    revision.publish(user=by, skip_permission_checks=True)


@transaction.atomic
def unpublish(*, activity: Activity, by: User) -> None:
    """Take it away from the public. Its dates stay as tombstones. Raises MayNotPublish."""
    _refuse_strangers(activity, by)
    with acting(by):
        UnpublishPageAction(activity, user=by).execute(skip_permission_checks=True)


def decide(activity: Activity, *, by: User | None, today: datetime.date | None = None) -> None:
    """Raise MayNotPublish, with words, unless this version of the activity may go live.

    1. The person may publish for the host. Nobody is asked where the platform itself acts.
    2. The host is verified and its declaration holds, and no safeguarding lead has taken the activity off.
    3. Every rule of the schedule makes sense: no time that the clock change leaps over.
    4. An officer has approved it, if it is among the first of a new organisation; also where nobody is asked
       whether they may. An officer who publishes it has looked at it.
    """
    today = today or timezone.localdate()
    _refuse_strangers(activity, by)
    if not is_public(activity.host, today):
        raise MayNotPublish(
            _("%(host)s cannot publish now. It is not checked, or its safeguarding declaration has run out.")
            % {"host": activity.host}
        )
    if Suspension.objects.filter(activity=activity.pk, lifted_at=None).exists():
        raise MayNotPublish(
            _("This activity is off the site while somebody looks into it. You cannot publish it.")
        )
    found = dates.problems_of(activity.rules.all(), dates.school_year(activity.host.place))
    if found:
        raise MayNotPublish(" ".join(dict.fromkeys(problem_words(problem) for problem in found)))
    if permissions.needs_review(activity) and not (by and permissions.may_review(by, activity)):
        raise AwaitsReview(
            _(
                "It waits for our officer. We look at the first three activities of a new organisation "
                "before families see them. You get a mail."
            )
        )


@transaction.atomic
def arrive(*, activity: Activity, by: User | None, revision: Revision | None = None) -> Settled:
    """It has just gone live, or been scheduled to: decide whether it may, and settle."""
    pictures.cut(activity)
    held = lock(activity)
    decide(held, by=by)
    if by and permissions.needs_review(held):
        _pass_review(held, by)
    vouching.vouch(activity=held, by=by, today=timezone.localdate())
    action = "activity.published" if held.live else "activity.scheduled"
    return settle(activity=held, by=by, action=action)


@transaction.atomic
def settle(
    *,
    activity: Activity,
    by: User | None,
    action: str = "",
    reason: str = "",
    also: tuple[Organisation, ...] = (),
    now: datetime.datetime | None = None,
) -> Settled:
    """Make all that is derived from an activity true: the one end of every way in and out.

    1. Hold the activity's row, then its host's.
    2. It is public if it is live and its host is public today.
    3. While it is live its dates follow its schedule; those that become public are public from now on.
    4. Write its calendar entries, raise the generations, write its listing. A draft that was never public has
       none of these.
    5. Record `action`, if one is given.

    `also` names organisations besides its own whose pages change: an earlier host, a co-organiser that left.
    """
    now = now or timezone.now()
    activity = lock(activity)
    public = permissions.is_public(activity, timezone.localdate(now))
    changes = refreshing.refresh_dates(activity=activity, now=now) if activity.live else refreshing.Changes()
    if public:
        _become_public(activity, now)
    generation = None
    if activity.first_published_at is not None:
        entries.write(activity, now=now)
        generation = Generation.objects.raised(*_scopes(activity, also))
        listing.write(activity, generation=generation, now=now)
    if action:
        record(activity, by, action, reason, told(changes, public=public))
    return Settled(public=public, changes=changes, generation=generation)


def lock(activity: Activity) -> Activity:
    """The activity as it stands now, its row and its host's held until the transaction ends.

    Everybody takes the activity first and the organisation second, so that nobody waits in a circle.
    """
    rows = Activity.objects.select_for_update(of=("self",), no_key=True)
    held = rows.select_related("type", "venue", "locale").get(pk=activity.pk)
    hosts = Organisation.objects.select_for_update(of=("self",), no_key=True).select_related("place")
    held.host = hosts.get(pk=held.host_id)
    return held


def lock_all(activities: QuerySet[Activity]) -> list[Activity]:
    """Hold many at once, always in the same order, before the first of them is settled."""
    rows = Activity.objects.filter(pk__in=activities.values("pk")).order_by("pk")
    return list(rows.select_for_update(of=("page_ptr", "self"), no_key=True))


def _pass_review(held: Activity, by: User) -> None:
    """An officer lets it go live: one less of its host's first activities to look at."""
    now = timezone.now()
    decided = {"verdict": Verdict.APPROVED, "decided_at": now, "decided_by": by, "answer": ""}
    Review.objects.update_or_create(
        activity=held, defaults=decided, create_defaults={**decided, "asked_at": now}
    )
    Organisation.objects.filter(pk=held.host_id, reviews_left__gt=0).update(
        reviews_left=F("reviews_left") - 1
    )
    held.host.refresh_from_db(fields=["reviews_left"])
    record(held, by, "activity.review_approved", "", {"reviews_left": held.host.reviews_left})


def _refuse_strangers(activity: Activity, by: User | None) -> None:
    if by is not None and not permissions.may_publish(by, activity):
        raise MayNotPublish(_("You cannot publish for %(host)s.") % {"host": activity.host})


def _become_public(activity: Activity, now: datetime.datetime) -> None:
    hidden = Occurrence.objects.filter(activity=activity, public_since=None, ends_at__gt=now)
    hidden.update(public_since=now)


def _scopes(activity: Activity, also: tuple[Organisation, ...]) -> list[tuple[Scope, Any]]:
    organisations = {
        activity.host.uuid,
        *(each.uuid for each in also),
        *activity.partners().values_list("uuid", flat=True),
    }
    return [(Scope.ACTIVITY, activity.uuid), *((Scope.ORGANISATION, uuid) for uuid in organisations)]


def told(changes: refreshing.Changes, *, public: bool) -> dict[str, int]:
    """What the audit trail keeps of a settling."""
    return {
        "public": public,
        "dates_created": changes.created,
        "dates_changed": changes.changed,
        "dates_withdrawn": changes.withdrawn,
        "dates_removed": changes.removed,
    }


def record(
    activity: Activity, by: User | None, action: str, reason: str, details: dict[str, Any]
) -> AuditEntry:
    """What was done to an activity, in its organisation's trail."""
    return audit.record(
        by=by,
        action=action,
        subject=activity,
        organisation=activity.host.uuid,
        reason=reason,
        details=details,
    )
