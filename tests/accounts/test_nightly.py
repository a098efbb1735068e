"""What is forgotten about people by itself."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts import nightly
from accounts.models import User
from organisations.models import Membership, Role
from tests.factories.organisations import make_organisation
from tests.factories.signing_in import make_person, sign_in

pytestmark = pytest.mark.django_db


def sign_up(email: str, days_ago: int) -> User:
    Client().post(
        "/accounts/signup/",
        {"first_name": "A", "last_name": "B", "email": email, "password1": "three blue teapots"},
    )
    joined = timezone.now() - datetime.timedelta(days=days_ago)
    User.objects.filter(email=email).update(date_joined=joined)
    return User.objects.get(email=email)


def test_accounts_that_nobody_confirms_go_after_a_week() -> None:
    confirmed = make_person()
    User.objects.update(date_joined=timezone.now() - datetime.timedelta(days=30))
    old, young, named = (sign_up(f"{days}@example.org", days) for days in (8, 6, 9))
    Membership.objects.create(organisation=make_organisation(), user=named, role=Role.RECORDER)
    assert nightly.forget_unconfirmed_accounts(dry_run=True) == 1
    assert set(User.objects.all()) == {confirmed, old, young, named}
    assert nightly.forget_unconfirmed_accounts(dry_run=False) == 1
    assert set(User.objects.all()) == {confirmed, young, named}
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


def test_tries_that_no_longer_count_go() -> None:
    cache.set("old", [1], -1)
    cache.set("new", [1], 600)
    assert nightly.forget_old_tries(dry_run=True) == 1
    assert nightly.forget_old_tries(dry_run=False) == 1
    assert (nightly.forget_old_tries(dry_run=False), cache.get("new")) == (0, [1])
