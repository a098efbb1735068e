"""First activities of a new organisation: sent to the officer, approved, or sent back with a question.

Whether one may go live is decided in `publishing.decide`, every time, on every way. This is what people do.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from events import permissions
from events.actions import publishing
from events.models import Activity, Review, Verdict
from organisations import letters
from organisations.refusals import ChangedMeanwhile, MayNotChange

KEPT = datetime.timedelta(days=365)
FORGOTTEN = {"asked_by": None, "decided_by": None, "answer": ""}


@transaction.atomic
def ask(*, activity: Activity, by: User) -> Review | None:
    """Who may publish it sends it to the officer. Again, it does nothing; None where nobody need look."""
    held = publishing.lock(activity)
    if not permissions.may_publish(by, held):
        raise MayNotChange(_("You cannot publish for %(host)s.") % {"host": held.host})
    if not permissions.needs_review(held):
        return None
    known = Review.objects.filter(activity=held).first()
    if known and known.verdict == Verdict.WAITING:
        return known
    review, _new = Review.objects.update_or_create(
        activity=held,
        defaults={
            "asked_at": timezone.now(),
            "asked_by": by,
            "verdict": Verdict.WAITING,
            "answer": "",
            "decided_at": None,
            "decided_by": None,
        },
    )
    _record("review_asked", held, by)
    officers = held.host.place.officers.filter(user__is_active=True)
    letters.send(
        letters.Letter(
            subject=_("%(host)s: a first look at “%(title)s”")
            % {"host": held.host, "title": held.draft_title},
            lines=(_("It is new here. Look at it before families see it."),),
            label=_("Look at it"),
            href=letters.address("desk_review", held.uuid),
        ),
        to=officers.values_list("user__email", flat=True),
    )
    return review


@transaction.atomic
def approve(*, activity: Activity, seen: int | None, by: User) -> Review:
    """The officer has looked at the draft `seen`: it goes live, or at its time. Again, it does nothing."""
    held = _for_officer(activity, by)
    review = _asked(held)
    if review.verdict == Verdict.APPROVED:
        return review
    if held.latest_revision_id != seen:
        raise ChangedMeanwhile(_("It has been changed since you looked. Look at it again."))
    publishing.publish(activity=held, by=by)
    _tell(
        held,
        review,
        letters.Letter(
            subject=_("“%(title)s” is approved") % {"title": held.draft_title},
            lines=(_("Our officer has looked at it. Families find it now, or at the time you have set."),),
            label=_("See your dates"),
            href=letters.address("organise"),
        ),
    )
    return Review.objects.get(pk=review.pk)


@transaction.atomic
def send_back(*, activity: Activity, words: str, by: User) -> Review:
    """Something has to change first. Whoever publishes it again sends it to the officer again."""
    held = _for_officer(activity, by)
    review = _asked(held)
    if review.verdict != Verdict.WAITING:
        raise ChangedMeanwhile(_("Somebody else has decided this meanwhile."))
    if not words.strip():
        raise ValidationError({"words": _("Write it in words: they are sent by mail.")})
    review.verdict, review.answer = Verdict.RETURNED, words.strip()
    review.decided_at, review.decided_by = timezone.now(), by
    review.save()
    _record("review_returned", held, by, reason=review.answer)
    _tell(
        held,
        review,
        letters.Letter(
            subject=_("A question about “%(title)s”") % {"title": held.draft_title},
            lines=(review.answer, _("Change it, then press Publish again.")),
            label=_("Change it"),
            href=letters.address("wagtailadmin_pages:edit", held.pk),
        ),
    )
    return review


def _for_officer(activity: Activity, by: User) -> Activity:
    held = publishing.lock(activity)
    if not permissions.may_review(by, held):
        raise MayNotChange(_("Only the place’s officers can do this."))
    return held


def forget(*, now: datetime.datetime, dry_run: bool) -> int:
    """Who asked, who decided and what was written, a year after the activity was let through."""
    old = Review.objects.filter(verdict=Verdict.APPROVED, decided_at__lt=now - KEPT).exclude(**FORGOTTEN)
    return old.count() if dry_run else old.update(**FORGOTTEN)


def _asked(held: Activity) -> Review:
    review = Review.objects.filter(activity=held).first()
    if review is None:
        raise ValidationError(_("Nobody has asked for this."))
    return review


def _tell(held: Activity, review: Review, letter: letters.Letter) -> None:
    asker = [review.asked_by.email] if review.asked_by else []
    letters.send(letter, to=[*letters.owners(held.host), *asker])


def _record(verb: str, held: Activity, by: User, reason: str = "") -> None:
    audit.record(by=by, action=f"activity.{verb}", subject=held, organisation=held.host.uuid, reason=reason)
