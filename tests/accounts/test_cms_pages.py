"""Wagtail's own pages for signing in lead to ours."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.people import make_staff
from tests.factories.signing_in import confirm, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> User:
    return confirm(make_staff())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/cms/login/", "/accounts/login/"),
        ("/cms/password_reset/", "/accounts/password/reset/"),
        ("/cms/password_reset/done/", "/accounts/password/reset/"),
        ("/cms/password_reset/confirm/Mg/set-password/", "/accounts/password/reset/"),
        ("/cms/password_reset/complete/", "/accounts/password/reset/"),
    ],
)
def test_each_leads_to_ours(client: Client, staff: User, method: str, path: str, leads: str) -> None:
    sent = getattr(client, method)(path, {"username": staff.email, "password": "correct-horse"})
    assert (sent.status_code, sent["Location"]) == (302, leads)
    assert signed_in(client) is None


@pytest.mark.parametrize("name", ["wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset"])
def test_wagtails_own_addresses_are_covered(client: Client, name: str) -> None:
    assert client.get(reverse(name))["Location"].startswith("/accounts/")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("/cms/pages/", "?next=%2Fcms%2Fpages%2F"),
        ("http://testserver/cms/", "?next=http%3A%2F%2Ftestserver%2Fcms%2F"),
        ("https://evil.example/", ""),
        ("//evil.example/", ""),
        ("/\\evil.example", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_next_is_checked(client: Client, method: str, wanted: str, kept: str) -> None:
    sent = getattr(client, method)("/cms/login/", {"next": wanted})
    assert sent["Location"] == f"/accounts/login/{kept}"


def test_stranger_at_the_cms_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/cms/pages/")["Location"] == "/accounts/login/?next=/cms/pages/"


def test_wagtails_button_signs_out(client: Client, staff: User) -> None:
    client.force_login(staff)
    sent = client.post("/cms/logout/", follow=True)
    assert sent.redirect_chain == [("/accounts/logout/", 307), ("/", 302)]
    assert signed_in(client) is None


def test_a_link_to_sign_out_asks_first(client: Client, staff: User) -> None:
    client.force_login(staff)
    assert "Sign out?" in client.get("/cms/logout/", follow=True).content.decode()
    assert signed_in(client) == staff.pk


def test_signing_out_needs_its_token(staff: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    assert client.post("/cms/logout/").status_code == 403
    assert signed_in(client) == staff.pk


def test_the_cms_changes_neither_password_nor_address(client: Client, staff: User) -> None:
    client.force_login(staff)
    page = client.get("/cms/account/").content.decode()
    assert 'name="password-old_password"' not in page
    assert 'name="name_email-email"' not in page
    assert 'href="/accounts/"' in page
    client.post(
        "/cms/account/",
        {
            "name_email-first_name": "A",
            "name_email-last_name": "B",
            "name_email-email": "other@example.org",
            "password-old_password": "correct-horse",
            "password-new_password1": "a new long password",
            "password-new_password2": "a new long password",
        },
    )
    staff.refresh_from_db()
    assert staff.email != "other@example.org"
    assert staff.check_password("correct-horse") is True


def test_staff_cannot_choose_passwords_for_others(client: Client, staff: User) -> None:
    client.force_login(staff)
    page = client.get(reverse("wagtailusers_users:add")).content.decode()
    assert 'name="email"' in page
    assert 'name="password1"' not in page
