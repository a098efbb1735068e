"""The life of a twinning: who may do what, what becomes of it, what stays of it, and who is told."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry
from organisations.models import Organisation, Role, State
from organisations.refusals import ChangedMeanwhile, MayNotChange
from schools.actions import rounds, twinnings
from schools.models import LinkLimit, Twinning, TwinningState
from tests.factories.organisations import make_place
from tests.factories.people import make_member, make_officer
from tests.factories.registers import make_school
from tests.factories.rounds import four_schools, make_round
from tests.factories.twinnings import Joined, agreed, joined, proposed, running, this_year, two_joined

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(django_capture_on_commit_callbacks):
    """Do something; gives who is told of it, and under which subject."""

    def run(act) -> list[tuple[str, str]]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return sorted((to, each.subject) for each in mail.outbox for to in each.to)

    return run


def steps(twinning: Twinning) -> list[tuple[str, object]]:
    return list(twinning.steps.values_list("state", "by"))


def accept(twinning: Twinning, who: Joined, contact: str = "Tom Hale") -> Twinning:
    return twinnings.accept(twinning=twinning, school=who.school, contact=contact, by=who.head)


def decline(twinning: Twinning, who: Joined, reason: str = "Too far for us.") -> Twinning:
    return twinnings.decline(twinning=twinning, school=who.school, reason=reason, by=who.head)


def brokered(one: Joined, other: Joined, officer) -> Twinning:
    return twinnings.broker(
        first=other.school, second=one.school, year=this_year(), note="You are near.", by=officer
    )


def test_a_proposal_is_agreed_begun_and_ended_with_who_and_when():
    one, other = two_joined()
    made = proposed(one, other)
    assert (made.state, made.proposer, made.first_contact) == ("proposed", one.school, "Amina Reid")
    made = accept(made, other)
    assert (made.state, made.second_contact) == ("agreed", "Tom Hale")
    made = twinnings.start(twinning=made, by=other.head)
    made = twinnings.end(twinning=made, by=one.head)
    assert steps(made) == [
        ("proposed", one.head.pk),
        ("agreed", other.head.pk),
        ("running", other.head.pk),
        ("ended", one.head.pk),
    ]
    rows = AuditEntry.objects.filter(subject=made.uuid).order_by("pk")
    assert list(rows.values_list("action", "by")) == [
        ("twinning.proposed", one.head.pk),
        ("twinning.agreed", other.head.pk),
        ("twinning.started", other.head.pk),
        ("twinning.ended", one.head.pk),
    ]


def test_what_an_officer_brokers_waits_for_both():
    one, other = two_joined()
    officer = make_officer(make_place())
    made = brokered(one, other, officer)
    assert (made.first, made.second, made.proposer) == (one.school, other.school, None)
    made = accept(made, other)
    assert (made.state, made.accepted_by(one.school), made.accepted_by(other.school)) == (
        "accepted",
        False,
        True,
    )
    with pytest.raises(ChangedMeanwhile):
        accept(made, other)
    assert accept(made, one).state == "agreed"
    assert steps(made) == [
        ("proposed", officer.pk),
        ("accepted", other.head.pk),
        ("agreed", one.head.pk),
    ]


def test_a_round_that_is_announced_proposes_each_of_its_pairs():
    four_schools()
    officer = make_officer(make_place())
    found = make_round(officer, year=this_year())
    rounds.announce(round=found, version=0, note="You are near.", by=officer)
    made = Twinning.objects.order_by("first")
    assert list(made.values_list("first", "second", "state", "proposer", "note")) == [
        (900_001, 900_002, "proposed", None, "You are near."),
        (900_003, 900_004, "proposed", None, "You are near."),
    ]
    assert [steps(each) for each in made] == [[("proposed", officer.pk)]] * 2


def test_a_second_round_leaves_pairs_as_they_are_that_are_asked_or_twins_already():
    four_schools()
    officer = make_officer(make_place())
    first = make_round(officer, year=this_year())
    rounds.take_out(round=first, first=900_003, second=900_004, by=officer)
    rounds.announce(round=first, version=1, note="You are near.", by=officer)
    again = make_round(officer, year=this_year(), keep=frozenset({(900_001, 900_002)}))
    rounds.announce(round=again, version=0, note="Once more.", by=officer)
    made = Twinning.objects.order_by("first")
    assert list(made.values_list("first", "second", "note")) == [
        (900_001, 900_002, "You are near."),
        (900_003, 900_004, "Once more."),
    ]
    assert [steps(each) for each in made] == [[("proposed", officer.pk)]] * 2
    now = timezone.now()
    ended = {"state": "ended", "since": now, "first_accepted_at": now, "second_accepted_at": now}
    Twinning.objects.filter(first=900_001).update(**ended)
    third = make_round(officer, year=this_year())
    with pytest.raises(ValidationError, match="Nothing was announced"):
        rounds.announce(round=third, version=0, note="And again.", by=officer)


def test_a_wish_is_told_to_nobody_until_the_other_wishes_the_same(told):
    one, other = two_joined()
    said = {"year": this_year(), "note": "Let us sing.", "contact": "Amina Reid"}

    def wish(who: Joined, whom: Joined, **more):
        return twinnings.wish(school=who.school, other=whom.school, by=who.head, **{**said, **more})

    assert told(lambda: wish(one, other)) == []
    assert Twinning.objects.get().state == "wished"
    assert told(lambda: wish(other, one, note="And draw.", contact="Tom Hale")) == [
        (other.head.email, f"{one.school} would like to be your twin")
    ]
    made = Twinning.objects.get()
    assert (made.state, made.proposer, made.note) == ("proposed", one.school, "Let us sing.")


def test_each_step_is_told_to_the_other_school(told):
    one, other = two_joined()
    third, fourth = joined(2), joined(3)
    assert told(lambda: proposed(one, other)) == [
        (other.head.email, f"{one.school} would like to be your twin")
    ]
    made = Twinning.objects.get()
    assert told(lambda: accept(made, other)) == sorted(
        [
            (one.head.email, f"You and {other.school} are twins"),
            (other.head.email, f"You and {one.school} are twins"),
        ]
    )
    assert told(lambda: twinnings.start(twinning=made, by=one.head)) == [
        (other.head.email, f"Your twinning with {one.school} has begun")
    ]
    refused = proposed(third, fourth)
    assert told(lambda: decline(refused, fourth)) == [
        (third.head.email, f"{fourth.school} cannot be your twin this time")
    ]
    assert "Too far" not in mail.outbox[0].body
    assert f"/organise/schools/{third.school.pk}/twinnings/{refused.uuid}/" in mail.outbox[0].body
    taken = proposed(one, fourth)
    assert told(lambda: twinnings.withdraw(twinning=taken, by=one.head)) == [
        (fourth.head.email, f"The proposal to be twins with {one.school} was taken back")
    ]


def test_only_owners_and_editors_of_a_checked_school_speak_for_it():
    one, other = two_joined()
    made = proposed(one, other)
    recorder = make_member(other.organisation, Role.RECORDER)
    officer = make_officer(make_place())
    for stranger in (one.head, recorder, officer):
        with pytest.raises(MayNotChange):
            twinnings.accept(twinning=made, school=other.school, contact="Tom", by=stranger)
        with pytest.raises(MayNotChange):
            twinnings.decline(twinning=made, school=other.school, reason="", by=stranger)
    with pytest.raises(MayNotChange):
        twinnings.withdraw(twinning=made, by=other.head)
    Organisation.objects.filter(pk=other.organisation.pk).update(state=State.SUSPENDED)
    with pytest.raises(MayNotChange):
        accept(made, other)
    assert Twinning.objects.get().state == "proposed"


def test_a_third_school_has_no_part_in_it():
    one, other = two_joined()
    third = joined(2)
    made = running(one, other)
    for act in (twinnings.end, twinnings.start, twinnings.withdraw):
        with pytest.raises(MayNotChange):
            act(twinning=made, by=third.head)
    with pytest.raises(MayNotChange):
        accept(made, third)


def test_officers_broker_in_their_own_places_and_may_end():
    one, other = two_joined()
    elsewhere = make_officer(make_place("elsewhere", area_codes=["E08000001"]))
    with pytest.raises(MayNotChange):
        brokered(one, other, elsewhere)
    made = running(one, other)
    with pytest.raises(MayNotChange):
        twinnings.end(twinning=made, by=elsewhere)
    assert twinnings.end(twinning=made, by=make_officer(make_place())).state == "ended"


def test_who_was_refused_does_not_ask_twice_in_a_year_but_the_other_may():
    one, other = two_joined()
    decline(proposed(one, other), other)
    with pytest.raises(ValidationError):
        proposed(one, other)
    again = proposed(other, one)
    assert (again.state, again.reason, again.first_contact) == ("proposed", "", "")
    assert Twinning.objects.count() == 1
    assert [state for state, _by in steps(again)] == ["proposed", "declined", "proposed"]


def test_what_was_taken_back_can_be_proposed_again_and_what_ended_cannot():
    one, other = two_joined()
    twinnings.withdraw(twinning=proposed(one, other), by=one.head)
    made = running(one, other)
    twinnings.end(twinning=made, by=one.head)
    with pytest.raises(ChangedMeanwhile):
        proposed(one, other)
    assert proposed(one, other, this_year() + 1).year == this_year() + 1


def test_what_cannot_be_is_refused_in_words():
    one, other = two_joined()
    with pytest.raises(ValidationError, match="own twin"):
        proposed(one, one)
    closed = make_school(900_010, "Shut", status="closed")
    with pytest.raises(ValidationError, match="Shut is closed"):
        proposed(one, Joined(closed, one.organisation, one.head))
    with pytest.raises(ValidationError) as refused:
        proposed(one, other, this_year() - 1)
    assert list(refused.value.message_dict) == ["year"]
    with pytest.raises(ValidationError) as refused:
        twinnings.propose(
            school=one.school, other=other.school, year=this_year(), note=" ", contact="", by=one.head
        )
    assert sorted(refused.value.message_dict) == ["contact", "note"]
    made = proposed(one, other)
    for contact in (" ", "x" * 121):
        with pytest.raises(ValidationError) as refused:
            accept(made, other, contact=contact)
        assert list(refused.value.message_dict) == ["contact"]


def test_a_school_that_closed_meanwhile_does_not_say_yes_nor_begin():
    one, other = two_joined()
    asked = proposed(one, other)
    other.school.status = "closed"
    other.school.save()
    with pytest.raises(ValidationError, match="is closed"):
        accept(asked, other)
    assert decline(asked, other).state == "declined"

    one, other = joined(2), joined(3)
    made = agreed(one, other)
    one.school.status = "closed"
    one.school.save()
    with pytest.raises(ValidationError, match="is closed"):
        twinnings.start(twinning=made, by=other.head)
    assert twinnings.end(twinning=made, by=other.head).state == "ended"


def test_a_school_runs_no_more_than_it_has_chosen_and_chooses_no_less_than_it_runs():
    one, other = two_joined()
    third = joined(2)
    twinnings.choose_limit(school=one.school, most=1, by=one.head)
    running(one, other)
    waiting = agreed(one, third)
    with pytest.raises(ValidationError, match="as many twinnings as it has chosen"):
        twinnings.start(twinning=waiting, by=third.head)
    waiting.refresh_from_db()
    assert waiting.state == "agreed"
    with pytest.raises(ValidationError) as refused:
        twinnings.choose_limit(school=one.school, most=0, by=one.head)
    assert list(refused.value.message_dict) == ["most"]
    assert LinkLimit.objects.get().most == 1


def both_propose(together, all_look_before) -> list[str]:
    """What becomes of it when two schools propose to each other, and both have found nothing yet."""
    one, other = two_joined()
    all_look_before(twinnings, "_store")
    results = together(lambda: proposed(one, other), lambda: proposed(other, one))
    return sorted(type(each).__name__ for each in results)


@pytest.mark.django_db(transaction=True)
def test_two_schools_that_propose_to_each_other_at_once_make_one_twinning(together, all_look_before):
    assert both_propose(together, all_look_before) == ["ChangedMeanwhile", "Twinning"]
    assert Twinning.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_they_would_make_two(together, all_look_before, without_unique):
    """The negative control: the database takes a pair twice."""
    without_unique(Twinning, "first_id", "second_id", "year")
    assert both_propose(together, all_look_before) == ["Twinning", "Twinning"]
    assert Twinning.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_once_are_one_of_the_two(together):
    one, other = two_joined()
    made = proposed(one, other)
    results = together(lambda: accept(made, other), lambda: decline(made, other))
    assert sorted(type(each).__name__ for each in results) == ["ChangedMeanwhile", "Twinning"]
    assert made.steps.count() == 2


@pytest.mark.django_db(transaction=True)
def test_without_a_hold_yes_and_no_at_once_would_be_both(together, nobody_holds, all_look_before):
    """The negative control: both look before either has answered."""
    one, other = two_joined()
    made = proposed(one, other)
    nobody_holds(Twinning)
    all_look_before(twinnings, "_moved")
    results = together(lambda: accept(made, other), lambda: decline(made, other))
    assert [type(each).__name__ for each in results] == ["Twinning", "Twinning"]
    assert made.steps.count() == 3


def asked_on(twinning: Twinning, day: datetime.date) -> None:
    noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
    Twinning.objects.filter(pk=twinning.pk).update(since=noon, year=2026)


def test_it_lapses_after_twenty_school_days_and_holidays_do_not_count(told):
    """Asked on Thursday, 1 October 2026: 16 school days to the half term, then from 2 November."""
    one, other = two_joined()
    made = proposed(one, other)
    asked_on(made, datetime.date(2026, 10, 1))
    early, due = datetime.date(2026, 11, 4), datetime.date(2026, 11, 5)
    assert twinnings.lapse_unanswered(today=early, dry_run=False) == 0
    assert twinnings.lapse_unanswered(today=due, dry_run=True) == 1
    made.refresh_from_db()
    assert made.state == "proposed"
    said = told(lambda: twinnings.lapse_unanswered(today=due, dry_run=False))
    assert said == [(one.head.email, f"{other.school} did not answer")]
    made.refresh_from_db()
    assert (made.state, steps(made)[-1]) == ("lapsed", ("lapsed", None))
    assert "answered for 20 school days" in mail.outbox[-1].body
    assert twinnings.lapse_unanswered(today=due, dry_run=False) == 0


def test_a_proposal_of_a_year_that_is_over_says_that_it_is(told):
    one, other = two_joined()
    made = proposed(one, other)
    asked_on(made, datetime.date(2027, 7, 30))
    said = told(lambda: twinnings.lapse_unanswered(today=datetime.date(2027, 8, 1), dry_run=False))
    assert said == [(one.head.email, f"{other.school} did not answer")]
    assert "The school year 2026/27 is over" in mail.outbox[-1].body
    assert "20 school days" not in mail.outbox[-1].body


def test_what_was_agreed_does_not_lapse_and_ends_with_its_year():
    one, other = two_joined()
    made = running(one, other)
    asked_on(made, datetime.date(2026, 10, 1))
    assert twinnings.lapse_unanswered(today=datetime.date(2027, 6, 1), dry_run=False) == 0
    assert twinnings.end_past(today=datetime.date(2027, 7, 31), dry_run=False) == 0
    assert twinnings.end_past(today=datetime.date(2027, 8, 1), dry_run=False) == 1
    made.refresh_from_db()
    assert (made.state, steps(made)[-1]) == ("ended", ("ended", None))


def test_what_people_wrote_is_emptied_a_year_after_it_was_over():
    one, other = two_joined()
    third = joined(2)
    refused = decline(proposed(one, other), other)
    runs = running(one, third)
    now = timezone.now()
    over = now - datetime.timedelta(days=366)
    Twinning.objects.update(since=over)
    assert twinnings.forget(now=now, dry_run=True) == 1
    assert twinnings.forget(now=now, dry_run=False) == 1
    assert twinnings.forget(now=now, dry_run=False) == 0
    refused.refresh_from_db()
    runs.refresh_from_db()
    assert (refused.first_contact, refused.note, refused.reason) == ("", "", "")
    assert (runs.first_contact, runs.second_contact) == ("Amina Reid", "Tom Hale")
    assert refused.state == TwinningState.DECLINED
