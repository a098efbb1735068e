"""Signing up, in and out, with a password: in our frame and our words."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, User
from organisations.models import Role
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_staff
from tests.factories.signing_in import (
    NEW_PASSWORD,
    code_in_mail,
    confirm,
    link_in_mail,
    make_person,
    sign_in,
    signed_in,
)

pytestmark = pytest.mark.django_db

NEW = {
    "first_name": "Amira",
    "last_name": "Khan",
    "email": "Amira@Example.org",
    "password1": "three blue teapots",
}
ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]


@pytest.fixture
def person() -> User:
    return make_person("amira@example.org")


def test_person_signs_in_whatever_the_case_of_the_address(client: Client, person: User) -> None:
    response = client.post("/accounts/login/", {"login": "Amira@Example.org", "password": "correct-horse"})
    assert response.status_code == 302
    assert signed_in(client) == person.pk


def test_wrong_password_is_said_in_words_and_the_address_is_kept(client: Client, person: User) -> None:
    content = sign_in(client, person, "wrong").content.decode()
    assert "That address and that password do not go together." in content
    assert f'value="{person.email}"' in content


def test_signing_in_leads_to_where_the_work_is(person: User) -> None:
    club = make_organisation()
    editor, recorder = make_member(club), make_member(club, Role.RECORDER)
    club_rights = editor.groups.model.objects.get(name=f"organisation {club.uuid}")
    editor.groups.add(club_rights)
    leads = []
    for user in (confirm(editor), confirm(recorder), person):
        leads.append(sign_in(Client(), user)["Location"])
    assert leads == ["/cms/", "/organise/", "/accounts/"]


def test_person_without_an_organisation_is_told_how_to_run_activities(client: Client, person: User) -> None:
    client.force_login(person)
    assert "Run activities here" in client.get("/accounts/").content.decode()
    assert "Go to your work" not in client.get("/accounts/").content.decode()


def test_somebody_signs_up_with_the_code_from_the_mail(client: Client) -> None:
    sent = client.post("/accounts/signup/", NEW)
    assert sent["Location"] == "/accounts/confirm-email/"
    assert signed_in(client) is None
    assert "<strong>amira@example.org</strong>" in client.get(sent["Location"]).content.decode()
    user = User.objects.get(email="amira@example.org")
    assert not EmailAddress.objects.filter(user=user, verified=True).exists()

    done = client.post("/accounts/confirm-email/", {"code": code_in_mail().lower()})
    assert (done.status_code, done["Location"]) == (302, "/accounts/")
    assert signed_in(client) == user.pk
    assert EmailAddress.objects.get(user=user).verified is True
    assert (user.first_name, user.last_name) == ("Amira", "Khan")
    assert [entry.action for entry in AuditEntry.objects.filter(subject=user.uuid)] == [
        "person.address_confirmed"
    ]


def test_nobody_signs_in_before_the_address_is_confirmed() -> None:
    Client().post("/accounts/signup/", NEW)
    client = Client()
    user = User.objects.get(email="amira@example.org")
    assert sign_in(client, user, NEW["password1"])["Location"] == "/accounts/confirm-email/"
    assert signed_in(client) is None


def test_a_wrong_code_is_said_and_five_end_it(client: Client) -> None:
    client.post("/accounts/signup/", NEW)
    for _ in range(4):
        said = client.post("/accounts/confirm-email/", {"code": "BCDF-GHJK"}).content.decode()
        assert "That code is not right." in said
    right = code_in_mail()
    assert client.post("/accounts/confirm-email/", {"code": "BCDF-GHJK"})["Location"] == "/accounts/login/"
    client.post("/accounts/confirm-email/", {"code": right})
    assert signed_in(client) is None


def test_a_code_expires(client: Client, settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = -1
    client.post("/accounts/signup/", NEW)
    client.post("/accounts/confirm-email/", {"code": code_in_mail()})
    assert signed_in(client) is None


def test_what_was_typed_stays_when_something_is_wrong(client: Client) -> None:
    content = client.post("/accounts/signup/", {**NEW, "password1": "short"}).content.decode()
    assert 'value="Amira"' in content
    assert 'value="Amira@Example.org"' in content
    assert "field--wrong" in content
    assert User.objects.count() == 0


def test_signing_up_and_forgetting_tell_nobody_who_has_an_account(person: User) -> None:
    """The same answer, page for page; only who reads the mail learns more."""
    answers = []
    for email in (person.email, "nobody@example.org"):
        client = Client()
        up = client.post("/accounts/signup/", {**NEW, "email": email})
        page = client.get(up["Location"]).content.decode().replace(email, "EMAIL")
        forgotten = Client().post("/accounts/password/reset/", {"email": email})
        wrong = sign_in(Client(), User(email=email), "wrong").content.decode().replace(email, "EMAIL")
        answers.append((up.status_code, up["Location"], page, forgotten["Location"], wrong))
    without_tokens = [tuple(_without_token(part) for part in answer) for answer in answers]
    assert without_tokens[0] == without_tokens[1]
    assert {message.subject for message in mail.outbox if message.to == [person.email]} == {
        "You have an account at Mingle already",
        "Choose a new password",
    }


def _without_token(part: object) -> object:
    lines = str(part).splitlines()
    return [line for line in lines if "csrfmiddlewaretoken" not in line]


def test_passwords_are_hashed_as_often_whether_or_not_there_is_an_account(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is what takes time at signing up, and would tell who has an account."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    often = []
    for email in (person.email, "nobody@example.org"):
        Client().post("/accounts/signup/", {**NEW, "email": email})
        often.append(len(hashed))
        hashed.clear()
    assert often == [1, 1]
    assert len(mail.outbox) == 2


def test_an_account_that_nobody_confirmed_does_not_keep_its_address(client: Client, person: User) -> None:
    Client().post("/accounts/signup/", {**NEW, "email": "new@example.org"})
    sign_in(client, person)
    client.post("/accounts/reauthenticate/", {"password": "correct-horse"})
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    client.post("/accounts/confirm-email/", {"code": code_in_mail()})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert User.objects.filter(email="new@example.org").count() == 1


def test_an_address_that_somebody_uses_is_not_given_away(client: Client, person: User) -> None:
    """Whoever reads both mails still has two accounts; the address stays where it is."""
    other = make_person("other@example.org")
    sign_in(client, person)
    client.post("/accounts/reauthenticate/", {"password": "correct-horse"})
    client.post("/accounts/email/", {"action_add": "", "email": "other@example.org"})
    said = client.post("/accounts/confirm-email/", {"code": code_in_mail()}).content.decode()
    assert "Somebody else uses this address already." in said
    assert set(User.objects.values_list("pk", "email")) == {
        (person.pk, "amira@example.org"),
        (other.pk, "other@example.org"),
    }


def test_a_forgotten_password_is_chosen_anew_once(client: Client, person: User) -> None:
    elsewhere = Client()
    sign_in(elsewhere, person)
    client.post("/accounts/password/reset/", {"email": person.email})
    link = link_in_mail()
    form = client.get(link)["Location"]
    done = client.post(form, {"password1": NEW_PASSWORD})
    assert done["Location"] == "/accounts/password/reset/key/done/"
    assert mail.outbox[-1].subject == "You have a new password"
    assert elsewhere.get("/accounts/")["Location"] == "/accounts/login/?next=/accounts/"
    assert "This link no longer works" in Client().get(link).content.decode()
    sign_in(client, person, NEW_PASSWORD)
    assert signed_in(client) == person.pk


def test_a_password_is_changed_here_and_ends_sign_ins_elsewhere(client: Client, person: User) -> None:
    elsewhere = Client()
    for each in (client, elsewhere):
        sign_in(each, person)
    wrong = client.post("/accounts/password/change/", {"oldpassword": "no", "password1": NEW_PASSWORD})
    assert "That is not your password of now." in wrong.content.decode()
    done = client.post(
        "/accounts/password/change/", {"oldpassword": "correct-horse", "password1": NEW_PASSWORD}
    )
    assert done["Location"] == "/accounts/"
    assert client.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302
    assert mail.outbox[-1].to == [person.email]
    assert [entry.action for entry in AuditEntry.objects.filter(by=person)] == ["person.password_changed"]


def test_an_address_is_changed_by_the_code_sent_to_the_new_one(client: Client, person: User) -> None:
    sign_in(client, person)
    asked = client.post("/accounts/email/", {"action_add": "", "email": "New@Example.org"})
    assert asked["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    again = client.post(asked["Location"], {"password": "correct-horse", "next": "/accounts/email/"})
    assert again["Location"] == "/accounts/confirm-email/"
    assert mail.outbox[-1].to == ["new@example.org"]
    person.refresh_from_db()
    assert person.email == "amira@example.org"
    client.post("/accounts/confirm-email/", {"code": code_in_mail()})
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (
        ["amira@example.org"],
        "Your address was changed",
    )


def test_sessions_are_listed_and_ended(client: Client, person: User) -> None:
    elsewhere = Client(headers={"user-agent": "Firefox, Android"})
    for each in (client, elsewhere):
        sign_in(each, person)
    assert "Firefox on Android" in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")
    assert elsewhere.get("/accounts/").status_code == 302
    assert "Firefox on Android" not in client.get("/accounts/sessions/").content.decode()


def test_signing_out_asks_first(client: Client, person: User) -> None:
    client.force_login(person)
    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert signed_in(client) == person.pk
    client.post("/accounts/logout/")
    assert signed_in(client) is None


def test_who_has_signed_out_carries_no_cookie(client: Client, person: User) -> None:
    """Not even one that says so."""
    sign_in(client, person)
    assert [name for name, cookie in client.cookies.items() if cookie.value] == ["sessionid"]
    left = client.post("/accounts/logout/", follow=True)
    assert left.redirect_chain == [("/", 302)]
    assert [name for name, cookie in client.cookies.items() if cookie.value] == []


def test_what_was_done_is_said_once_and_in_no_cookie(client: Client, person: User) -> None:
    sign_in(client, person)
    client.post(
        "/accounts/password/change/", {"oldpassword": "correct-horse", "password1": "three blue teapots"}
    )
    pages = [client.get("/accounts/").content.decode() for _ in range(2)]
    assert ["You have a new password." in page for page in pages] == [True, False]
    assert list(client.cookies) == ["sessionid"]


def test_form_whose_page_was_open_too_long_is_refused_in_words(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    answer = client.post("/accounts/logout/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You were away too long, or you were signed out. So we did not take the form." in page
    assert 'href="/concern/' in page
    assert (signed_in(client), re.findall(r"<style|\sstyle=|<script(?![^>]*src=)", page)) == (person.pk, [])


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nobody_is_led_to_another_site(client: Client, person: User, wanted: str) -> None:
    assert sign_in(client, person, next=wanted)["Location"] == "/accounts/"
    assert client.get("/accounts/login/", {"next": wanted})["Location"] == "/accounts/"
    assert client.post("/accounts/logout/", {"next": wanted})["Location"] == "/"


def test_who_wanted_to_go_somewhere_here_gets_there(client: Client, person: User) -> None:
    assert sign_in(client, person, next="/accounts/sessions/")["Location"] == "/accounts/sessions/"
    assert client.post("/accounts/logout/", {"next": "/activities/"})["Location"] == "/activities/"


@pytest.mark.parametrize(
    "path",
    [
        "login/code/",
        "login/code/confirm/",
        "confirm-email/some:key/",
        "2fa/trust/",
        "2fa/recovery-codes/download/",
        "2fa/webauthn/signup/",
        "signup/passkey/",
        "phone/change/",
        "social/connections/",
        "3rdparty/",
    ],
)
def test_pages_that_nobody_needs_are_closed(client: Client, path: str) -> None:
    client.force_login(make_staff())
    assert client.get(f"/accounts/{path}").status_code == 404


def test_a_mail_server_that_is_away_is_said_in_words(client: Client, settings, monkeypatch) -> None:
    settings.EMAIL_BACKEND = "tests.accounts.away.Backend"
    client.post("/accounts/signup/", NEW)
    said = client.get("/accounts/confirm-email/").content.decode()
    assert "We could not send the mail just now." in said


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_pages_stand_in_our_frame(client: Client, name: str) -> None:
    assert '<a class="skip" href="#main">' in client.get(reverse(name)).content.decode()
