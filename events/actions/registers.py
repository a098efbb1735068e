"""Counting who came. Counts are added to what is there, never written over it: two recorders both count."""

import dataclasses
import datetime
from collections.abc import Collection, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, in_hand
from accounts.models import User
from events import figures, permissions
from events.actions import count_days, sums
from events.figures import CAME, Changes
from events.models import BatchTaken, Counter, Occurrence, Question, Register, Source, State
from organisations.refusals import MayNotChange, Refused

OPENS_BEFORE = datetime.timedelta(minutes=15)
"""People come early."""
CLOSES_AFTER = datetime.timedelta(days=28)
BATCHES_LIVE = datetime.timedelta(days=60)

RAISE = """
    INSERT INTO events_counter AS counter (register_id, question, source, answer, number)
    SELECT %(register)s, question, %(source)s, answer, number
    FROM unnest(%(questions)s::text[], %(answers)s::text[], %(numbers)s::int[])
        AS more(question, answer, number)
    ON CONFLICT (register_id, question, source, answer)
    DO UPDATE SET number = counter.number + excluded.number
"""
LOWER = """
    UPDATE events_counter counter SET number = GREATEST(0, counter.number - less.number)
    FROM unnest(%(questions)s::text[], %(answers)s::text[], %(numbers)s::int[])
        AS less(question, answer, number)
    WHERE register_id = %(register)s AND source = %(source)s
        AND counter.question = less.question AND counter.answer = less.answer
"""


class NumberIsTaken(Refused):
    """Another batch was counted under this number. Nothing is lost: under a new one it is counted."""


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """What a device calls this sending. The same one is counted once, however often it arrives.

    `mark` tells it from another batch that came to have the same number.
    """

    device: UUID
    number: int
    mark: UUID | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """The register as it is now; by figure what was added, and how many could not be taken off.

    `repeated`: the batch had been counted before, so nothing was done.
    """

    now: dict[str, int]
    done: dict[str, int]
    short: dict[str, int]
    repeated: bool = False


@transaction.atomic
def count(*, occurrence: Occurrence, changes: Changes, by: User, batch: Batch | None = None) -> Outcome:
    """Add to how many came and to the counters that are typed. Nothing falls below zero: what could not be
    taken off is told.

    Raises ValidationError in words, MayNotChange, NumberIsTaken.
    """
    if not permissions.may_record(by, occurrence.activity):
        raise MayNotChange(_("This register is not yours to take."))
    register = hold(occurrence)
    if batch and not _is_new(batch, occurrence):
        return Outcome(numbers(register), {}, {}, repeated=True)
    _refuse_when_shut(occurrence, register, timezone.now())
    figures.check(changes, register.edition)
    if set(changes) - {CAME} and not count_days.asks_groups(occurrence):
        raise ValidationError(_("This is not a count day, so only how many came is counted."))
    before = numbers(register)
    after = {figure: max(0, before.get(figure, 0) + number) for figure, number in changes.items()}
    if any(number > figures.MOST for number in after.values()):
        raise ValidationError(_("That number is too big: %(most)s is the most.") % {"most": figures.MOST})
    _apply(register, changes)
    if register.groups is None or any(figures.parts(name)[0] == Question.GROUP for name in changes):
        sums.recount([register.pk])
    done = {figure: number - before.get(figure, 0) for figure, number in after.items()}
    _record(occurrence, by, before, after)
    short = {figure: done[figure] - number for figure, number in changes.items() if done[figure] > number}
    return Outcome({**before, **after}, done, short)


def figures_of(occurrence: Occurrence) -> dict[str, int]:
    """What has been typed in: never what people said on their own phones."""
    register = Register.objects.filter(pk=occurrence.pk).first()
    return numbers(register) if register else {}


def figures_by_session(keys: Collection[int]) -> dict[int, dict[str, int]]:
    """The same for many, by the keys of their dates."""
    came = Register.objects.filter(pk__in=keys, came__isnull=False).values_list("pk", "came")
    found = {key: {CAME: number} for key, number in came}
    rows = Counter.objects.filter(register__in=keys, source=Source.TYPED)
    for key, question, answer, number in rows.values_list("register", "question", "answer", "number"):
        found.setdefault(key, {})[figures.name(question, answer)] = number
    return found


