"""Two hundred officers press Approve at the same moment, on real connections."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import AuditEntry, User
from organisations.actions import applications, registration
from organisations.models import Application, Membership, Organisation, OrganisationPage, OrganisersPage
from pages.actions import tree
from tests.factories.applications import make_application
from tests.factories.organisations import make_place
from tests.factories.people import make_officer

pytestmark = pytest.mark.django_db(transaction=True)

APPROVALS = 200
AT_ONCE = 40  # connections; the server takes a hundred


def ready() -> tuple[Application, User]:
    tree.plant()
    officer = make_officer(make_place())
    return make_application(), officer


def approve(application: Application, by: User) -> str:
    return applications.approve(application=application, by=by).slug


def test_two_hundred_approvals_at_once_make_one_organisation(together, capsys: pytest.CaptureFixture) -> None:
    application, officer = ready()

    def press_and_press() -> list[str]:
        return [approve(application, officer) for _ in range(APPROVALS // AT_ONCE)]

    results = together(*[press_and_press] * AT_ONCE)

    made = Organisation.objects.count()
    with capsys.disabled():
        print(f"\n{APPROVALS} approvals over {AT_ONCE} connections: organisations made: {made}")
    assert results == [["spark-boxing"] * (APPROVALS // AT_ONCE)] * AT_ONCE
    assert made == OrganisationPage.objects.count() == 1
    assert Membership.objects.count() == 1
    assert Group.objects.filter(name__startswith="organisation ").count() == 1
    assert AuditEntry.objects.filter(action="application.approved").count() == 1


def test_without_the_hold_they_make_several(together, nobody_holds, all_look_before) -> None:
    """The negative control: both find it waiting before either has made anything."""
    application, officer = ready()
    nobody_holds(Application)
    all_look_before(applications, "_register")

    results = together(*[lambda: approve(application, officer)] * 2)

    assert sorted(results) == ["spark-boxing", "spark-boxing-2"]
    assert Organisation.objects.count() == 2


def approve_two_of_one_name(together) -> list[str]:
    first, officer = ready()
    both = [first, make_application()]
    return sorted(map(str, together(*[lambda each=each: approve(each, officer) for each in both])))


def test_two_applications_of_one_name_approved_at_once_are_two_organisations(together) -> None:
    assert approve_two_of_one_name(together) == ["spark-boxing", "spark-boxing-2"]


def test_without_the_hold_on_the_page_above_one_of_two_would_fail(
    together, nobody_holds, all_look_before
) -> None:
    """The negative control: both find the slug free, and the database refuses one of them."""
    nobody_holds(OrganisersPage)
    all_look_before(registration, "register")

    refused, made = approve_two_of_one_name(together)

    assert made == "spark-boxing"
    assert refused.startswith("duplicate key value violates unique constraint")
    assert Organisation.objects.count() == 1
