"""Two hundred officers press Approve at the same moment, on real connections."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from accounts.models import AuditEntry, User
from organisations.actions import applications
from organisations.models import Application, Membership, Organisation, OrganisationPage
from pages.actions import tree
from tests.factories.applications import make_application
from tests.factories.organisations import make_place
from tests.factories.people import make_officer

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.floor]

APPROVALS = 200
AT_ONCE = 40  # connections; the server takes a hundred


def all_together(approve: Callable[[], object], times: int, at_once: int) -> list[object]:
    """Every connection is open before the first begins."""
    gate = threading.Barrier(at_once)

    def share(number: int) -> list[object]:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            return [_result(approve) for _ in range(number)]
        finally:
            connection.close()

    with ThreadPoolExecutor(at_once) as people:
        shares = [people.submit(share, times // at_once) for _ in range(at_once)]
        return [one for each in shares for one in each.result(timeout=300)]


def _result(approve: Callable[[], object]) -> object:
    try:
        return approve()
    except Exception as error:
        return error


def ready() -> tuple[Application, User]:
    tree.plant()
    officer = make_officer(make_place())
    return make_application(), officer


def test_two_hundred_approvals_at_once_make_one_organisation() -> None:
    application, officer = ready()

    results = all_together(
        lambda: applications.approve(application=application, by=officer).slug, APPROVALS, AT_ONCE
    )

    assert results == ["spark-boxing"] * APPROVALS
    assert Organisation.objects.count() == OrganisationPage.objects.count() == 1
    assert Membership.objects.count() == 1
    assert Group.objects.filter(name__startswith="organisation ").count() == 1
    assert AuditEntry.objects.filter(action="application.approved").count() == 1


def test_without_the_hold_they_make_several(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the same race, and nobody holds the application."""
    application, officer = ready()
    all_have_looked = threading.Barrier(2)

    def look_and_wait(given: Application) -> Application:
        seen = Application.objects.get(pk=given.pk)
        all_have_looked.wait(timeout=60)
        return seen

    monkeypatch.setattr(applications, "_hold", look_and_wait)

    results = all_together(lambda: applications.approve(application=application, by=officer).slug, 2, 2)

    assert sorted(map(str, results)) == ["spark-boxing", "spark-boxing-2"]
    assert Organisation.objects.count() == 2


def test_two_applications_of_one_name_approved_at_once_are_two_organisations() -> None:
    first, officer = ready()
    both = [first, make_application()]

    results = all_together(lambda: applications.approve(application=both.pop(), by=officer).slug, 2, 2)

    assert sorted(map(str, results)) == ["spark-boxing", "spark-boxing-2"]
