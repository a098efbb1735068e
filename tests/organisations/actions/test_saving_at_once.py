"""Two people save the same form at the same moment, on real connections."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

import looks
from accounts.models import User
from looks import Look
from organisations.actions import declarations, naming
from organisations.models import Declaration, Organisation
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db(transaction=True)


def answering(draft: Declaration, name: str, by: User) -> Callable[[], str]:
    seen = Look(("lead_name",), looks.version(draft, ["lead_name"]))
    said = {"lead_name": name}
    return lambda: declarations.fill_in(declaration=draft, said=said, by=by, seen=seen).lead_name


def draft_of(organisation: Organisation, by: User) -> Declaration:
    return declarations.begin(organisation=organisation, by=by)


def test_of_two_answers_to_one_question_the_second_is_told(together) -> None:
    organisation = make_organisation()
    owner, other = make_member(organisation), make_member(organisation)
    draft = draft_of(organisation, owner)

    results = together(answering(draft, "Ann Lee", owner), answering(draft, "Bo Lee", other))

    (refused,) = [result for result in results if isinstance(result, ValidationError)]
    draft.refresh_from_db()
    assert f"It now says: Their name: {draft.lead_name}." in refused.message_dict["seen"][0]
    assert draft.lead_name in results


def test_without_the_hold_one_answer_would_be_lost_unseen(together, nobody_holds, all_look_before) -> None:
    """The negative control: both look before either has saved."""
    organisation = make_organisation()
    owner, other = make_member(organisation), make_member(organisation)
    draft = draft_of(organisation, owner)
    nobody_holds(Declaration)
    all_look_before(looks, "refuse_if_changed")

    results = together(answering(draft, "Ann Lee", owner), answering(draft, "Bo Lee", other))

    assert results == ["Ann Lee", "Bo Lee"]


def naming_it(organisation: Organisation, name: str, by: User) -> Callable[[], str]:
    seen = Look(("name",), looks.version(organisation, ["name"]))
    said = {"name": name, "thread": organisation.thread}
    return lambda: naming.change_organisation(organisation=organisation, said=said, by=by, seen=seen).name


def test_of_two_names_the_second_is_told(together) -> None:
    organisation = make_organisation("Rowers")
    officer = make_officer(organisation.place)

    results = together(
        naming_it(organisation, "Canoeists", officer), naming_it(organisation, "Paddlers", officer)
    )

    (refused,) = [result for result in results if isinstance(result, ValidationError)]
    organisation.refresh_from_db()
    assert f"It now says: Name: {organisation.name}." in refused.message_dict["seen"][0]
    assert organisation.name in results


def test_without_the_hold_one_name_would_be_lost_unseen(together, nobody_holds, all_look_before) -> None:
    """The negative control: both look before either has saved."""
    organisation = make_organisation("Rowers")
    officer = make_officer(organisation.place)
    nobody_holds(Organisation)
    all_look_before(looks, "refuse_if_changed")

    results = together(
        naming_it(organisation, "Canoeists", officer), naming_it(organisation, "Paddlers", officer)
    )

    assert not [result for result in results if isinstance(result, Exception)]
