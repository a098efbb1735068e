"""Two owners of one organisation close their accounts at the same moment: one of them stays."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.actions import people
from accounts.models import User
from organisations.actions import members
from organisations.models import Organisation, Role
from tests.factories.organisations import make_organisation
from tests.factories.signing_in import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owners() -> list[User]:
    spark, people = make_organisation("Spark"), [make_person(), make_person()]
    for person in people:
        members.join(organisation=spark, user=person, role=Role.OWNER, by=None)
    return people


def closed() -> list[bool]:
    return sorted(at is not None for at in User.objects.values_list("closed_at", flat=True))


def test_one_of_two_owners_stays(owners: list[User], together: Callable[..., list[object]]) -> None:
    results = together(*(partial(people.close, user=owner, by=owner) for owner in owners))
    assert sorted(type(result) for result in results if result) == [ValidationError]
    assert closed() == [False, True]
    assert Organisation.objects.get().memberships.count() == 1


def test_both_would_go_if_nobody_held_the_organisation(
    owners: list[User],
    together: Callable[..., list[object]],
    nobody_holds: Callable[..., None],
    all_look_before: Callable[..., None],
) -> None:
    nobody_holds(Organisation)
    all_look_before(members, "_go")
    assert together(*(partial(people.close, user=owner, by=owner) for owner in owners)) == [None, None]
    assert closed() == [True, True]
    assert Organisation.objects.get().memberships.count() == 0
