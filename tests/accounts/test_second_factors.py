"""The second step: set up, asked for, used up, given up."""

import re
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from accounts import second_factors
from accounts.models import AuditEntry, User
from organisations.models import Membership, Role
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_officer, make_staff, make_user
from tests.factories.signing_in import codes, codes_of, confirm, make_person, sign_in, signed_in

pytestmark = pytest.mark.django_db
# What follows once a factor is kept follows when it is committed.
committing = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person() -> User:
    return make_person("amira@example.org")


@pytest.fixture
def enrolled(person: User) -> User:
    second_factors.enrol_app(person)
    return person


def show_who_one_is(client: Client) -> None:
    client.post("/accounts/reauthenticate/", {"password": "correct-horse"})


def set_up_app(client: Client) -> list[str]:
    """Through the pages. The spare codes, shown once."""
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    [secret] = re.findall(r'code-letters">([A-Z2-7]+)<', page)
    done = client.post("/accounts/2fa/totp/activate/", {"code": codes(secret)[1]})
    assert done["Location"] == "/accounts/2fa/recovery-codes/"
    return re.findall(r"<li>(\d{8})</li>", client.get(done["Location"]).content.decode())


@committing
def test_app_is_set_up_and_then_asked_for(client: Client, person: User) -> None:
    sign_in(client, person)
    assert client.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
    show_who_one_is(client)
    spare = set_up_app(client)
    assert (len(spare), len(set(spare))) == (10, 10)
    assert (mail.outbox[-1].subject, mail.outbox[-1].to) == (
        "An app was added to your account",
        [person.email],
    )

    client = Client()
    assert sign_in(client, person)["Location"] == "/accounts/2fa/authenticate/"
    assert signed_in(client) is None
    said = client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "That code is not right." in said
    client.post("/accounts/2fa/authenticate/", {"code": codes_of(person)[1]})
    assert signed_in(client) == person.pk

    client = Client()
    sign_in(client, person)
    client.post("/accounts/2fa/authenticate/", {"code": spare[0]})
    assert signed_in(client) == person.pk
    client = Client()
    sign_in(client, person)
    client.post("/accounts/2fa/authenticate/", {"code": spare[0]})
    assert signed_in(client) is None


def test_a_passkey_is_offered_to_who_has_one(client: Client, enrolled: User) -> None:
    sign_in(client, enrolled)
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    assert ("one of your spare codes" in page, "Use a passkey" in page) == (True, False)


@committing
def test_spare_codes_are_shown_once(client: Client, person: User) -> None:
    sign_in(client, person)
    show_who_one_is(client)
    spare = set_up_app(client)
    again = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert [code for code in spare if code in again] == []
    client.post("/accounts/2fa/recovery-codes/generate/")
    new = re.findall(r"<li>(\d{8})</li>", client.get("/accounts/2fa/recovery-codes/").content.decode())
    assert set(new).isdisjoint(spare)
    assert len(new) == 10


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_code_of_this_step_or_the_next_is_taken_once(
    enrolled: User, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: 1_800_000_000))
    code = codes_of(enrolled)[step]
    found = []
    for _ in range(2):
        client = Client()
        sign_in(client, enrolled)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        found.append(signed_in(client))
    assert found == [enrolled.pk, None]


@committing
def test_sign_ins_without_the_new_factor_end(client: Client, person: User) -> None:
    weaker = Client()
    weaker.force_login(person)
    sign_in(client, person)
    show_who_one_is(client)
    set_up_app(client)
    assert weaker.get("/accounts/").status_code == 302
    assert client.get("/accounts/").status_code == 200
    kept = AuditEntry.objects.filter(subject=person.uuid).order_by("id")
    assert [(entry.action, entry.details) for entry in kept] == [
        ("person.factor_added", {"factor": "totp"}),
        ("person.factor_added", {"factor": "recovery_codes"}),
    ]


