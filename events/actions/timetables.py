"""Timetables that organisers bring: kept while they look at them, made into drafts all at once, undone."""

import datetime
import logging
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts import audit
from accounts.acting import acting
from accounts.models import AuditEntry, User
from events.importing import layout, opening
from events.importing.table import clean
from events.models import Activity, ScheduleRule, Timetable, TimetableDraft, Work
from events.recurrence import Rule
from events.timetables import dry_run
from events.timetables.dry_run import DryRun, Fate, Line
from organisations.models import Organisation, OrganisationPage, Venue
from organisations.permissions import may_edit
from organisations.refusals import ChangedMeanwhile, MayNotChange

logger = logging.getLogger(__name__)

PIECE = 25
"""So many drafts are made in one transaction: a request must not take long."""
SECONDS, JOB_SECONDS = 4.0, 40.0

MOST_WAITING = 20
"""Timetables of one organisation that wait at once: each may be large."""

CHANGEABLE = frozenset({"layout", "columns", "first", "last", "season", "minutes", "type", "venue"})


@transaction.atomic
def bring(*, organisation: Organisation, data: bytes, name: str, by: User) -> Timetable:
    """Read it and keep what was read. Raises Unreadable, MayNotChange, ValidationError."""
    _refuse_strangers(organisation, by)
    now = timezone.now()
    if organisation.timetables.waiting().count() >= MOST_WAITING:
        raise ValidationError(_("Too many timetables are waiting. Finish one or delete it first."))
    table = opening.opened(data, today=timezone.localdate(now))
    timetable = Timetable(
        organisation=organisation,
        by=by,
        name=clean(name)[-120:],
        layout=layout.guessed(table).value,
        first=timezone.localdate(now),
        changed_at=now,
    )
    timetable.table = table
    dry_run.arrange(timetable)
    timetable.save(force_insert=True)
    _record(timetable, by, "timetable.brought")
    return timetable


@transaction.atomic
def change(*, timetable: Timetable, version: int, by: User, **changes: Any) -> Timetable:
    """What holds for all lines, and what the columns are about. Raises ChangedMeanwhile, MayNotChange."""
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"not part of a timetable: {sorted(unknown)}")
    held = _held(timetable, version, by)
    venue = changes.get("venue")
    if venue and not Venue.objects.usable_by(held.organisation).filter(pk=venue.pk).exists():
        raise ValidationError({"venue": _("Choose one of your own venues or a shared one.")})
    if changes.get("layout", held.layout) != held.layout:
        # Lines are other lines now: what was said about single ones means nothing any more.
        held.columns, held.corrections, held.left_out, held.taken_in = [], {}, [], []
        changes.pop("columns", None)
    for name, value in changes.items():
        setattr(held, name, value)
    dry_run.arrange(held)
    return _kept(held)


@transaction.atomic
def correct(*, timetable: Timetable, version: int, line: int, texts: dict[str, str], by: User) -> Timetable:
    """Put one line right: its facts, as text. It counts as wanted from then on."""
    held = _held(timetable, version, by)
    held.corrections = {**held.corrections, str(line): texts}
    held.left_out = [number for number in held.left_out if number != line]
    return _kept(held)


@transaction.atomic
def leave_out(*, timetable: Timetable, version: int, line: int, by: User) -> Timetable:
    """Make nothing of a line."""
    held = _held(timetable, version, by)
    held.left_out = sorted({*held.left_out, line})
    held.taken_in = [number for number in held.taken_in if number != line]
    return _kept(held)


@transaction.atomic
def take_in(*, timetable: Timetable, version: int, line: int, by: User) -> Timetable:
    """Make it after all, though it is there already or was left out."""
    held = _held(timetable, version, by)
    held.left_out = [number for number in held.left_out if number != line]
    held.taken_in = sorted({*held.taken_in, line})
    return _kept(held)


@transaction.atomic
def carry_out(*, timetable: Timetable, shown: str, by: User) -> Timetable:
    """Agree to what was shown, and begin. Few drafts are made at once; many go on in `advance`.

    1. Hold the timetable's row, so that nobody makes the same at once. Asked again, nothing more happens.
    2. Read it anew: what would be made now must be exactly what was `shown`, with nothing wrong in it.
    3. From here on it cannot be changed, so what was agreed is made, also by the job if nobody is waiting.

    Raises ChangedMeanwhile, ValidationError, MayNotChange.
    """
    held = _rows().get(pk=timetable.pk)
    _refuse_strangers(held.organisation, by)
    if held.carried_out_at is not None or held.work == Work.MAKING:
        return held
    now = timezone.now()
    run = dry_run.look(held, timezone.localdate(now))
    if held.work or run.shown != shown:
        raise ChangedMeanwhile(_("This has changed since you looked. Look again before you make the drafts."))
    if run.of(Fate.WRONG):
        raise ValidationError(_("Something is still wrong. Put it right, or leave those lines out."))
    if not run.made:
        raise ValidationError(_("There is nothing to make: every line is left out."))
    held.work, held.agreed, held.agreed_by, held.agreed_at = Work.MAKING, shown, by, now
    held.changed_at = now
    held.save(update_fields=["work", "agreed", "agreed_by", "agreed_at", "changed_at"])
    _record(held, by, "timetable.agreed", drafts=len(run.made))
    if len(run.made) <= PIECE:
        _make_piece(held, run, run.made)
        _end_making(held)
    return held


