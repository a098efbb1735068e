"""Registers as sessions that can be read."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, Q, QuerySet, Sum, Value, When

from diversity.reading import Session
from events.actions.sums import ANSWERS
from events.answers.opening import closes_at
from events.models import Activity, Counter, Occurrence, Question, Source, State
from organisations.models import Organisation

READ = (
    *("uuid", "activity", "starts_at", "ends_at", "state"),
    *("register__came", "register__closed_at", "register__groups"),
)
"""Of thousands of sessions nothing more is fetched."""


@dataclass(frozen=True, slots=True)
class Met:
    """One date that took place and has a register."""

    occurrence: Occurrence
    session: Session


def with_registers(occurrences: QuerySet[Occurrence], now: datetime.datetime) -> list[Met]:
    """Those that have begun and have a register, oldest first. One query, and one more where a form still
    takes answers or a register has never been counted.

    As long as the form behind the code takes answers a session is open: nothing of the groups is told.
    """
    rows = list(
        occurrences.filter(starts_at__lte=now, register__isnull=False)
        .exclude(state=State.CANCELLED)
        .select_related("register")
        .annotate(answering=F("register__answer_session"))
        .only(*READ)
        .order_by("starts_at", "id")
    )
    told = {row.pk: row.register.groups for row in rows if row.answering is None and row.register.groups}
    told |= _recounted([row.pk for row in rows if row.pk not in told])
    return [
        Met(
            row,
            Session(
                told[row.pk][:-1],
                not_stated=told[row.pk][-1],
                came=row.register.came,
                is_open=now < closes_at(row),
            ),
        )
        for row in rows
    ]


def _recounted(registers: Sequence[int]) -> dict[int, list[int]]:
    """From the counters, as `events.actions.sums` does it for what is kept.

    What the organiser typed in and what people told themselves, on a phone or a slip, may be of the same
    people: the way that tells of more of them counts, never both.
    """
    ways: dict[int, dict[bool, dict[str, int]]] = {key: {True: {}, False: {}} for key in registers}
    rows = (
        Counter.objects.filter(register__in=registers, question=Question.GROUP)
        .annotate(typed=Case(When(source=Source.TYPED, then=Value(True)), default=Value(False)))
        .values_list("register_id", "typed", "answer")
        .annotate(people=Sum("number"))
    )
    for register, typed, answer, people in rows if registers else ():
        ways[register][typed][answer] = people
    fullest = {key: max(told.values(), key=lambda way: sum(way.values())) for key, told in ways.items()}
    return {key: [told.get(answer, 0) for answer in ANSWERS] for key, told in fullest.items()}


def activities_of(organisation: Organisation) -> dict[int, Activity]:
    """By key, those that it hosts and those that it helps to run, with what is read of them here."""
    helped = Activity.objects.filter(
        co_organisers__organisation=organisation, co_organisers__accepted_at__isnull=False
    )
    keys = list(helped.values_list("pk", flat=True))
    rows = Activity.objects.filter(Q(host=organisation) | Q(pk__in=keys))
    return {row.pk: row for row in rows.only("uuid", "title", "host", "age_from", "age_to")}


def by_series(met: Iterable[Met]) -> list[list[Session]]:
    """The sessions of each activity together."""
    series: dict[int, list[Session]] = defaultdict(list)
    for each in met:
        series[each.occurrence.activity_id].append(each.session)
    return list(series.values())
