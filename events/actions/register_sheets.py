"""Registers from a spreadsheet: filled in all at once or not at all, never over a number that is there."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from events import figures, permissions
from events.actions import registers, sums
from events.figures import CAME
from events.models import Counter, Occurrence, Register, Source, State
from events.wording import when_words
from events.wording.registers import QUESTIONS
from organisations.refusals import ChangedMeanwhile, MayNotChange

YEAR = datetime.timedelta(days=365)
"""So far back sessions that nobody counted can be filled in: as far as anything is read."""


@dataclass(frozen=True, slots=True)
class Brought:
    """The numbers of one session."""

    occurrence: UUID
    figures: Mapping[str, int]


@transaction.atomic
def bring_in(*, sessions: Sequence[Brought], by: User) -> int:
    """Fill in registers that have no numbers. Returns how many. One that cannot be stops all.

    Raises ValidationError in words, ChangedMeanwhile, MayNotChange.
    """
    given = {each.occurrence: each.figures for each in sessions}
    held = _hold(given, by)
    now = timezone.now()
    counters: list[Counter] = []
    for occurrence, register in held:
        numbers = given[occurrence.uuid]
        figures.check(numbers, register.edition)
        if is_counted(register):
            raise ChangedMeanwhile(
                _("Somebody has just counted for “%(session)s”. Bring the sheet again.")
                % {"session": _session_words(occurrence)}
            )
        if why := why_not(occurrence, numbers, now):
            raise ValidationError(f"{_session_words(occurrence)}: {why}")
        register.came = numbers[CAME]
        if now >= occurrence.ends_at + registers.CLOSES_AFTER:
            register.closed_at = register.closed_at or now
        counters += _counters(register, numbers)
        _record(occurrence, by, "register.brought_in", numbers)
    Register.objects.bulk_update([register for _occurrence, register in held], ["came", "closed_at"])
    Counter.objects.bulk_create(counters)
    sums.recount([register.pk for _occurrence, register in held])
    return len(held)


@transaction.atomic
def take_back(*, sessions: Sequence[Brought], by: User) -> int:
    """Empty again what was filled in, where nobody has changed it since. Returns how many sessions."""
    given = {each.occurrence: each.figures for each in sessions}
    same = [
        (occurrence, register)
        for occurrence, register in _hold(given, by)
        if registers.numbers(register) == given[occurrence.uuid]
    ]
    keys = [register.pk for _occurrence, register in same]
    Counter.objects.filter(register__in=keys, source=Source.TYPED).delete()
    Register.objects.filter(pk__in=keys).update(came=None)
    sums.recount(keys)
    for occurrence, _register in same:
        _record(occurrence, by, "register.taken_back", given[occurrence.uuid])
    return len(same)


def is_counted(register: Register) -> bool:
    """Somebody has typed a number. What people answered by themselves is no count of those who came."""
    return (
        register.came is not None or Counter.objects.filter(register=register, source=Source.TYPED).exists()
    )


def why_not(occurrence: Occurrence, numbers: Mapping[str, int], now: datetime.datetime) -> str:
    """In words why these numbers cannot be filled in for this session; empty where they can.

    How many came may be brought for a year. What people declared is taken on count days alone, and like any
    register's for 28 days: nobody makes up months later what was said at the door.
    """
    over = occurrence.ends_at + registers.CLOSES_AFTER <= now
    shut = registers.why_shut(occurrence, None, now)
    if shut and (not over or occurrence.state == State.CANCELLED):
        return shut
    if occurrence.ends_at + YEAR <= now:
        return _("It is more than a year ago, and older numbers are read nowhere.")
    if CAME not in numbers:
        return _("It does not say how many came.")
    answers = set(numbers) - {CAME}
    if answers and not occurrence.announced_count_day:
        return _("This is not a count day, so only how many came is counted.")
    if answers and over:
        return _("What people said can be brought for 28 days. Bring only how many came.")
    return _too_many(numbers)


def _too_many(numbers: Mapping[str, int]) -> str:
    for question, words in QUESTIONS.items():
        told = sum(number for name, number in numbers.items() if figures.parts(name)[0] == question)
        if told > numbers[CAME]:
            return _("“%(question)s” adds up to %(told)s, but %(came)s came.") % {
                "question": words,
                "told": told,
                "came": numbers[CAME],
            }
    return ""


def _hold(given: Mapping[UUID, object], by: User) -> list[tuple[Occurrence, Register]]:
    """All of them that are the person's to record, one after the other in the order of their keys."""
    rows = permissions.recordable_by(by).filter(uuid__in=given).distinct()
    found = list(rows.select_related("activity__host", "count_day").order_by("pk"))
    if len(found) != len(given):
        raise MayNotChange(_("This register is not yours to take."))
    Register.objects.bulk_create([Register(occurrence=each) for each in found], ignore_conflicts=True)
    held = Register.objects.select_for_update().in_bulk([each.pk for each in found])
    return [(each, held[each.pk]) for each in found]


def _counters(register: Register, numbers: Mapping[str, int]) -> list[Counter]:
    told = [(figures.parts(figure), number) for figure, number in numbers.items() if figure != CAME]
    return [
        Counter(register=register, question=question, source=Source.TYPED, answer=answer, number=number)
        for (question, answer), number in told
    ]


def _session_words(occurrence: Occurrence) -> str:
    when = when_words(occurrence.starts_at, occurrence.ends_at, timezone.localdate())
    return f"{occurrence.activity.title}, {when}"


def _record(occurrence: Occurrence, by: User, action: str, numbers: Mapping[str, int]) -> None:
    """How answers are shared out stays out of the audit trail."""
    audit.record(
        by=by,
        action=action,
        subject=occurrence,
        organisation=occurrence.activity.host.uuid,
        details={"activity": str(occurrence.activity.uuid), "came": numbers[CAME], "numbers": len(numbers)},
    )