@dataclass(frozen=True, slots=True)
class Progress:
    """`of` is 0 where that is not known: somebody else is at it."""

    done: int
    of: int
    work: Work


def advance(*, timetable: Timetable, seconds: float = SECONDS) -> Progress:
    """Make or take back the next pieces, for about so many seconds. Whoever waits for it calls it again, and
    so does the job: it goes on where it was, whatever was killed in between.

    If a piece cannot be made, all that was made is taken back: in the end there are all drafts, or none.
    """
    until = time.monotonic() + seconds
    while True:
        with transaction.atomic():
            held = _rows(skip_locked=True).filter(pk=timetable.pk).first()
            if held is None:
                return Progress(timetable.drafts.count(), 0, Work(timetable.work))
            progress = _advanced(held)
        if progress.work == Work.NONE or time.monotonic() >= until:
            return progress


def advance_all(now: datetime.datetime, *, dry_run: bool) -> int:
    """Go on with what was begun and nobody is waiting for. Returns how many timetables had work."""
    found = list(Timetable.objects.at_work())
    for timetable in [] if dry_run else found:
        advance(timetable=timetable, seconds=JOB_SECONDS)
    return len(found)


def drafts_of(timetable: Timetable) -> list[Activity]:
    """What it has made and what is still there, in the order of its lines."""
    rows = timetable.drafts.select_related("activity__type", "activity__venue").order_by("line")
    rows = rows.prefetch_related("activity__rules")
    return [row.activity for row in rows]


@transaction.atomic
def undo(*, timetable: Timetable, by: User) -> Timetable:
    """Begin to delete the drafts that nobody has edited or published since; `advance` goes on.

    Where all are gone, the timetable is as it was before they were made. Raises MayNotChange.
    """
    held = _rows().get(pk=timetable.pk)
    _refuse_strangers(held.organisation, by)
    if held.carried_out_at is not None and not held.work:
        held.work, held.agreed_by, held.changed_at = Work.UNDOING, by, timezone.now()
        held.save(update_fields=["work", "agreed_by", "changed_at"])
        _record(held, by, "timetable.undone")
    return held


@transaction.atomic
def throw_away(*, timetable: Timetable, by: User) -> None:
    """Forget what was brought. Drafts that were made of it stay. Raises MayNotChange."""
    held = _rows().filter(pk=timetable.pk).first()
    if held is not None:
        _refuse_strangers(held.organisation, by)
        if held.work:
            raise ChangedMeanwhile(_("Wait until the drafts are ready."))
        _record(held, by, "timetable.deleted")
        held.delete()


def forget(now: datetime.datetime, *, dry_run: bool) -> int:
    """Delete timetables that are older than they are kept. Drafts stay."""
    over = Timetable.objects.over(now)
    return over.count() if dry_run else over.delete()[1].get("events.Timetable", 0)


def _rows(*, skip_locked: bool = False) -> Any:
    """Held until the transaction ends."""
    rows = Timetable.objects.select_for_update(of=("self",), skip_locked=skip_locked)
    return rows.select_related("organisation__place", "type", "venue", "agreed_by")


def _held(timetable: Timetable, version: int, by: User) -> Timetable:
    held = _rows().filter(pk=timetable.pk).first()
    if held is None:
        raise ChangedMeanwhile(_("Somebody else has deleted this timetable meanwhile."))
    _refuse_strangers(held.organisation, by)
    if held.carried_out_at is not None or held.work:
        raise ChangedMeanwhile(_("The drafts are made by now. Change them in the editor."))
    if held.version != version:
        raise ChangedMeanwhile(_("Somebody else has changed this timetable meanwhile. Look again."))
    return held


def _kept(held: Timetable) -> Timetable:
    held.version += 1
    held.changed_at = timezone.now()
    held.save()
    return held


def _refuse_strangers(organisation: Organisation, by: User) -> None:
    if not may_edit(by, organisation):
        raise MayNotChange(_("You cannot write activities for %(name)s.") % {"name": organisation})


def _record(timetable: Timetable, by: User | None, action: str, **details: Any) -> None:
    audit.record(
        by=by, action=action, subject=timetable, organisation=timetable.organisation.uuid, details=details
    )


