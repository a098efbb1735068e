"""Accounts that change without their person."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts import nightly, second_factors
from accounts.actions import people
from accounts.models import AuditEntry, User
from organisations.models import Membership, Role
from tests.factories.organisations import make_organisation
from tests.factories.people import make_officer, make_staff
from tests.factories.signing_in import make_person, sign_in

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


def sign_up(email: str, days_ago: int) -> User:
    Client().post(
        "/accounts/signup/",
        {"first_name": "A", "last_name": "B", "email": email, "password1": "three blue teapots"},
    )
    joined = timezone.now() - datetime.timedelta(days=days_ago)
    User.objects.filter(email=email).update(date_joined=joined)
    return User.objects.get(email=email)


def test_accounts_that_nobody_confirms_go_after_a_week(locked_out: User) -> None:
    User.objects.update(date_joined=timezone.now() - datetime.timedelta(days=30))
    old, young, named = (sign_up(f"{days}@example.org", days) for days in (8, 6, 9))
    Membership.objects.create(organisation=make_organisation(), user=named, role=Role.RECORDER)
    assert nightly.forget_unconfirmed_accounts(dry_run=True) == 1
    assert set(User.objects.all()) == {locked_out, old, young, named}
    assert nightly.forget_unconfirmed_accounts(dry_run=False) == 1
    assert set(User.objects.all()) == {locked_out, young, named}
    assert nightly.forget_unconfirmed_accounts(dry_run=False) == 0


def test_where_people_signed_in_goes_with_the_session(client: Client) -> None:
    person = make_person()
    other = Client()
    for each in (client, other):
        sign_in(each, person)
    other.session.flush()
    assert nightly.forget_where_people_signed_in(dry_run=True) == 1
    assert nightly.forget_where_people_signed_in(dry_run=False) == 1
    assert nightly.forget_where_people_signed_in(dry_run=False) == 0
