"""Who may give which name."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import rendering
from events.models import Listing
from organisations.actions import naming
from organisations.models import Role
from organisations.refusals import MayNotChange
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_user
from tests.factories.registers import make_school

pytestmark = pytest.mark.django_db


def test_owners_and_officers_rename_an_organisation_and_its_address_stays() -> None:
    organisation = make_organisation()
    slug = organisation.slug

    naming.rename_organisation(organisation=organisation, name=" Rowers ", by=make_member(organisation))
    renamed = naming.rename_organisation(
        organisation=organisation, name="Canoeists", by=make_officer(organisation.place)
    )

    assert (renamed.name, renamed.slug) == ("Canoeists", slug)
    changes = AuditEntry.objects.filter(action="organisation.renamed").order_by("id")
    assert [entry.details["to"] for entry in changes] == ["Rowers", "Canoeists"]


def test_editors_and_strangers_do_not() -> None:
    organisation = make_organisation()

    for person in (make_user(), make_member(organisation, Role.EDITOR)):
        with pytest.raises(MayNotChange):
            naming.rename_organisation(organisation=organisation, name="Mine", by=person)


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_name_that_cannot_be_is_refused_beside_the_field(name: str) -> None:
    organisation = make_organisation()

    with pytest.raises(ValidationError) as caught:
        naming.rename_organisation(organisation=organisation, name=name, by=make_member(organisation))
    assert list(caught.value.message_dict) == ["name"]


def test_the_organisations_page_bears_the_new_name_in_drafts_too() -> None:
    organisation = make_organisation("Rowers")
    page = organisation.page
    page.summary = "A draft's words"
    page.save_revision()

    naming.rename_organisation(organisation=organisation, name="Canoeists", by=make_member(organisation))

    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert (page.title, page.draft_title) == ("Canoeists", "Canoeists")
    assert (draft.title, draft.summary) == ("Canoeists", "A draft's words")


def test_a_page_with_a_title_of_its_own_keeps_it() -> None:
    organisation = make_organisation("Rowers")
    page = organisation.page
    page.title = "The rowers of the Calder"
    page.save_revision().publish()

    naming.rename_organisation(organisation=organisation, name="Canoeists", by=make_member(organisation))

    page.refresh_from_db()
    assert page.title == "The rowers of the Calder"


def test_an_officer_says_which_school_it_is_and_its_activities_are_found_by_the_new_number() -> None:
    """A school that becomes an academy has another number."""
    make_school(900_001, status="closed")
    make_school(900_002, "Heron Bank Academy")
    school = make_organisation("Heron Bank", kind="school", urn=900_001)
    activity = make_activity("Choir", host=school, rules=[make_rule()])
    officer = make_officer(school.place)

    tied = naming.tie_to_school(organisation=school, urn=900_002, by=officer)
    naming.tie_to_school(organisation=school, urn=900_002, by=officer)
    rendering.render_queued(now=timezone.now())

    assert tied.urn == 900_002
    assert Listing.objects.get(activity=activity).schools == [900_002]
    [row] = AuditEntry.objects.filter(action="organisation.tied_to_school")
    assert (row.by, row.details) == (officer, {"from": 900_001, "to": 900_002})


def test_owners_do_not_say_which_school_it_is() -> None:
    make_school(900_001)
    school = make_organisation(kind="school")
    for person in (make_user(), make_member(school), make_officer(make_place("elsewhere"))):
        with pytest.raises(MayNotChange):
            naming.tie_to_school(organisation=school, urn=900_001, by=person)


@pytest.mark.parametrize(
    ("kind", "urn", "words"),
    [
        ("club", 900_001, "Only a school has a number"),
        ("school", 900_009, "No school has this number."),
        ("school", 900_002, "is not open"),
        ("school", 900_003, "Another organisation here stands for this school."),
    ],
)
def test_a_school_that_it_cannot_be_is_refused_beside_the_field(kind: str, urn: int, words: str) -> None:
    make_school(900_001)
    make_school(900_002, status="closed")
    make_school(900_003)
    make_organisation(kind="school", urn=900_003)
    organisation = make_organisation(kind=kind)
    with pytest.raises(ValidationError) as caught:
        naming.tie_to_school(organisation=organisation, urn=urn, by=make_officer(organisation.place))
    assert words in caught.value.message_dict["urn"][0]
