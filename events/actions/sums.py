"""What each register says of groups, kept beside how many came, so that a year of a club is read in one go.

A register's sums are recounted in the transaction of every change of its counters, and when the form behind
the code closes; until then (`AnswerSession` is there) its counters are read instead. `None` means: not
counted yet, read the counters. So what is read (`events.mixing.sessions`) is always what a recount gives.
"""

import datetime
from collections.abc import Collection
from functools import cache
from typing import Any

from django.db import connection, transaction

from diversity import categories
from diversity.categories import NOT_STATED, groups_of
from events.models import Question, Register, Source

LOOKED_AT = datetime.timedelta(days=60)
A_PIECE = 20_000
# 1. Sum up by answer what was typed in, and what people told by themselves.
# 2. The way that tells of more people counts, never both; of two that tell of as many, what was typed in.
COUNTED = """
    WITH ways AS (
        SELECT register_id, source = %(typed)s AS typed, sum(number) AS everybody,
            {answers} AS people
        FROM events_counter
        WHERE question = %(question)s AND register_id = ANY(%(registers)s)
        GROUP BY register_id, typed
    ), fullest AS (
        SELECT DISTINCT ON (register_id) register_id, people
        FROM ways ORDER BY register_id, everybody DESC, typed DESC
    ), counted AS (
        SELECT known.register_id, COALESCE(fullest.people, %(nobody)s::int[]) AS people
        FROM unnest(%(registers)s::bigint[]) AS known (register_id)
        JOIN events_register of_list ON of_list.occurrence_id = known.register_id AND edition = %(edition)s
        LEFT JOIN fullest USING (register_id)
    )
"""
READ = "SELECT register_id, people FROM counted"
KEEP = """
    UPDATE events_register register SET groups = counted.people
    FROM counted
    WHERE register.occurrence_id = counted.register_id AND register.groups IS DISTINCT FROM counted.people
        AND NOT EXISTS (
            SELECT FROM events_answersession session WHERE session.register_id = register.occurrence_id
        )
"""
ONE_ANSWER = "COALESCE(sum(number) FILTER (WHERE answer = (%(answers)s::text[])[{place}]), 0)"


def answers_of(edition: int) -> tuple[str, ...]:
    """The order in which a register of that edition keeps them."""
    return (*groups_of(edition), NOT_STATED)


@cache
def _counted(answers: int) -> str:
    places = ", ".join(ONE_ANSWER.format(place=at) for at in range(1, answers + 1))
    return COUNTED.format(answers=f"array[{places}]::int[]")


def counted(registers: Collection[int]) -> dict[int, list[int]]:
    """What the counters of these registers say now, in the order of `answers_of` their edition. One query for
    each edition that there is."""
    found: dict[int, list[int]] = {}
    if not registers:
        return found
    with connection.cursor() as cursor:
        for edition in categories.LISTS:
            statement, asked = _asked(registers, edition)
            cursor.execute(statement + READ, asked)
            found |= dict(cursor.fetchall())
    return found


def recount(registers: Collection[int]) -> int:
    """Keep what `counted` says of these registers, whose rows the caller holds, where no form takes answers.
    Returns how many were not as a recount gives them."""
    if not registers:
        return 0
    changed = 0
    with connection.cursor() as cursor:
        for edition in categories.LISTS:
            statement, asked = _asked(registers, edition)
            cursor.execute(statement + KEEP, asked)
            changed += cursor.rowcount
    return changed


def _asked(registers: Collection[int], edition: int) -> tuple[str, dict[str, Any]]:
    answers = answers_of(edition)
    return _counted(len(answers)), {
        "registers": list(registers),
        "edition": edition,
        "question": Question.GROUP.value,
        "typed": Source.TYPED.value,
        "answers": list(answers),
        "nobody": [0] * len(answers),
    }


def recount_lately(*, now: datetime.datetime, dry_run: bool) -> int:
    """Those that have never been counted, and those of the last 60 days, which may still change."""
    rows = Register.objects.filter(groups=None) | Register.objects.filter(
        occurrence__ends_at__gt=now - LOOKED_AT
    )
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if dry_run:
        return Register.objects.filter(groups=None).count()
    return sum(_hold_and_recount(keys[at : at + A_PIECE]) for at in range(0, len(keys), A_PIECE))


@transaction.atomic
def _hold_and_recount(keys: Collection[int]) -> int:
    """Whoever counts at this moment is waited for: without the hold, older numbers could be written over."""
    list(Register.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    return recount(keys)
