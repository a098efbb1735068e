"""Who may make and change which venue, and that nobody overwrites unseen what another wrote."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry
from events.actions import vocabularies
from organisations.actions import venues
from organisations.actions.venues import Said
from organisations.models import Answer, Role, Venue
from organisations.refusals import MayNotChange
from tests.factories.organisations import HALIFAX, make_organisation, make_place, make_venue
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db

FACTS = {
    "name": "Victoria Hall",
    "street": "",
    "town": "Halifax",
    "postcode": "HX1 1UJ",
    "latitude": HALIFAX[0],
    "longitude": HALIFAX[1],
    "directions": "",
}


@pytest.fixture(autouse=True)
def _features() -> None:
    vocabularies.add_missing()


def test_an_organisations_venue_is_changed_by_its_editors_its_officers_and_staff() -> None:
    host = make_organisation()
    venue = make_venue(host)
    people = (make_member(host), make_member(host, Role.EDITOR), make_officer(host.place), make_staff())
    for number, person in enumerate(people):
        assert venues.change(venue=venue, by=person, name=f"Hall {number}").name == f"Hall {number}"
    others = (
        make_member(host, Role.RECORDER),
        make_member(make_organisation()),
        make_officer(make_place("kirklees")),
        make_user(),
    )
    for person in others:
        with pytest.raises(MayNotChange):
            venues.change(venue=venue, by=person, name="Mine")
    assert Venue.objects.get(pk=venue.pk).name == "Hall 3"


def test_a_shared_venue_is_changed_by_officers_of_its_place_and_staff_alone() -> None:
    host = make_organisation()
    venue = make_venue()
    assert venues.change(venue=venue, by=make_officer(host.place), town="Elland").town == "Elland"
    assert venues.change(venue=venue, by=make_staff(), town="Sowerby").town == "Sowerby"
    for person in (make_member(host), make_officer(make_place("kirklees"))):
        with pytest.raises(MayNotChange):
            venues.change(venue=venue, by=person, town="Ours")


def test_a_change_is_audited_with_what_was_and_what_is() -> None:
    host = make_organisation()
    owner = make_member(host)
    venue = make_venue(host, name="The pool")
    checked = datetime.date(2026, 9, 1)
    access = {"step-free": Said(Answer.YES, "Ramp at the back", checked)}
    venues.change(venue=venue, by=owner, name=" The baths ", access=access)
    row = AuditEntry.objects.get(action="venue.changed")
    assert (row.by, row.subject, row.organisation) == (owner, venue.uuid, host.uuid)
    assert row.details == {
        "from": {"name": "The pool", "access step-free": None},
        "to": {"name": "The baths", "access step-free": ["yes", "Ramp at the back", "2026-09-01"]},
    }
    assert venues.access_of(venue) == access


def test_nothing_changed_writes_nothing() -> None:
    venue = make_venue()
    access = {"lift": Said()}
    venues.change(venue=venue, by=make_staff(), name=venue.name, access=access)
    assert not AuditEntry.objects.filter(action="venue.changed").exists()
    assert venue.access.count() == 0


def test_answers_that_are_not_mentioned_stay_and_others_are_taken_back() -> None:
    venue, staff = make_venue(), make_staff()
    said = {"lift": Said(Answer.NO), "step-free": Said(Answer.YES)}
    venues.change(venue=venue, by=staff, access=said)
    venues.change(venue=venue, by=staff, access={"lift": Said()})
    assert venues.access_of(venue) == {"step-free": Said(Answer.YES)}


def test_the_second_of_two_people_is_told_and_overwrites_nothing() -> None:
    venue, staff = make_venue(name="The pool"), make_staff()
    seen = venues.version(venue)
    venues.change(venue=venue, by=staff, seen=seen, access={"lift": Said(Answer.YES)})
    with pytest.raises(ValidationError) as caught:
        venues.change(venue=venue, by=staff, seen=seen, name="The baths", access={"lift": Said(Answer.NO)})
    (words,) = caught.value.message_dict["seen"]
    assert "It now says: Name: The pool; " in words
    assert ": Yes. What you typed is still here" in words
    assert Venue.objects.get(pk=venue.pk).name == "The pool"
    now = venues.version(venue)
    assert venues.change(venue=venue, by=staff, seen=now, name="The baths").name == "The baths"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "   "}, "name"),
        ({"town": ""}, "town"),
        ({"name": "x" * 121}, "name"),
        ({"latitude": 12.0}, "__all__"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(change: dict, field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        venues.change(venue=make_venue(), by=make_staff(), **change)
    assert list(caught.value.message_dict) == [field]


def test_place_and_owner_are_no_facts_that_anybody_changes() -> None:
    with pytest.raises(TypeError):
        venues.change(venue=make_venue(), by=make_staff(), organisation=make_organisation())


def test_a_venue_is_made_with_its_answers_by_whom_it_will_belong_to() -> None:
    host = make_organisation()
    editor = make_member(host, Role.EDITOR)
    access = {"lift": Said(Answer.NO, "Two floors", None)}
    made = venues.add(place=host.place, organisation=host, by=editor, access=access, **FACTS)
    assert (made.place, made.organisation, venues.access_of(made)) == (host.place, host, access)
    row = AuditEntry.objects.get(action="venue.added")
    assert (row.by, row.subject, row.organisation) == (editor, made.uuid, host.uuid)
    for place, owner in ((host.place, None), (host.place, make_organisation())):
        with pytest.raises(MayNotChange):
            venues.add(place=place, organisation=owner, by=editor, **FACTS)
    assert Venue.objects.count() == 1
