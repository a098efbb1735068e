"""Accounts that change without their person."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import second_factors
from accounts.actions import people
from accounts.models import AuditEntry, User
from tests.factories.organisations import make_organisation
from tests.factories.people import make_officer, make_staff
from tests.factories.signing_in import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def locked_out() -> User:
    person = make_person("amira@example.org")
    second_factors.enrol_app(person)
    return person


def test_lost_factors_are_forgotten_on_record_and_sign_ins_end(client: Client, locked_out: User) -> None:
    client.force_login(locked_out)
    staff = make_staff()
    assert people.forget_factors(user=locked_out, by=staff, reason="Rang the club.") == 1
    assert second_factors.is_enrolled(locked_out) is False
    assert client.get("/accounts/").status_code == 302
    [entry] = AuditEntry.objects.filter(subject=locked_out.uuid)
    assert (entry.action, entry.by, entry.reason) == ("person.factors_forgotten", staff, "Rang the club.")
    assert people.forget_factors(user=locked_out, by=staff, reason="Again.") == 0
    assert AuditEntry.objects.filter(subject=locked_out.uuid).count() == 1


def test_only_platform_staff_forget_factors(locked_out: User) -> None:
    officer = make_officer(make_organisation().place)
    for by in (officer, locked_out):
        with pytest.raises(PermissionDenied):
            people.forget_factors(user=locked_out, by=by, reason="")
    assert second_factors.is_enrolled(locked_out) is True


def test_whoever_runs_the_site_helps_by_command(locked_out: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("forget_second_factor", "Amira@Example.org", reason="Rang the club.")
    assert "signs in with the password alone" in capsys.readouterr().out
    assert Authenticator.objects.filter(user=locked_out).count() == 0
    for email, words in (("nobody@example.org", "Nobody signs in as"), (locked_out.email, "has no second")):
        with pytest.raises(CommandError, match=words):
            call_command("forget_second_factor", email, reason="Rang.")
