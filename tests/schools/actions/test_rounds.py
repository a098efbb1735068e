"""Rounds: worked out in pieces, within what was asked, and adjusted by hand."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from organisations.refusals import ChangedMeanwhile, MayNotChange
from places.models import School, SchoolPupils
from schools import rounds as working_out
from schools import tick
from schools.actions import rounds
from schools.models import LinkLimit, Reach, Round, RoundPair, RoundState, Step, Takers, Twinning
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff
from tests.factories.rounds import YEAR, counted_school, four_schools, make_round

pytestmark = pytest.mark.django_db


def pairs(round: Round) -> list[tuple[int, int]]:
    return [
        (first - 900_000, second - 900_000)
        for first, second in round.pairs.proposed().order_by("first").values_list("first", "second")
    ]


def asked(**said) -> rounds.Asked:
    return rounds.Asked(**{"year": YEAR, **said})


def test_a_small_places_round_is_worked_out_while_the_officer_waits():
    four_schools()
    counted_school(900_005, 0, 0, 100, area_code="E08000001")
    officer = make_officer(make_place())
    made = rounds.run(place=make_place(), asked=asked(), by=officer)
    made.refresh_from_db()
    assert (made.state, made.step, made.graph, made.by) == (RoundState.DRAFT, None, None, officer)
    assert pairs(made) == [(1, 2), (3, 4)]
    assert str(made) == "Calderdale, 2026/27"
    found = {name: made.figures[name] for name in ("schools", "nodes", "edges")}
    assert found == {"schools": 4, "nodes": 4, "edges": 6}
    assert (made.figures["best"]["weight"], made.figures["greedy"]["weight"]) == (1_000_000, 1_000_000)
    assert made.figures["best"]["across"] == 0.5
    said = AuditEntry.objects.get(subject=made.uuid)
    assert (said.action, said.by) == ("round.run", officer)


def test_a_pair_knows_its_numbers():
    four_schools()
    pair = make_round().pairs.get(first=900_001)
    assert (pair.weight, pair.difference, pair.across) == (500_000, 0.5, 0.5)
    assert (pair.inside_first, pair.inside_second) == (pytest.approx(50 / 99), 0)
    assert pair.kilometres == pytest.approx(1.609, abs=0.001)
    assert (pair.kept, pair.by_hand, pair.taken_out) == (False, False, False)


def test_a_large_one_is_worked_out_by_the_job_piece_by_piece(monkeypatch):
    four_schools()
    monkeypatch.setattr(rounds, "AT_ONCE", 3)
    monkeypatch.setattr(rounds, "JOB_SECONDS", 0)
    made = rounds.run(place=make_place(), asked=asked(), by=make_officer(make_place()))
    seen = []
    for _piece in range(3):
        seen.append((made.state, made.step))
        assert tick.work_out_rounds(dry_run=True) == 1
        rounds.advance(round=made, seconds=0)
        made.refresh_from_db()
    assert seen == [(RoundState.AT_WORK, step) for step in Step]
    assert (made.state, pairs(made)) == (RoundState.DRAFT, [(1, 2), (3, 4)])
    assert tick.work_out_rounds(dry_run=False) == 0


def test_a_study_of_all_england_goes_to_the_job_and_takes_schools_of_every_place():
    four_schools()
    counted_school(900_005, 0, 0, 100, area_code="E08000001")
    counted_school(900_006, 100, 0, 0, phase="", area_code="E08000002")
    made = rounds.run(place=None, asked=asked(reach=Reach.ALL_PHASES), by=make_officer(make_place()))
    assert made.state == RoundState.AT_WORK
    assert tick.work_out_rounds(dry_run=False) == 1
    made.refresh_from_db()
    assert (made.state, made.is_study, str(made)) == (RoundState.DRAFT, True, "All of England, 2026/27")
    assert made.figures["nodes"] == 6
    assert len(pairs(made)) == 3


def test_a_piece_that_fails_leaves_nothing_and_is_done_again(monkeypatch):
    four_schools()
    made = rounds.begin(place=make_place(), asked=asked(), by=None)
    rounds.advance(round=made, seconds=0)
    create = RoundPair.objects.bulk_create

    def fails(rows, **more):
        create(rows, **more)
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(type(RoundPair.objects), "bulk_create", lambda _self, rows, **more: fails(rows, **more))
        with pytest.raises(RuntimeError):
            rounds.advance(round=made)
    made.refresh_from_db()
    assert (made.step, pairs(made)) == (Step.PAIRING, [])
    assert pairs(rounds.advance(round=made)) == [(1, 2), (3, 4)]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, [(1, 2), (3, 4)]),
        ({"most_miles": 0.9}, []),
        ({"most_miles": 1.1, "never": frozenset([(900_002, 900_001)])}, [(2, 3)]),
        ({"least_difference": 60}, [(2, 3)]),
        ({"left_out": frozenset([900_001])}, [(2, 3)]),
        ({"keep": frozenset([(900_004, 900_001)])}, [(1, 4), (2, 3)]),
        ({"keep": frozenset([(900_002, 900_003)])}, [(2, 3)]),
        ({"never": frozenset([(900_001, 900_002), (900_001, 900_003)])}, [(2, 3)]),
        ({"reach": Reach.SECONDARY}, []),
        ({"reach": Reach.PRIMARY}, [(1, 2), (3, 4)]),
    ],
)
def test_what_was_asked_holds(said, found):
    four_schools()
    assert pairs(make_round(**said)) == found


def test_kept_links_are_marked_and_have_numbers_as_far_as_they_are_known():
    four_schools()
    counted_school(900_009, 0, 100, miles_north=30, phase="secondary")
    SchoolPupils.objects.filter(school=900_001).delete()
    made = make_round(keep=frozenset([(900_003, 900_009), (900_001, 900_002)]))
    unknown, known = made.pairs.filter(kept=True).order_by("first")
    assert (unknown.weight, unknown.across, unknown.kilometres) == (
        None,
        None,
        pytest.approx(1.609, abs=0.001),
    )
    assert (known.weight, known.across) == (0, 0)
    assert known.kilometres == pytest.approx(28 * 1.609, abs=0.1)


@pytest.mark.parametrize(
    ("said", "name", "words"),
    [
        ({"keep": frozenset([(900_001, 900_001)])}, "keep", "A school cannot be its own twin."),
        ({"never": frozenset([(900_001, 900_001)])}, "never", "A school cannot be its own twin."),
        (
            {"keep": frozenset([(900_001, 900_002), (900_002, 900_003)])},
            "keep",
            "A school can be in one link that is kept, no more.",
        ),
        (
            {"keep": frozenset([(900_001, 900_002)]), "left_out": frozenset([900_002])},
            "keep",
            "A school that is left out cannot have a link that is kept.",
        ),
        (
            {"keep": frozenset([(900_001, 900_002)]), "never": frozenset([(900_002, 900_001)])},
            "never",
            "A link cannot be kept and never be repeated.",
        ),
        (
            {"left_out": frozenset([900_077, 5])},
            "left_out",
            "The register has no school with the number 5, 900077.",
        ),
        ({"keep": frozenset([(900_001, 900_005)])}, "keep", "School 900005 is closed."),
        ({"most_miles": 0}, "most_miles", "Ensure this value is greater than or equal to 0.1."),
        ({"least_difference": 100}, "least_difference", "Ensure this value is less than or equal to 99."),
    ],
)
def test_what_cannot_be_is_refused_in_words(said, name, words):
    four_schools()
    counted_school(900_005, 1, 1, status="closed")
    with pytest.raises(ValidationError) as refused:
        make_round(**said)
    assert refused.value.message_dict == {name: [words]}
    assert not Round.objects.exists()


def test_an_officer_runs_rounds_for_their_own_place_and_studies():
    here, elsewhere = make_place(), make_place("elsewhere", area_codes=["E08000001"])
    officer, member = make_officer(elsewhere), make_member(make_organisation())
    for place, person in [(here, officer), (here, member), (None, member)]:
        with pytest.raises(MayNotChange):
            rounds.run(place=place, asked=asked(), by=person)
    rounds.run(place=None, asked=asked(), by=officer)
    rounds.run(place=here, asked=asked(), by=make_staff())
    assert Round.objects.count() == 2


def test_a_pair_is_taken_out_and_put_back():
    four_schools()
    officer = make_officer(make_place())
    made = make_round(officer)
    rounds.take_out(round=made, first=900_002, second=900_001, by=officer)
    rounds.take_out(round=made, first=900_001, second=900_002, by=officer)
    assert pairs(made) == [(3, 4)]
    pair = made.pairs.get(first=900_001)
    assert (pair.taken_out, pair.by_hand) == (True, True)
    rounds.put_in(round=made, first=900_002, second=900_001, by=officer)
    assert pairs(made) == [(1, 2), (3, 4)]
    made.refresh_from_db()
    assert made.version == 2
    said = AuditEntry.objects.filter(subject=made.uuid).order_by("pk").values_list("action", flat=True)
    assert list(said) == ["round.run", "round.pair_taken_out", "round.pair_put_in"]


def test_a_pair_of_the_officers_own_has_its_numbers():
    four_schools()
    officer = make_officer(make_place())
    made = make_round(officer)
    for first, second in [(900_001, 900_002), (900_003, 900_004)]:
        rounds.take_out(round=made, first=first, second=second, by=officer)
    rounds.put_in(round=made, first=900_003, second=900_002, by=officer)
    pair = made.pairs.proposed().get()
    assert (pair.first_id, pair.second_id, pair.by_hand) == (900_002, 900_003, True)
    assert (pair.weight, pair.across, pair.inside_first) == (1_000_000, 1, 0)
    assert working_out.outcome_now(made).across == 1


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (900_001, 900_001, "A school cannot be its own twin."),
        (900_001, 900_003, "School 900001 and School 900002 are a pair in this round. Take it out first."),
        (900_001, 900_077, "The register has no school with the number 900077."),
        (900_005, 900_001, "School 900005 is closed."),
        (900_006, 900_007, "School 900006 is not in this place."),
    ],
)
def test_a_pair_that_cannot_be_is_not_put_in(first, second, words):
    four_schools()
    counted_school(900_005, 1, 1, status="closed")
    counted_school(900_006, 1, 1, area_code="E08000001")
    counted_school(900_007, 1, 1)
    officer = make_officer(make_place())
    made = make_round(officer, left_out=frozenset([900_007]))
    with pytest.raises(ValidationError) as refused:
        rounds.put_in(round=made, first=first, second=second, by=officer)
    assert refused.value.messages == [words]
    assert pairs(made) == [(1, 2), (3, 4)]


def test_a_pair_is_kept_until_it_is_taken_out():
    four_schools()
    officer = make_officer(make_place())
    made = make_round(officer)
    rounds.keep(round=made, first=900_001, second=900_002, kept=True, by=officer)
    assert made.pairs.get(first=900_001).kept
    rounds.take_out(round=made, first=900_001, second=900_002, by=officer)
    assert not made.pairs.get(first=900_001).kept
    with pytest.raises(ChangedMeanwhile):
        rounds.keep(round=made, first=900_001, second=900_002, kept=True, by=officer)
    with pytest.raises(ChangedMeanwhile):
        rounds.keep(round=made, first=900_001, second=900_004, kept=True, by=officer)


def test_others_cannot_change_a_round():
    four_schools()
    stranger = make_officer(make_place("elsewhere", area_codes=["E08000001"]))
    made = make_round()
    said = {"round": made, "first": 900_001, "second": 900_002, "by": stranger}
    for act in (rounds.take_out, rounds.put_in, lambda **more: rounds.keep(kept=True, **more)):
        with pytest.raises(MayNotChange):
            act(**said)
    assert pairs(made) == [(1, 2), (3, 4)]


def test_the_database_refuses_what_cannot_be():
    four_schools()
    made = make_round()
    impossible = [
        lambda: RoundPair.objects.create(round=made, first_id=900_002, second_id=900_001),
        lambda: RoundPair.objects.create(round=made, first_id=900_001, second_id=900_001),
        lambda: RoundPair.objects.create(round=made, first_id=900_001, second_id=900_003),
        lambda: RoundPair.objects.create(round=made, first_id=900_002, second_id=900_004),
        lambda: made.pairs.update(across=1.5),
        lambda: Round.objects.update(state="announced"),
        lambda: Round.objects.update(state="at-work"),
        lambda: Round.objects.update(area_codes=[]),
        lambda: Round.objects.update(reach="some"),
    ]
    for act in impossible:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


@pytest.mark.parametrize("number", [4, 12])
def test_working_out_asks_the_database_as_often_however_many_schools(django_assert_num_queries, number):
    four_schools()
    for urn in range(900_005, 900_001 + number):
        counted_school(urn, 100, urn - 900_000)
    made = rounds.begin(place=make_place(), asked=asked(), by=None)
    with django_assert_num_queries(17):
        rounds.advance(round=made)


def test_schools_that_left_the_place_take_no_part():
    four_schools()
    School.objects.filter(pk=900_004).update(area_code="E08000001")
    assert pairs(make_round()) == [(2, 3)]


def test_only_schools_that_have_joined_and_were_checked_take_part_where_that_is_asked():
    four_schools()
    for urn in (900_001, 900_003):
        make_organisation(kind="school", urn=urn)
    make_organisation(kind="school", urn=900_002, public=False)
    assert pairs(make_round(takers=Takers.JOINED)) == [(1, 3)]


def test_a_school_with_as_many_twinnings_as_it_has_chosen_wants_no_more():
    four_schools()
    for urn in (900_001, 900_002, 900_003, 900_004):
        make_organisation(kind="school", urn=urn)
    LinkLimit.objects.create(school_id=900_001, most=0)
    LinkLimit.objects.create(school_id=900_002, most=1)
    now = timezone.now()
    far = counted_school(900_009, 0, 300, miles_north=90)
    twinning = Twinning(first_id=900_002, second=far, year=YEAR - 1, state="running", since=now)
    twinning.first_accepted_at = twinning.second_accepted_at = now
    twinning.save()
    both = {"takers": Takers.JOINED, "year": YEAR}
    assert {number for pair in pairs(make_round(**both)) for number in pair} == {2, 3}
    Twinning.objects.update(year=YEAR)
    assert {number for pair in pairs(make_round(**both)) for number in pair} == {3, 4}
