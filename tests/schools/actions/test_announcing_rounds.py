"""A round is announced once: all its pairs or none, however often it is pressed."""

import pytest
from django.core.exceptions import ValidationError

from accounts import audit
from accounts.models import AuditEntry, User
from organisations.refusals import ChangedMeanwhile, MayNotChange, Refused
from schools.actions import rounds, twinnings
from schools.models import Reach, Round, RoundState
from tests.factories.organisations import make_place
from tests.factories.people import make_officer
from tests.factories.rounds import four_schools, make_round


def broker(*, first, second, year, note, by) -> None:
    """Leaves a row that is taken back with everything else."""
    said = {"pair": [first.pk, second.pk], "year": year, "note": note}
    audit.record(by=by, action="twinning.brokered", subject=by, details=said)


@pytest.fixture(autouse=True)
def _pairs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What becomes of a pair is told in `test_twinnings`; here a pair could be proposed as often as it is."""
    monkeypatch.setattr(twinnings, "broker", broker)


def brokered() -> list[list[int]]:
    rows = AuditEntry.objects.filter(action="twinning.brokered").order_by("pk")
    return [row.details["pair"] for row in rows]


def a_round(**asked) -> tuple[Round, User]:
    four_schools()
    officer = make_officer(make_place())
    return make_round(officer, **asked), officer


@pytest.mark.django_db
def test_every_pair_that_is_not_taken_out_is_proposed():
    made, officer = a_round()
    rounds.take_out(round=made, first=900_003, second=900_004, by=officer)
    announced = rounds.announce(round=made, version=1, note="Meet up.", by=officer)
    assert brokered() == [[900_001, 900_002]]
    row = AuditEntry.objects.get(action="twinning.brokered")
    assert (row.details["year"], row.details["note"]) == (2026, "Meet up.")
    assert (announced.state, announced.announced_by, announced.note) == ("announced", officer, "Meet up.")
    said = AuditEntry.objects.get(action="round.announced")
    assert (said.subject, said.by, said.details) == (made.uuid, officer, {"pairs": 1, "new": 1})
    with pytest.raises(ChangedMeanwhile):
        rounds.put_in(round=made, first=900_003, second=900_004, by=officer)


@pytest.mark.django_db
def test_pressed_again_nothing_more_happens():
    made, officer = a_round()
    for _time in range(2):
        rounds.announce(round=made, version=0, note="Meet up.", by=officer)
    assert brokered() == [[900_001, 900_002], [900_003, 900_004]]
    assert AuditEntry.objects.filter(action="round.announced").count() == 1


@pytest.mark.django_db
def test_if_one_pair_cannot_be_none_is_and_it_is_named(monkeypatch):
    made, officer = a_round()

    def refuses(*, first, **said) -> None:
        if first.pk == 900_003:
            raise Refused("They are twins already.")
        broker(first=first, **said)

    monkeypatch.setattr(twinnings, "broker", refuses)
    with pytest.raises(ValidationError) as refused:
        rounds.announce(round=made, version=0, note="Meet up.", by=officer)
    assert refused.value.messages == [
        "Nothing was announced. School 900003 and School 900004 cannot be twins: They are twins already."
    ]
    made.refresh_from_db()
    assert (brokered(), made.state) == ([], RoundState.DRAFT)


@pytest.mark.django_db
def test_what_was_changed_since_it_was_seen_is_not_announced():
    made, officer = a_round()
    rounds.take_out(round=made, first=900_001, second=900_002, by=officer)
    with pytest.raises(ChangedMeanwhile):
        rounds.announce(round=made, version=0, note="Meet up.", by=officer)
    assert brokered() == []


@pytest.mark.django_db
def test_a_study_and_a_round_without_pairs_cannot_be_announced():
    made, officer = a_round(reach=Reach.ALL_PHASES)
    england = rounds.run(place=None, asked=rounds.Asked(year=2026), by=officer)
    empty = make_round(officer, most_miles=0.5)
    for each in (made, england, empty):
        with pytest.raises(ValidationError):
            rounds.announce(round=each, version=0, note="Meet up.", by=officer)
    assert brokered() == []


@pytest.mark.django_db
def test_officers_of_other_places_cannot_announce():
    made, _officer = a_round()
    stranger = make_officer(make_place("elsewhere", area_codes=["E08000001"]))
    with pytest.raises(MayNotChange):
        rounds.announce(round=made, version=0, note="Meet up.", by=stranger)
    assert brokered() == []


def both_press(together, made: Round, officer: User) -> int:
    """How often the round is announced by two presses at the same moment."""

    def press() -> object:
        return rounds.announce(round=made, version=0, note="Meet up.", by=officer)

    results = together(press, press)
    assert not [each for each in results if isinstance(each, Exception)]
    times = AuditEntry.objects.filter(action="round.announced").count()
    assert brokered().count([900_001, 900_002]) == brokered().count([900_003, 900_004]) == times
    return times


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_at_the_same_moment_it_is_announced_once(together):
    assert both_press(together, *a_round()) == 1


@pytest.mark.django_db(transaction=True)
def test_without_a_hold_on_the_round_it_would_be_announced_twice(together, nobody_holds, all_look_before):
    """The negative control: both look before either has announced anything."""
    made, officer = a_round()
    nobody_holds(Round)
    all_look_before(rounds, "_broker")
    assert both_press(together, made, officer) == 2
