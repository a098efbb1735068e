"""A concern's way: reported by anybody, read by leads only, looked at, handed over, closed, forgotten.

Its words are sealed before they reach the database and never stand in an audit row, a mail or an error.
Audit rows name no organisation either: its members must not learn from them that somebody has said something.
"""

import datetime
import secrets
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from organisations import permissions, sealing
from organisations.actions import verification
from organisations.models import (
    Concern,
    ConcernNote,
    ConcernReading,
    ConcernState,
    Organisation,
    Outcome,
)
from organisations.refusals import ChangedMeanwhile, MayNotChange
from organisations.slots import OFFERS
from places.models import Place

KEPT_AFTER_CLOSING = datetime.timedelta(days=365)
LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Of a reference: none that looks like another, no vowel, so that no word comes about."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said. It lives in memory only."""

    what: str
    where: str = ""
    name: str = ""
    contact: str = ""
    under_18: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """Whom it is about, as far as that is known, and which place answers."""

    place: Place | None = None
    organisation: Organisation | None = None
    activity: uuid.UUID | None = None
    involved: tuple[Organisation, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    by: User
    at: datetime.datetime
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A concern as a lead reads it. `told` is None where its words are gone, or no key fits."""

    told: Told | None
    notes: list[Note]


@transaction.atomic
def report(*, told: Told, about: About, sent_with: str) -> Concern:
    """Keep what a visitor said. The same words sent again with the same form are the same concern.

    Nobody is asked who they are. The leads are told by mail within a minute (`telling`).
    """
    of = uuid.uuid4()
    concern, created = Concern.objects.get_or_create(
        sent_with=sent_with,
        defaults={
            "uuid": of,
            "reference": _new_reference(),
            "place": about.place,
            "organisation": about.organisation,
            "activity": about.activity,
            "sealed": sealing.seal(of, asdict(told)),
        },
    )
    if created:
        concern.involved.set(about.involved)
        audit.record(by=None, action="concern.reported", subject=concern)
    return concern


@transaction.atomic
def read(*, concern: Concern, by: User) -> Opened:
    """Write down who reads it, then open it. Nobody reads without leaving that line."""
    held = _held(concern, by)
    ConcernReading.objects.create(concern=held, by=by)
    return Opened(_told(held), [_note(held, note) for note in held.notes.select_related("by")])


@transaction.atomic
def take(*, concern: Concern, by: User) -> Concern:
    """Say that one looks at it now, also again after it was closed."""
    held = _held(concern, by)
    if held.state == ConcernState.LOOKING:
        if held.handler == by:
            return held
        raise ChangedMeanwhile(_("%(person)s looks at it already.") % {"person": held.handler})
    if held.forgotten_at:
        raise ValidationError(_("What was said is no longer kept, so it stays closed."))
    return _become(held, by, ConcernState.LOOKING, handler=by)


@transaction.atomic
def hand_over(*, concern: Concern, to: User, by: User) -> Concern:
    """Another lead takes it on and gets a mail. One without a place goes to that lead's place."""
    held = _held(concern, by)
    if held.state == ConcernState.CLOSED:
        raise ValidationError(_("It is closed."))
    if not permissions.leads_to_hand_to(held).exclude(pk=by.pk).filter(pk=to.pk).exists():
        raise MayNotChange(_("It cannot be handed to this person."))
    if held.place is None:
        first = to.safeguarding_tasks.select_related("place").order_by("place").first()
        held.place = first.place if first else None
    held.told_at = None
    return _become(held, by, ConcernState.LOOKING, handler=to, details={"to": str(to.uuid)})


@transaction.atomic
def add_note(*, concern: Concern, text: str, by: User) -> ConcernNote:
    held = _held(concern, by)
    if held.forgotten_at:
        raise ValidationError(_("What was said is no longer kept, so nothing can be added."))
    note = _write(held, text, by)
    audit.record(by=by, action="concern.noted", subject=held)
    return note


@transaction.atomic
def close(*, concern: Concern, outcome: Outcome, text: str, by: User) -> Concern:
    """It is dealt with. What was done stands in a note, sealed like the rest."""
    held = _held(concern, by)
    if held.state == ConcernState.CLOSED:
        raise ChangedMeanwhile(_("It is closed already."))
    _write(held, text, by)
    handler = held.handler or by
    return _become(held, by, ConcernState.CLOSED, handler=handler, outcome=outcome)


@transaction.atomic
def suspend_organisation(*, concern: Concern, by: User) -> Organisation:
    """Everything that the organisation has published leaves at once. Its officer can bring it back."""
    held = _held(concern, by)
    if held.organisation is None:
        raise ValidationError(_("We do not know which organisation this is about."))
    reason = _("A safeguarding lead has suspended it.")
    suspended = verification.suspend(organisation=held.organisation, reason=reason, by=by)
    _record_suspension(held, "suspended_organisation", by)
    return suspended


@transaction.atomic
def suspend_activity(*, concern: Concern, by: User) -> None:
    """The one activity leaves at once, and stays away until a lead lifts it."""
    held = _held(concern, by)
    if held.activity is None:
        raise ValidationError(_("We do not know which activity this is about."))
    OFFERS.suspend(uuid=held.activity, by=by)
    _record_suspension(held, "suspended_activity", by)


@transaction.atomic
def lift_activity(*, concern: Concern, by: User) -> None:
    """The activity may be public again, and is if it was."""
    held = _held(concern, by)
    if held.activity is None:
        raise ValidationError(_("We do not know which activity this is about."))
    OFFERS.lift(uuid=held.activity, by=by)
    _record_suspension(held, "lifted_activity", by)


def forget(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Take out what was said in concerns that were closed a year ago, with their notes; returns how many."""
    due = Concern.objects.filter(
        state=ConcernState.CLOSED, closed_at__lt=now - KEPT_AFTER_CLOSING, forgotten_at=None
    )
    return due.count() if dry_run else sum(_forget(key, now) for key in due.values_list("pk", flat=True))


@transaction.atomic
def _forget(key: int, now: datetime.datetime) -> bool:
    """Looked at again under a lock: somebody may just have taken it up again."""
    rows = Concern.objects.select_for_update(of=("self",))
    held = rows.filter(pk=key, closed_at__lt=now - KEPT_AFTER_CLOSING, forgotten_at=None).first()
    if held is None:
        return False
    held.notes.all().delete()
    held.sealed, held.handler, held.forgotten_at = "", None, now
    held.save(update_fields=["sealed", "handler", "forgotten_at"])
    audit.record(by=None, action="concern.forgotten", subject=held)
    return True


def forget_readings(*, dry_run: bool) -> int:
    """Who read a concern, after seven years: the database lets no younger row go."""
    old = ConcernReading.objects.filter(at__lt=audit.SEVEN_YEARS_AGO)
    return old.count() if dry_run else old.delete()[0]


def _held(concern: Concern, by: User) -> Concern:
    """Its row, held; for those who may read it and nobody else."""
    if not permissions.concerns_read_by(by).filter(pk=concern.pk).exists():
        raise MayNotChange(_("Only the safeguarding leads who answer for it can do this."))
    rows = Concern.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("place", "organisation", "handler").get(pk=concern.pk)


def _told(concern: Concern) -> Told | None:
    try:
        return Told(**sealing.opened(concern.uuid, concern.sealed)) if concern.sealed else None
    except sealing.CannotOpen:
        return None


def _note(concern: Concern, note: ConcernNote) -> Note:
    try:
        text = sealing.opened(note.uuid, note.sealed)["text"]
    except sealing.CannotOpen:
        text = _("This note cannot be read: its key is not there.")
    return Note(note.by, note.at, text)


def _write(concern: Concern, text: str, by: User) -> ConcernNote:
    if not text.strip():
        raise ValidationError({"text": _("Write a sentence, so that others understand it.")})
    of = uuid.uuid4()
    sealed = sealing.seal(of, {"text": text.strip()})
    return ConcernNote.objects.create(uuid=of, concern=concern, by=by, sealed=sealed)


def _become(
    held: Concern,
    by: User,
    state: ConcernState,
    *,
    handler: User,
    outcome: Outcome | None = None,
    details: dict[str, Any] | None = None,
) -> Concern:
    held.state, held.handler = state, handler
    held.outcome = outcome.value if outcome else ""
    held.closed_at = timezone.now() if state == ConcernState.CLOSED else None
    held.save()
    audit.record(by=by, action=f"concern.{state.value}", subject=held, details=details)
    return held


def _record_suspension(held: Concern, verb: str, by: User) -> None:
    audit.record(by=by, action=f"concern.{verb}", subject=held)


def _new_reference() -> str:
    """Eight letters and digits in two groups, which one can read out on the telephone."""
    while True:
        drawn = "".join(secrets.choice(LETTERS) for _number in range(8))
        reference = f"{drawn[:4]}-{drawn[4:]}"
        if not Concern.objects.filter(reference=reference).exists():
            return reference
