"""Registers of meetings that are over, for tests."""

import datetime
from collections.abc import Mapping, Sequence

from django.utils import timezone

from diversity.categories import ETHNIC_GROUPS
from diversity.models import Baseline
from events.models import Activity, Counter, Occurrence, Question, Register, Source

CALDERDALE = {"asian": 21720, "black": 1455, "mixed": 4021, "white": 177833, "other": 1597}


def make_met(activity: Activity, days_ago: float = 1, *, hours: float = 1.5) -> Occurrence:
    """A date of the activity that began so long ago, at its place."""
    start = timezone.now() - datetime.timedelta(days=days_ago)
    return Occurrence.objects.create(
        activity=activity,
        rule=activity.rules.first().uuid,
        rule_date=timezone.localdate(start) - datetime.timedelta(days=4000),
        starts_at=start,
        ends_at=start + datetime.timedelta(hours=hours),
        venue=activity.venue,
    )


def make_register(
    occurrence: Occurrence,
    counts: Sequence[int] = (),
    *,
    came: int | None = None,
    told: Mapping[str, int] | None = None,
    question: Question = Question.GROUP,
    source: Source = Source.TYPED,
) -> Register:
    """`counts` by ethnic group in the order of the list, or `told` by code of another one."""
    register, _ = Register.objects.get_or_create(occurrence=occurrence, defaults={"came": came})
    answers = told or dict(zip(ETHNIC_GROUPS, counts, strict=False))
    Counter.objects.bulk_create(
        Counter(register=register, question=question, source=source, answer=answer, number=number)
        for answer, number in answers.items()
        if number
    )
    return register


def make_residents(area_code: str = "E08000033", counts: Mapping[str, int] | None = None) -> Baseline:
    """Those of Calderdale, or others."""
    return Baseline.objects.create(
        area_code=area_code, code_list="ethnic-5-2021", counts=counts or CALDERDALE
    )
