"""What registers keep of groups is always what a recount gives, whatever was done in whatever order."""

import contextlib
import datetime
import random
from collections.abc import Callable

import pytest
from django.utils import timezone

from diversity.categories import ETHNIC_GROUPS, NOT_STATED
from events import nightly
from events.actions import answers, register_sheets, registers, slips, sums
from events.actions.register_sheets import Brought
from events.mixing import sessions
from events.models import AnswerSession, Counter, Occurrence, Register, Source
from organisations.refusals import Refused
from tests.factories.answers import make_session
from tests.factories.attendance import make_register
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db

STEPS = 20
CODES = (*ETHNIC_GROUPS, NOT_STATED)


@pytest.fixture
def halls() -> list[Occurrence]:
    return [make_session() for _number in range(3)]


def read(halls: list[Occurrence]) -> dict[int, list[int]]:
    met = sessions.with_registers(
        Occurrence.objects.filter(pk__in=[hall.pk for hall in halls]), timezone.now()
    )
    return {each.occurrence.pk: [*each.session.counts, each.session.not_stated] for each in met}


def recounted(halls: list[Occurrence]) -> dict[int, list[int]]:
    """By itself, counter by counter: the fuller of what was typed in and what people told themselves."""
    found = {}
    for register in Register.objects.filter(pk__in=[hall.pk for hall in halls]):
        ways: dict[bool, dict[str, int]] = {True: {}, False: {}}
        for row in register.counters.filter(question="group"):
            way = ways[row.source == Source.TYPED]
            way[row.answer] = way.get(row.answer, 0) + row.number
        fullest = max(ways.values(), key=lambda way: sum(way.values()))
        found[register.pk] = [fullest.get(code, 0) for code in CODES]
    return found


def anything(hall: Occurrence, chance: random.Random) -> None:
    """One thing that somebody may do to a register; what is refused has done nothing."""
    by = make_member(hall.activity.host)
    code = chance.choice(CODES)

    def count() -> None:
        registers.count(
            occurrence=hall, changes={f"group:{code}": chance.choice([-2, 1, 3]), "came": 1}, by=by
        )

    def heads() -> None:
        registers.count(occurrence=hall, changes={"came": 2}, by=by)

    def answer() -> None:
        answers.take(occurrence=hall, answers={"group": code}, token=f"{chance.random()}")

    def slip() -> None:
        number = chance.randint(0, 6)
        totals = {"group": {code: number}, "age": {NOT_STATED: number}, "before": {NOT_STATED: number}}
        slips.put_totals(occurrence=hall, totals=totals, by=by)

    def sheet() -> None:
        brought = [Brought(hall.uuid, {"came": 9, f"group:{code}": chance.randint(0, 9)})]
        if chance.random() < 0.7:
            register_sheets.bring_in(sessions=brought, by=by)
            if chance.random() < 0.5:
                register_sheets.take_back(sessions=brought, by=by)

    def close() -> None:
        """As if it had just ended; then it goes on, so that more may happen."""
        over = timezone.now() - datetime.timedelta(hours=4)
        times = {"starts_at": hall.starts_at, "ends_at": hall.ends_at}
        ended = {"starts_at": over, "ends_at": over + datetime.timedelta(hours=1)}
        Occurrence.objects.filter(pk=hall.pk).update(**ended)
        answers.close_over(dry_run=False)
        Occurrence.objects.filter(pk=hall.pk).update(**times)

    with contextlib.suppress(Refused, registers.ValidationError):
        chance.choice([count, count, heads, answer, answer, answer, slip, sheet, close])()


@pytest.mark.parametrize("seed", range(5))
def test_what_is_kept_is_what_a_recount_gives(halls: list[Occurrence], seed: int) -> None:
    chance = random.Random(seed)
    for _step in range(STEPS):
        anything(chance.choice(halls), chance)
        assert read(halls) == recounted(halls)
    assert Counter.objects.filter(question="group", number__gt=0).exists()


def test_without_recounting_it_would_not_be(halls: list[Occurrence], monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the same steps, with what was kept at first kept for ever."""
    Register.objects.bulk_create([Register(occurrence=hall, groups=[0] * 6) for hall in halls])
    monkeypatch.setattr(sums, "recount", lambda keys: 0)
    chance = random.Random(0)
    for _step in range(STEPS):
        anything(chance.choice(halls), chance)
    AnswerSession.objects.all().delete()
    assert read(halls) != recounted(halls)


def test_the_way_that_tells_of_more_counts_and_of_equals_what_was_typed(halls: list[Occurrence]) -> None:
    first, second, third = halls
    make_register(first, [3, 0, 0, 4], source=Source.TYPED)
    make_register(first, [5, 0, 0, 1], source=Source.ANSWERS)
    make_register(first, [0, 1, 0, 1], source=Source.SLIPS)
    make_register(second, [2, 2], source=Source.TYPED)
    make_register(second, [4], source=Source.SLIPS)
    make_register(third)
    assert sums.recount([hall.pk for hall in halls]) == 3
    assert [Register.objects.get(pk=hall.pk).groups for hall in halls] == [
        [5, 1, 0, 2, 0, 0],
        [2, 2, 0, 0, 0, 0],
        [0] * 6,
    ]
    assert sums.recount([hall.pk for hall in halls]) == 0


def test_while_a_form_takes_answers_its_counters_are_read_and_kept_when_it_closes(
    halls: list[Occurrence], django_assert_num_queries: Callable
) -> None:
    hall = halls[0]
    by = make_member(hall.activity.host)
    registers.count(occurrence=hall, changes={"came": 3, "group:white": 1}, by=by)
    with django_assert_num_queries(1):
        assert read([hall]) == {hall.pk: [0, 0, 0, 1, 0, 0]}
    for token in ("one", "two"):
        answers.take(occurrence=hall, answers={"group": "asian"}, token=token)
    assert sums.recount([hall.pk]) == 0
    with django_assert_num_queries(2):
        assert read([hall]) == {hall.pk: [2, 0, 0, 0, 0, 0]}
    Occurrence.objects.filter(pk=hall.pk).update(
        starts_at=timezone.now() - datetime.timedelta(hours=4),
        ends_at=timezone.now() - datetime.timedelta(hours=3),
    )
    answers.close_over(dry_run=False)
    assert Register.objects.get().groups == [2, 0, 0, 0, 0, 0]
    with django_assert_num_queries(1):
        assert read([hall]) == {hall.pk: [2, 0, 0, 0, 0, 0]}


def test_every_night_those_are_put_right_that_are_not(halls: list[Occurrence]) -> None:
    for hall in halls:
        make_register(hall, [4, 5])
    assert nightly.recount_registers(dry_run=True) == 3
    assert nightly.recount_registers(dry_run=False) == 3
    Register.objects.filter(pk=halls[0].pk).update(groups=[9, 9, 9, 9, 9, 9])
    assert nightly.recount_registers(dry_run=False) == 1
    assert nightly.recount_registers(dry_run=False) == 0
    assert read(halls) == dict.fromkeys([hall.pk for hall in halls], [4, 5, 0, 0, 0, 0])