def _advanced(held: Timetable) -> Progress:
    """One piece, in the caller's transaction."""
    if held.work == Work.MAKING:
        return _advanced_making(held)
    if held.work == Work.UNDOING:
        return _advanced_undoing(held)
    count = held.drafts.count()
    return Progress(count, count, Work.NONE)


def _advanced_making(held: Timetable) -> Progress:
    assert held.agreed_at is not None
    run = dry_run.look(held, timezone.localdate(held.agreed_at))
    by = held.agreed_by
    if by is None or not may_edit(by, held.organisation) or run.shown != held.agreed:
        return _give_up(held)
    have = set(held.drafts.values_list("line", flat=True))
    piece = [line for line in run.made if line.number not in have][:PIECE]
    try:
        with transaction.atomic():
            _make_piece(held, run, piece)
    except (ValidationError, IntegrityError, DataError) as error:
        logger.warning("timetable %s cannot be made: %s", held.uuid, error)
        return _give_up(held)
    done = len(have) + len(piece)
    if done >= len(run.made):
        _end_making(held)
    return Progress(done, len(run.made), Work(held.work))


def _advanced_undoing(held: Timetable) -> Progress:
    rows = list(held.drafts.select_related("activity"))
    untouched = [row for row in rows if row.is_untouched(row.activity)]
    with acting(held.agreed_by):
        for row in untouched[:PIECE]:
            row.activity.delete()
    if len(untouched) > PIECE:
        return Progress(len(untouched) - PIECE, 0, Work.UNDOING)
    stays = len(rows) > len(untouched)
    held.work, held.version, held.changed_at = Work.NONE, held.version + 1, timezone.now()
    held.carried_out_at = (held.carried_out_at or held.changed_at) if stays else None
    held.save(update_fields=["work", "version", "changed_at", "carried_out_at"])
    return Progress(0, 0, Work.NONE)


def _give_up(held: Timetable) -> Progress:
    held.work = Work.UNDOING
    held.save(update_fields=["work"])
    _record(held, None, "timetable.given_up")
    return Progress(held.drafts.count(), 0, Work.UNDOING)


def _end_making(held: Timetable) -> None:
    held.work, held.carried_out_at = Work.NONE, timezone.now()
    held.save(update_fields=["work", "carried_out_at"])
    _record(held, held.agreed_by, "timetable.carried_out", drafts=held.drafts.count())


def _make_piece(held: Timetable, run: DryRun, piece: list[Line]) -> None:
    """Drafts below the organisation's page, each with one revision. Wagtail's index of references is written
    once for each instead of three times."""
    by = held.agreed_by
    parent = OrganisationPage.objects.get(organisation=held.organisation)
    taken = set(parent.get_children().values_list("slug", flat=True))
    entries = []
    with acting(by), LogContext(user=by), disable_reference_index_auto_update():
        for line in piece:
            activity = _draft(held.organisation, run, line, by)
            activity.slug = _free(activity.title, taken)
            parent.add_child(instance=activity)
            revision = activity.save_revision(user=by, clean=False)
            TimetableDraft.objects.create(
                timetable=held, line=line.number, activity=activity, revision=revision.pk
            )
            ReferenceIndex.create_or_update_for_object(activity)
            host = held.organisation.uuid
            entries.append(
                audit.entry(by=by, action="activity.imported", subject=activity, organisation=host)
            )
    AuditEntry.objects.bulk_create(entries)


def _draft(host: Organisation, run: DryRun, line: Line, by: User | None) -> Activity:
    said = line.proposal
    activity = Activity(
        title=line.title,
        host=host,
        owner=by,
        summary=line.summary,
        body="".join(f"<p>{escape(part)}</p>" for part in said.about.split("\n") if part.strip()),
        type=line.type,
        venue=line.venue,
        age_from=said.age_from,
        age_to=said.age_to,
        audience=said.audience,
        price=said.price,
        price_note=said.price_note,
        places=said.places,
        live=False,
    )
    activity.rules = [
        _row(rule, venue, place) for place, (rule, venue) in enumerate(dry_run.rules_of(run, line))
    ]
    return activity


def _row(rule: Rule, venue: Venue | None, place: int) -> ScheduleRule:
    return ScheduleRule(
        uuid=uuid.uuid4(),
        first_date=rule.first_date,
        start=rule.start,
        end=rule.end,
        repeat=rule.repeat.value,
        interval=rule.interval,
        weekdays=sorted(rule.weekdays),
        until=rule.until,
        times=rule.times,
        season=rule.season.value,
        left_out=sorted(rule.left_out),
        added=sorted(rule.added),
        venue=venue,
        sort_order=place,
    )


def _free(title: str, taken: set[str]) -> str:
    """An address that no other activity of the organisation has."""
    base = slugify(title)[:60] or "activity"
    slug = next(each for each in _numbered(base) if each not in taken)
    taken.add(slug)
    return slug


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
