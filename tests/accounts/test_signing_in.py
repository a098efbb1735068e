"""Signing in and out, in our frame."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.factories.people import make_user


@pytest.fixture
def person(db):
    user = make_user("amira@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_person_signs_in_whatever_the_case_of_the_address(client, person):
    response = client.post(
        reverse("account_login"), {"login": "Amira@Example.org", "password": "correct-horse"}
    )
    assert (response.status_code, response["Location"]) == (302, "/cms/")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_wrong_password_is_said_in_words_and_the_address_is_kept(client, person):
    response = client.post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    content = response.content.decode()
    assert "The email address and/or password you specified are not correct." in content
    assert f'value="{person.email}"' in content


@pytest.mark.django_db
def test_nobody_signs_up_by_themselves(client):
    client.post(reverse("account_signup"), {"email": "new@example.org", "password1": "a-long-pass-word"})
    assert not EmailAddress.objects.filter(email="new@example.org").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_pages_stand_in_our_frame(client, name):
    assert '<a class="skip" href="#main">' in client.get(reverse(name)).content.decode()


def test_signing_out_asks_first(client, person):
    client.force_login(person)
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