def test_giving_up_a_factor_asks_who_it_is_and_tells_by_mail(client: Client, enrolled: User) -> None:
    other = Client()
    other.force_login(enrolled)
    sign_in(client, enrolled)
    client.post("/accounts/2fa/authenticate/", {"code": codes_of(enrolled)[1]})
    asked = client.post("/accounts/2fa/totp/deactivate/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert second_factors.is_enrolled(enrolled)
    show_who_one_is(client)
    client.post("/accounts/2fa/totp/deactivate/")
    assert not second_factors.is_enrolled(enrolled)
    assert mail.outbox[-1].subject == "The app was taken off your account"
    assert other.get("/accounts/").status_code == 302


def test_keys_are_not_readable_in_the_database(enrolled: User, settings) -> None:
    kept = Authenticator.objects.get(user=enrolled).data["secret"]
    before = second_factors.current_code(enrolled)
    assert re.fullmatch("[A-Z2-7]{32}", kept) is None
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert second_factors.current_code(enrolled) in codes_of(enrolled)
    assert before.isdigit()
    settings.SECRET_KEY_FALLBACKS = []
    client = Client()
    sign_in(client, enrolled)
    assert client.post("/accounts/2fa/authenticate/", {"code": before}).status_code == 200
    assert signed_in(client) is None


def member_of_two(role: Role) -> User:
    user = make_member(make_organisation(), role)
    Membership.objects.create(organisation=make_organisation(), user=user, role=role)
    return user


def without(user: User) -> User:
    Authenticator.objects.filter(user=user).delete()
    return user


def needing() -> dict[str, User]:
    staff = make_user(is_staff=True)
    return {
        "superuser": without(make_staff()),
        "staff": staff,
        "officer": without(make_officer(make_organisation().place)),
        **{f"{role} of two": member_of_two(role) for role in Role},
    }


def test_who_needs_a_second_factor() -> None:
    assert {name: second_factors.is_missing(user) for name, user in needing().items()} == {
        "superuser": True,
        "staff": True,
        "officer": True,
        "owner of two": True,
        "editor of two": True,
        "recorder of two": True,
    }
    club = make_organisation()
    assert [second_factors.is_missing(make_member(club, role)) for role in Role] == [False] * 3
    assert second_factors.is_missing(make_staff()) is False


def test_without_it_nothing_of_the_cms_and_the_workspace_is_reached() -> None:
    for user in needing().values():
        client = Client()
        client.force_login(user)
        for path in ("/cms/", "/cms/pages/", "/cms/api/main/pages/", "/organise/", "/cms/no-such-page/"):
            for ask in (client.get, client.post):
                assert ask(path)["Location"] == "/accounts/2fa/"
        page = client.get("/accounts/2fa/").content.decode()
        assert "Your work needs a second step when you sign in." in page


@committing
def test_enrolling_opens_the_way(client: Client) -> None:
    officer = confirm(without(make_officer(make_organisation().place)))
    sign_in(client, officer)
    assert client.get("/organise/")["Location"] == "/accounts/2fa/"
    show_who_one_is(client)
    set_up_app(client)
    assert client.get("/organise/").status_code == 200


def test_spare_codes_alone_are_no_second_factor(client: Client) -> None:
    user = without(make_staff())
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert second_factors.is_missing(user) is True


def test_asking_costs_one_query(django_assert_num_queries) -> None:
    staff, owner = make_staff(), make_member(make_organisation())
    with django_assert_num_queries(1):
        assert second_factors.is_missing(staff) is False
    with django_assert_num_queries(1):
        assert second_factors.is_missing(owner) is False


def test_recorder_at_the_cms_is_led_to_the_workspace(client: Client) -> None:
    client.force_login(make_member(make_organisation(), Role.RECORDER))
    assert client.get("/cms/")["Location"] == "/organise/"
    said = client.get("/organise/").content.decode()
    assert "The editor is for people who write pages." in said


def test_somebody_without_work_is_led_to_their_own_page(client: Client, person: User) -> None:
    client.force_login(person)
    assert client.get("/cms/")["Location"] == "/accounts/"
