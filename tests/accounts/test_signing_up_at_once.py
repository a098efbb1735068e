"""Two forms with one address at the same moment."""

import pytest
from allauth.account.forms import SignupForm
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
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


def two_sign_up(together, all_look_before) -> list[HttpResponse]:
    """Both have found the address free before either saves."""
    cache.clear()  # which knows how many codes were sent to this address by the test before
    all_look_before(AccountAdapter, "save_user")
    # A client that raises would raise what has happened to the other one too.
    return together(*[lambda: Client(raise_request_exception=False).post("/accounts/signup/", NEW)] * 2)


def test_both_are_told_the_same_and_one_account_is_made(together, all_look_before) -> None:
    answers = two_sign_up(together, all_look_before)
    assert [each["Location"] for each in answers] == ["/accounts/confirm-email/"] * 2
    assert User.objects.filter(email=NEW["email"]).count() == 1
    assert sorted(message.subject for message in mail.outbox) == [
        "You have an account at Mingle already",
        "Your code for Mingle",
    ]


def test_without_our_care_the_second_fails(
    together, all_look_before, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: allauth by itself."""
    monkeypatch.setattr(SignUpForm, "try_save", SignupForm.try_save)
    answers = two_sign_up(together, all_look_before)
    assert sorted(each.status_code for each in answers) == [302, 500]
