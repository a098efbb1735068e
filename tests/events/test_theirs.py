"""Behind every view: what hangs on a date is for those who run it and for the officers of its place."""

import pytest
from django.utils import timezone

from accounts import in_hand
from accounts.models import User
from events.models import Activity, CoOrganiser, Counter, Occurrence, Question, Register, Source, Timetable
from organisations.models import Organisation, Role
from tests.factories.activities import make_activity
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    made = make_activity("Street football")
    register = Register.objects.create(occurrence=made.occurrences.first(), came=7)
    Counter.objects.create(
        register=register, question=Question.GROUP, source=Source.TYPED, answer="asian", number=3
    )
    return made


def sees(person: User) -> tuple[bool, bool, bool]:
    with in_hand.held_by(person):
        return Occurrence.objects.exists(), Register.objects.exists(), Counter.objects.exists()


def test_register_is_there_for_members_of_the_host_and_officers_of_its_place(activity: Activity) -> None:
    for role in Role:
        assert sees(make_member(activity.host, role)) == (True, True, True)
    assert sees(make_officer(activity.host.place)) == (True, True, True)
    assert sees(make_officer(make_place("elsewhere"))) == (False, False, False)
    assert sees(make_member(make_organisation())) == (False, False, False)


def test_who_helps_to_run_it_sees_it_once_they_accepted_and_while_they_are_public(activity: Activity) -> None:
    partner = make_organisation("Rowers")
    person = make_member(partner, Role.RECORDER)
    row = CoOrganiser.objects.create(activity=activity, organisation=partner)
    assert sees(person) == (False, False, False)
    CoOrganiser.objects.filter(pk=row.pk).update(accepted_at=timezone.now())
    assert sees(person) == (True, True, True)
    Organisation.objects.filter(pk=partner.pk).update(declaration_until="2020-01-01")
    assert sees(person) == (False, False, False)


def test_timetable_is_there_for_those_who_may_change_it(activity: Activity) -> None:
    Timetable.objects.create(
        organisation=activity.host,
        name="Club",
        cells=[],
        first=timezone.localdate(),
        changed_at=timezone.now(),
    )
    for person, number in (
        (make_member(activity.host, Role.EDITOR), 1),
        (make_member(activity.host, Role.RECORDER), 0),
        (make_member(make_organisation()), 0),
    ):
        with in_hand.held_by(person):
            assert Timetable.objects.count() == number


def test_every_co_organiser_of_an_activity_is_there_for_each_that_is_asked(activity: Activity) -> None:
    asked, other = make_organisation("Rowers"), make_organisation("Swimmers")
    for each in (asked, other):
        CoOrganiser.objects.create(activity=activity, organisation=each)
    with in_hand.held_by(make_member(asked)):
        assert CoOrganiser.objects.count() == 2
    with in_hand.held_by(make_member(make_organisation("Runners"))):
        assert CoOrganiser.objects.count() == 0


def test_rules_go_into_the_statement_that_reads(activity: Activity, django_assert_num_queries) -> None:
    person = make_member(activity.host)
    with in_hand.held_by(person), django_assert_num_queries(1):
        assert Register.objects.count() == 1
