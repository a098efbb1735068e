"""Behind every view: a twinning is for its two schools and for the officers of their places."""

import pytest

from accounts import in_hand
from schools.actions import twinnings
from schools.models import LinkLimit, PaperLetter, ProgrammeTemplate, Twinning, TwinningStep
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer
from tests.factories.twinnings import agreed, joined, proposed, this_year, two_joined


def test_twinnings_of_other_schools_are_not_there():
    heron, larkfield = two_joined()
    ashgrove = joined(2)
    made, other = agreed(heron, larkfield), proposed(larkfield, ashgrove)
    for person, theirs in (
        (heron.head, {made}),
        (larkfield.head, {made, other}),
        (ashgrove.head, {other}),
        (make_member(make_organisation()), set()),
        (make_officer(make_place("elsewhere", area_codes=["E09000001"])), set()),
    ):
        with in_hand.held_by(person):
            assert set(Twinning.objects.all()) == theirs


def test_wish_is_there_for_the_school_that_wishes_alone():
    heron, larkfield = two_joined()
    wish = twinnings.wish(
        school=heron.school,
        other=larkfield.school,
        year=this_year(),
        note="One day.",
        contact="Amina Reid",
        by=heron.head,
    )
    with in_hand.held_by(heron.head):
        assert list(Twinning.objects.all()) == [wish]
    with in_hand.held_by(larkfield.head):
        assert not Twinning.objects.exists()


def test_who_said_what_when_is_the_officers():
    heron, larkfield = two_joined()
    made = agreed(heron, larkfield)
    officer = make_officer(make_place("theirs", area_codes=[heron.school.area_code]))
    with in_hand.held_by(heron.head):
        assert not TwinningStep.objects.exists()
    with in_hand.held_by(officer):
        assert {step.twinning for step in TwinningStep.objects.all()} == {made}


def test_templates_are_those_that_its_two_places_offer():
    heron, larkfield = joined(0), joined(1, place=make_place("beyond", area_codes=["E09000001"]))
    elsewhere = make_place("elsewhere", area_codes=["E09000002"])
    places = (None, heron.organisation.place, larkfield.organisation.place, elsewhere)
    all_of_them, own, partners, _others = (
        ProgrammeTemplate.objects.create(place=place, title="Songs") for place in places
    )
    given = set(ProgrammeTemplate.objects.filter(place=None))
    agreed(heron, larkfield)
    with in_hand.held_by(heron.head):
        assert set(ProgrammeTemplate.objects.all()) == given | {all_of_them, own, partners}


def test_limit_is_the_schools_own_and_its_letters_are_read_by_both():
    heron, larkfield = two_joined()
    LinkLimit.objects.create(school=larkfield.school, most=2)
    made = agreed(heron, larkfield)
    PaperLetter.objects.create(twinning=made, school=larkfield.school, digest="0" * 64, written_at=made.since)
    with in_hand.held_by(heron.head):
        assert (LinkLimit.objects.count(), PaperLetter.objects.count()) == (0, 1)
    with in_hand.held_by(larkfield.head):
        assert (LinkLimit.objects.count(), PaperLetter.objects.count()) == (1, 1)
    with in_hand.held_by(joined(2).head):
        assert (LinkLimit.objects.count(), PaperLetter.objects.count()) == (0, 0)


@pytest.mark.parametrize("held", [True, False])
def test_rules_go_into_the_statement_that_reads(held, django_assert_num_queries):
    heron, larkfield = two_joined()
    agreed(heron, larkfield)
    with in_hand.held_by(heron.head if held else None), django_assert_num_queries(1):
        assert Twinning.objects.count() == 1
