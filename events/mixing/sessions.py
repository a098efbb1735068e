"""Registers as sessions that can be read."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, QuerySet, Sum, Value, When

from diversity.categories import ETHNIC_GROUPS, NOT_STATED
from diversity.reading import Session
from events.answers.opening import closes_at
from events.models import Counter, Occurrence, Question, Source, State


@dataclass(frozen=True, slots=True)
class Met:
    """One date that took place and has a register."""

    occurrence: Occurrence
    session: Session


def with_registers(occurrences: QuerySet[Occurrence], now: datetime.datetime) -> list[Met]:
    """Those that have begun and have a register, oldest first. Two queries.

    As long as the form behind the code takes answers a session is open: nothing of the groups is told.
    """
    rows = list(
        occurrences.filter(starts_at__lte=now, register__isnull=False)
        .exclude(state=State.CANCELLED)
        .select_related("register")
        .order_by("starts_at", "id")
    )
    told = _answers([row.pk for row in rows])
    return [
        Met(
            row,
            Session(
                [told[row.pk].get(group, 0) for group in ETHNIC_GROUPS],
                not_stated=told[row.pk].get(NOT_STATED, 0),
                came=row.register.came,
                is_open=now < closes_at(row),
            ),
        )
        for row in rows
    ]


def _answers(registers: Sequence[int]) -> dict[int, dict[str, int]]:
    """By register and answer. A school or home area is none of these lists.

    What the organiser typed in and what people told themselves, on a phone or a slip, may be of the same
    people: the way that tells of more of them counts, never both.
    """
    ways: dict[int, dict[bool, dict[str, int]]] = defaultdict(lambda: {True: {}, False: {}})
    rows = (
        Counter.objects.filter(register__in=registers, question=Question.GROUP)
        .annotate(typed=Case(When(source=Source.TYPED, then=Value(True)), default=Value(False)))
        .values_list("register_id", "typed", "answer")
        .annotate(people=Sum("number"))
    )
    for register, typed, answer, people in rows:
        ways[register][typed][answer] = people
    fullest = {key: max(told.values(), key=lambda way: sum(way.values())) for key, told in ways.items()}
    return defaultdict(dict, fullest)


def by_series(met: Iterable[Met]) -> list[list[Session]]:
    """The sessions of each activity together."""
    series: dict[int, list[Session]] = defaultdict(list)
    for each in met:
        series[each.occurrence.activity_id].append(each.session)
    return list(series.values())
