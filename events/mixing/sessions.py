"""Registers as sessions that can be read."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from diversity.reading import Session
from events.actions import sums
from events.answers.opening import AFTER, closes_at
from events.models import Activity, Occurrence
from events.models.occurrence import OccurrenceQuerySet
from organisations.models import Organisation

READ = (
    *("uuid", "activity", "starts_at", "ends_at", "state"),
    *("register__came", "register__closed_at", "register__groups", "register__edition"),
)
"""Of thousands of sessions nothing more is fetched."""


@dataclass(frozen=True, slots=True)
class Met:
    """One date that took place and has a register."""

    occurrence: Occurrence
    session: Session


def with_registers(occurrences: OccurrenceQuerySet, now: datetime.datetime) -> list[Met]:
    """Those that have begun and have a register, oldest first. One query, and one more where a form still
    takes answers or a register has never been counted.

    As long as the form behind the code takes answers a session is open: nothing of the groups is told.
    """
    rows = list(
        _recorded(occurrences)
        .filter(starts_at__lte=now)
        .select_related("register")
        .annotate(answering=F("register__answer_session"), announced_at=F("count_day__announced_at"))
        .only(*READ)
        .order_by("starts_at", "id")
    )
    told = {row.pk: row.register.groups for row in rows if row.answering is None and row.register.groups}
    told |= sums.counted([row.pk for row in rows if row.pk not in told])
    return [
        Met(
            row,
            Session(
                told[row.pk][:-1],
                not_stated=told[row.pk][-1],
                came=row.register.came,
                is_open=now < closes_at(row),
                announced=row.announced_at is not None,
                edition=row.register.edition,
            ),
        )
        for row in rows
    ]


def held(activity: Activity, since: datetime.datetime, now: datetime.datetime) -> int:
    """How many of its sessions with a register have closed since then."""
    return _recorded(activity.occurrences).filter(starts_at__gt=since, ends_at__lte=now - AFTER).count()


def _recorded(occurrences: OccurrenceQuerySet) -> OccurrenceQuerySet:
    return occurrences.happening().filter(register__isnull=False)


def activities_of(organisation: Organisation) -> dict[int, Activity]:
    """By key, those that it hosts and those that it helps to run, with what is read of them here."""
    rows = Activity.run_by(organisation)
    return {row.pk: row for row in rows.only("uuid", "title", "host", "age_from", "age_to")}


def by_series(met: Iterable[Met]) -> list[list[Session]]:
    """The sessions of each activity together."""
    series: dict[int, list[Session]] = defaultdict(list)
    for each in met:
        series[each.occurrence.activity_id].append(each.session)
    return list(series.values())
