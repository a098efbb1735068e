"""Two forms with one address at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.forms import SignupForm
from django.core import mail
from django.db import IntegrityError, connection
from django.test import Client

from accounts.adapter import AccountAdapter
from accounts.forms import SignUpForm
from accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)

NEW = {
    "first_name": "Amira",
    "last_name": "Khan",
    "email": "amira@example.org",
    "password1": "three blue teapots",
}


@pytest.fixture
def _together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have found the address free before either saves."""
    both, save = threading.Barrier(2, timeout=60), AccountAdapter.save_user

    def save_together(self: AccountAdapter, *args: object, **kwargs: object) -> User:
        both.wait()
        return save(self, *args, **kwargs)

    monkeypatch.setattr(AccountAdapter, "save_user", save_together)


def sign_up(_number: int) -> str:
    try:
        return Client().post("/accounts/signup/", NEW)["Location"]
    finally:
        connection.close()


@pytest.mark.usefixtures("_together")
def test_both_are_told_the_same_and_one_account_is_made() -> None:
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(sign_up, range(2))) == ["/accounts/confirm-email/"] * 2
    assert User.objects.filter(email=NEW["email"]).count() == 1
    assert sorted(message.subject for message in mail.outbox) == [
        "You have an account at Mingle already",
        "Your code for Mingle",
    ]


@pytest.mark.usefixtures("_together")
def test_without_our_care_the_second_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SignUpForm, "try_save", SignupForm.try_save)
    with ThreadPoolExecutor(2) as threads, pytest.raises(IntegrityError):
        list(threads.map(sign_up, range(2)))
