"""What the database itself refuses of twinnings."""

import threading

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from schools.models import LinkLimit, Twinning, TwinningState, TwinningStep
from tests.factories.registers import make_school
from tests.factories.twinnings import joined, proposed, running, two_joined

NOW = timezone.now()


def make(first=900_001, second=900_002, **said) -> Twinning:
    facts = {"year": 2026, "state": TwinningState.PROPOSED, "since": NOW, **said}
    return Twinning.objects.create(first_id=first, second_id=second, **facts)


def broken(**said) -> str | None:
    """The name of the constraint that refuses such a row."""
    try:
        with transaction.atomic():
            make(**said)
    except IntegrityError as refused:
        return refused.__cause__.diag.constraint_name
    return None


@pytest.fixture
def schools():
    return [make_school(900_001 + at, f"School {at}") for at in range(4)]


@pytest.mark.parametrize(
    ("said", "constraint"),
    [
        ({"first": 900_001, "second": 900_001}, "twinning_is_of_two_schools_in_order"),
        ({"first": 900_002, "second": 900_001}, "twinning_is_of_two_schools_in_order"),
        ({"state": "agreed"}, "twinning_agreed_by_both"),
        ({"state": "agreed", "first_accepted_at": NOW}, "twinning_agreed_by_both"),
        ({"state": "running", "second_accepted_at": NOW}, "twinning_agreed_by_both"),
        ({"state": "ended"}, "twinning_agreed_by_both"),
        ({"state": "accepted"}, "twinning_accepted_by_one_is_brokered"),
        ({"proposer_id": 900_001}, "twinning_proposed_is_accepted_by_who_proposes"),
        (
            {"proposer_id": 900_001, "second_accepted_at": NOW},
            "twinning_proposed_is_accepted_by_who_proposes",
        ),
        (
            {"proposer_id": 900_003, "state": "withdrawn"},
            "twinning_proposer_is_one_of_the_two",
        ),
        ({"state": "wished"}, "twinning_wished_is_a_schools_and_accepted_by_none"),
        ({"state": "friends"}, "twinning_state_is_known"),
        ({"year": 1999}, "twinning_year_is_a_year"),
        ({"reason": "Too far."}, "twinning_reason_is_of_a_refusal"),
        ({}, None),
        ({"state": "accepted", "first_accepted_at": NOW}, None),
        ({"state": "agreed", "first_accepted_at": NOW, "second_accepted_at": NOW}, None),
    ],
)
def test_what_cannot_be_is_refused_by_name(schools, said, constraint):
    assert broken(**said) == constraint


def test_a_pair_has_one_twinning_a_year_whatever_became_of_it(schools):
    make(state="withdrawn")
    assert broken() == "twinning_once_a_pair_and_year"
    assert broken(year=2027) is None


def runs(first: int, second: int) -> dict:
    return {
        "first": first,
        "second": second,
        "state": "running",
        "first_accepted_at": NOW,
        "second_accepted_at": NOW,
    }


def test_a_school_runs_no_more_than_it_has_chosen(schools):
    LinkLimit.objects.create(school=schools[1], most=1)
    make(**runs(900_001, 900_002))
    assert broken(**runs(900_002, 900_003)) == "twinning_within_the_limit"
    assert broken(**runs(900_001, 900_003)) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkLimit.objects.filter(school=schools[1]).update(most=0)
    LinkLimit.objects.filter(school=schools[1]).update(most=2)
    assert broken(**runs(900_002, 900_003)) is None


def test_a_school_that_has_not_chosen_runs_three():
    for at in range(5):
        make_school(900_001 + at, f"School {at}")
    for other in (900_002, 900_003, 900_004):
        make(**runs(900_001, other))
    assert broken(**runs(900_001, 900_005)) == "twinning_within_the_limit"


def test_steps_are_only_added():
    one, other = two_joined()
    step = proposed(one, other).steps.get()
    for change in (step.delete, lambda: TwinningStep.objects.update(state="agreed")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def start_two_at_once(together, until=lambda: None) -> tuple[list[object], int]:
    """Both of one school that runs no more than one. `until` is waited for before either commits."""
    pairs = [make(**{**runs(900_001, other), "state": "agreed"}) for other in (900_002, 900_003)]
    LinkLimit.objects.create(school_id=900_001, most=1)

    def start(pair: Twinning):
        @transaction.atomic
        def go() -> None:
            Twinning.objects.filter(pk=pair.pk).update(state="running")
            until()

        return go

    results = together(*map(start, pairs))
    return results, Twinning.objects.filter(state="running").count()


@pytest.mark.django_db(transaction=True)
def test_two_that_start_at_once_do_not_pass_the_limit(together, schools):
    for _time in range(5):
        results, number = start_two_at_once(together)
        assert number == 1
        assert [type(each) for each in results if each is not None] == [IntegrityError]
        LinkLimit.objects.all().delete()
        Twinning.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_without_the_locks_they_would_pass_it(together, schools):
    """The negative control: each counts before the other has committed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('hold_twinning_to_the_links'::regproc)")
        ours = cursor.fetchone()[0]
        unlocked = "\n".join(line for line in ours.splitlines() if "pg_advisory" not in line)
        cursor.execute(unlocked)
    counted = threading.Barrier(2)
    try:
        results, number = start_two_at_once(together, until=lambda: counted.wait(timeout=30) and None)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(ours)
    assert (results, number) == ([None, None], 2)
    Twinning.objects.update(state="agreed")


def test_a_wish_is_known_to_who_wishes_alone():
    one, other = two_joined()
    third = joined(2)
    made = running(one, other)
    wished = make(900_001, 900_003, state="wished", proposer_id=900_001)
    seen = {each.head: set(Twinning.objects.seen_by(each.head)) for each in (one, other, third)}
    assert seen == {one.head: {made, wished}, other.head: {made}, third.head: set()}
    assert set(Twinning.objects.known_to(third.school)) == set()
    assert set(Twinning.objects.known_to(one.school)) == {made, wished}
