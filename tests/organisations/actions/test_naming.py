"""Who may give which name."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEntry
from organisations.actions import naming
from organisations.models import Role
from organisations.refusals import MayNotChange
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_officer, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.floor]


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