def why_shut(occurrence: Occurrence, register: Register | None, now: datetime.datetime) -> str:
    """In words why nothing can be counted at this moment; empty where it can."""
    if occurrence.state == State.CANCELLED:
        return _("This date was called off, so there is nobody to count.")
    if now < occurrence.starts_at - OPENS_BEFORE:
        return _("The register opens 15 minutes before the start.")
    if now >= occurrence.ends_at + CLOSES_AFTER or (register and register.closed_at):
        return _("This register closed 28 days after the session. Its numbers stay as they are.")
    return ""


def close_old(*, now: datetime.datetime, dry_run: bool) -> int:
    """Close registers of sessions that ended 28 days ago."""
    old = Register.objects.filter(closed_at=None, occurrence__ends_at__lte=now - CLOSES_AFTER)
    return old.count() if dry_run else old.update(closed_at=now)


def forget_batches(*, now: datetime.datetime, dry_run: bool) -> int:
    old = BatchTaken.objects.filter(taken_at__lt=now - BATCHES_LIVE)
    return old.count() if dry_run else old.delete()[0]


def hold(occurrence: Occurrence) -> Register:
    """Those who count for one session do so one after the other, and none while it is being closed."""
    Register.objects.bulk_create([Register(occurrence=occurrence)], ignore_conflicts=True)
    return Register.objects.select_for_update().get(pk=occurrence.pk)


def _is_new(batch: Batch, occurrence: Occurrence) -> bool:
    """Written with the counts: both stay or neither."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO events_batchtaken (device, number, occurrence_id, mark, taken_at)"
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [batch.device, batch.number, occurrence.pk, batch.mark, timezone.now()],
        )
        if cursor.rowcount == 1:
            return True
    taken = BatchTaken.objects.get(device=batch.device, number=batch.number)
    if (taken.occurrence_id, taken.mark) != (occurrence.pk, batch.mark):
        raise NumberIsTaken(_("Other counts were saved under this number."))
    return False


def _refuse_when_shut(occurrence: Occurrence, register: Register, now: datetime.datetime) -> None:
    fresh = Occurrence.objects.get(pk=occurrence.pk)
    if why := why_shut(fresh, register, now):
        raise ValidationError(why)


@in_hand.held_by(None)
def numbers(register: Register) -> dict[str, int]:
    """What has been typed into it, by figure. Who has the register may read it."""
    rows = Counter.objects.filter(register=register, source=Source.TYPED)
    found = {
        figures.name(question, answer): number
        for question, answer, number in rows.values_list("question", "answer", "number")
    }
    return found if register.came is None else {CAME: register.came, **found}


def _apply(register: Register, changes: Changes) -> None:
    """One statement for each kind, so that even without the hold nothing would be written over."""
    if CAME in changes:
        _add_came(register, changes[CAME])
    counters = {figure: number for figure, number in changes.items() if figure != CAME}
    _run(RAISE, register, {figure: number for figure, number in counters.items() if number >= 0})
    _run(LOWER, register, {figure: -number for figure, number in counters.items() if number < 0})


def _add_came(register: Register, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_register SET came = GREATEST(0, COALESCE(came, 0) + %s) WHERE occurrence_id = %s",
            [number, register.pk],
        )


def _run(statement: str, register: Register, more: Mapping[str, int]) -> None:
    if not more:
        return
    names = sorted(more)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {
                "register": register.pk,
                "source": Source.TYPED.value,
                "questions": [figures.parts(figure)[0] for figure in names],
                "answers": [figures.parts(figure)[1] for figure in names],
                "numbers": [more[figure] for figure in names],
            },
        )


def _record(occurrence: Occurrence, by: User, before: Mapping[str, int], after: Mapping[str, int]) -> None:
    """A correction lowers a number, or changes one that stood there when the day after had come."""
    late = timezone.localdate() > timezone.localdate(occurrence.ends_at)
    corrected = {
        figure: [before[figure], number]
        for figure, number in after.items()
        if figure in before and (number < before[figure] or (late and number != before[figure]))
    }
    if corrected:
        audit.record(
            by=by,
            action="register.corrected",
            subject=occurrence,
            organisation=occurrence.activity.host.uuid,
            details={"activity": str(occurrence.activity.uuid), "figures": corrected},
        )
