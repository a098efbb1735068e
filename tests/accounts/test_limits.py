"""Tries are counted by account and by address, once for all workers; reading is never counted."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client

from accounts import second_factors
from accounts.models import User
from tests.factories.signing_in import codes_of, make_person, sign_in, signed_in

pytestmark = pytest.mark.django_db

SCHOOL = {"REMOTE_ADDR": "192.0.2.7"}
PUPILS = 300


@pytest.fixture
def person() -> User:
    return make_person("amira@example.org")


def from_address(number: int) -> Client:
    return Client(REMOTE_ADDR=f"198.51.100.{number}")


def test_five_wrong_passwords_close_an_account_for_a_while_from_anywhere(person: User) -> None:
    for number in range(5):
        sign_in(from_address(number), person, "wrong")
    client = from_address(9)
    assert "That was a lot of tries." in sign_in(client, person).content.decode()
    assert signed_in(client) is None
    other = make_person()
    sign_in(client, other)
    assert signed_in(client) == other.pk


def test_limit_of_an_account_is_the_same_for_an_address_that_nobody_has(person: User) -> None:
    said = []
    for email in (person.email, "nobody@example.org"):
        for number in range(5):
            sign_in(from_address(number), User(email=email), "wrong")
        page = sign_in(from_address(9), User(email=email), "wrong").content.decode()
        said.append("That was a lot of tries." in page)
    assert said == [True, True]


def test_five_wrong_codes_close_the_second_step(person: User) -> None:
    client = Client()
    second_factors.enrol_app(person)
    sign_in(client, person)
    for _ in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    page = client.post("/accounts/2fa/authenticate/", {"code": codes_of(person)[1]}).content.decode()
    assert "That was a lot of tries." in page
    assert signed_in(client) is None


def test_one_address_tries_sixty_accounts_a_minute_and_no_more() -> None:
    client = Client(**SCHOOL)
    for number in range(60):
        page = sign_in(client, User(email=f"{number}@example.org"), "wrong").content.decode()
        assert "do not go together" in page
    page = sign_in(client, User(email="last@example.org"), "wrong").content.decode()
    assert "That was a lot of tries." in page
    page = sign_in(from_address(1), User(email="last@example.org"), "wrong").content.decode()
    assert "do not go together" in page


def test_mails_for_one_address_are_few(person: User) -> None:
    answers = [
        from_address(number).post("/accounts/password/reset/", {"email": person.email}).status_code
        for number in range(6)
    ]
    assert answers == [302] * 5 + [429]


def test_a_whole_staff_room_signs_in_at_once_from_one_address() -> None:
    people = [make_person() for _ in range(70)]
    found = []
    for user in people:
        client = Client(**SCHOOL)
        sign_in(client, user)
        found.append(signed_in(client))
    assert found == [user.pk for user in people]


def test_refusal_is_a_page_of_ours(person: User, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client = Client()
    sign_in(client, person, "wrong")
    refused = sign_in(client, person)
    assert refused.status_code == 429
    assert "That was a lot of tries" in refused.content.decode()
    assert '<a class="skip" href="#main">' in refused.content.decode()


def test_reading_is_never_counted(settings) -> None:
    """Even where a single write would be one too many."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/d/ip", "signup": "1/d/ip", "reset_password": "1/d/ip"}
    client = Client(**SCHOOL)
    paths = ("/activities/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/")
    answers = {client.get(path).status_code for path in paths for _ in range(PUPILS // len(paths))}
    assert answers == {200}


def test_visitors_are_told_apart_by_what_the_proxy_says_and_not_by_what_they_say(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    answers = [
        Client(REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": said})
        .post("/accounts/login/")
        .status_code
        for said in ("192.0.2.1", "192.0.2.2", "9.9.9.9, 192.0.2.1", "8.8.8.8, 192.0.2.1", "192.0.2.2")
    ]
    assert answers == [200, 200, 200, 429, 200]


def test_limits_are_kept_where_all_workers_see_them() -> None:
    assert isinstance(caches["default"], DatabaseCache)
    assert caches["default"]._max_entries == 100_000


def test_trying_many_names_makes_nobody_forget_the_first(person: User) -> None:
    """Django's own cache of 300 entries would."""
    for number in range(5):
        sign_in(from_address(number), person, "wrong")
    for number in range(400):
        cache.set(f"other:{number}", [1], 600)
    assert "That was a lot of tries." in sign_in(from_address(9), person).content.decode()


COUNT = """
import django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = "{name}"
from types import SimpleNamespace
from allauth.core.internal import ratelimit
request = SimpleNamespace(method="POST", META={{"REMOTE_ADDR": "192.0.2.7"}}, headers={{}})
limit = {{"app": "allauth.account", "action": "login_failed", "key": "amira"}}
taken = [ratelimit.consume(request, **limit) for _ in range(4)]
print(sum(1 for each in taken if each))
"""


def let_through_of_two(together) -> int:
    """Of two who try at the same moment, where one may."""
    cache.clear()
    request = SimpleNamespace(method="POST")
    limit = {"app": "tests", "action": "try", "key": "amira", "config": {"try": "1/m/key"}}
    return sum(each is not None for each in together(*[lambda: ratelimit.consume(request, **limit)] * 2))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_try_at_once_both_are_counted(together) -> None:
    assert let_through_of_two(together) == 1


@pytest.mark.django_db(transaction=True)
def test_without_its_lock_one_would_not_be(together, all_look_before, monkeypatch) -> None:
    """The negative control: both have read how many tries there were before either writes its own."""
    monkeypatch.setattr(ratelimit, "cache_lock", lambda _key: nullcontext(True))
    all_look_before(ratelimit, "apply_rate")
    assert let_through_of_two(together) == 2


@pytest.mark.django_db(transaction=True)
def test_two_processes_count_together() -> None:
    """Four tries each, of the five that an account has."""
    script = COUNT.format(name=connection.settings_dict["NAME"])
    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(_run, script) for _ in range(2)]
        counted = [each.result() for each in asked]
    assert sum(counted) == 5


@pytest.mark.django_db(transaction=True)
def test_processes_with_a_memory_of_their_own_would_not() -> None:
    """The negative control of the test above."""
    memory = 'settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}\n'
    script = COUNT.format(name=connection.settings_dict["NAME"]).replace("from types", memory + "from types")
    assert [_run(script) for _ in range(2)] == [4, 4]


def _run(script: str) -> int:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)
