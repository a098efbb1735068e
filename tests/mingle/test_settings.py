import os
import subprocess
import sys
from pathlib import Path

import pytest

from mingle.loopback import is_loopback, loopback_only
from mingle.settings import kept
from mingle.settings.environment import Environment
from mingle.settings.kept import kept_secret

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "kZ3xVbQ9tLmN7rPwYs2HdFgJcT5uAeX8qRyB6vDnWpK4oMiEaC",
    "MINGLE_CONCERN_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "MINGLE_ADDRESS": "https://mingle.place.example",
    "DATABASE_URL": "postgres://mingle:secret@db.place.example/mingle",
    "MINGLE_MAIL": "smtp://post%40place:se%2Fcret@mail.place.example:587",
    "MINGLE_MAIL_FROM": "Mingle <hello@place.example>",
}


def manage(
    *arguments: str, settings: str = "production", **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments, "--settings", f"mingle.settings.{settings}"],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_passes_the_deployment_checks() -> None:
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert checked.returncode == 0, checked.stderr


def test_production_says_everything_that_is_missing_at_once() -> None:
    stopped = manage("check")
    assert stopped.returncode != 0
    for name in COMPLETE:
        assert f"{name} is not set: " in stopped.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "short", "too easy to guess"),
        ("SECRET_KEY", "ab" * 40, "too easy to guess"),
        ("MINGLE_CONCERN_KEYS", "short", "not 32 bytes in base64"),
        ("MINGLE_CONCERN_KEYS", f"{COMPLETE['MINGLE_CONCERN_KEYS']},c2hvcnQ=", "not 32 bytes in base64"),
        ("MINGLE_ADDRESS", "http://mingle.place.example", "an address beginning with https://"),
        ("MINGLE_ADDRESS", "https://place.example/mingle", "without a path"),
        ("ALLOWED_HOSTS", "*", "name the hosts"),
        ("MINGLE_MAIL", "mail.place.example", "cannot be read"),
        ("MINGLE_MAIL", "smtp://mail.place.example:port", "cannot be read"),
        ("MINGLE_PROXIES", "one", "not a whole number"),
        ("MINGLE_CACHE", "cache.place.example:6379", "redis://user:password@host:6379/0"),
    ],
)
def test_wrong_value_is_said_in_words(name, value, words) -> None:
    given = Environment({**COMPLETE, name: value})
    given.secret("SECRET_KEY")
    given.sealing_keys("MINGLE_CONCERN_KEYS")
    given.hosts("ALLOWED_HOSTS", given.address("MINGLE_ADDRESS"))
    given.mail("MINGLE_MAIL")
    given.number("MINGLE_PROXIES", 1)
    given.cache("MINGLE_CACHE", {})
    [problem] = given.problems
    assert problem.startswith(name)
    assert words in problem


def test_mail_server_is_read_from_its_address() -> None:
    assert Environment(COMPLETE).mail("MINGLE_MAIL") == {
        "EMAIL_HOST": "mail.place.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "post@place",
        "EMAIL_HOST_PASSWORD": "se/cret",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
    }


def test_hosts_are_the_address_unless_others_are_named() -> None:
    assert Environment({}).hosts("ALLOWED_HOSTS", "https://a.example") == ["a.example"]
    assert Environment({"ALLOWED_HOSTS": "a.example, b.example"}).hosts("ALLOWED_HOSTS", "") == [
        "a.example",
        "b.example",
    ]


def test_keys_of_concerns_are_read_in_their_order() -> None:
    first, second = (kept.sealing_key() for _each in range(2))
    given = Environment({"MINGLE_CONCERN_KEYS": f"{first}, {second},"})
    assert (given.sealing_keys("MINGLE_CONCERN_KEYS"), given.problems) == ([first, second], [])


def test_limits_are_kept_in_the_database_unless_a_server_is_named() -> None:
    ours = {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}
    assert Environment({}).cache("MINGLE_CACHE", ours) == ours
    address = "rediss://:se%2Fcret@cache.place.example:6380/1"
    assert Environment({"MINGLE_CACHE": address}).cache("MINGLE_CACHE", ours) == {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
    }


def test_production_with_such_a_server_passes_the_deployment_checks() -> None:
    named = {"MINGLE_CACHE": "redis://localhost:6379/0", "SECRET_KEY_BEFORE": COMPLETE["SECRET_KEY"][::-1]}
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE, **named)
    assert checked.returncode == 0, checked.stderr


def test_secret_is_made_once_and_for_its_owner_only(tmp_path) -> None:
    path = tmp_path / "new" / "secret"
    first = kept_secret(path)
    assert (kept_secret(path), path.stat().st_mode & 0o777) == (first, 0o600)
    assert [found.name for found in path.parent.iterdir()] == ["secret"]


@pytest.mark.parametrize(
    ("address", "ours"),
    [("127.0.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True), ("192.0.2.7", False), ("", False)],
)
def test_demonstration_answers_its_own_machine_only(address, ours) -> None:
    assert is_loopback(address) is ours
    said: list[str] = []
    site = loopback_only(lambda environ, start: [b"the site"])
    body = site({"REMOTE_ADDR": address}, lambda status, headers: said.append(status))
    assert (b"".join(body) == b"the site") is ours
    assert said == ([] if ours else ["403 Forbidden"])


def test_server_of_the_demonstration_refuses_other_interfaces(tmp_path) -> None:
    started = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", ROOT / "gunicorn.conf.py", "-b", "0.0.0.0:0"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mingle.settings.demo",
            "MINGLE_DATA_DIR": str(tmp_path),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode != 0
    assert "listens on 127.0.0.1 only, not on 0.0.0.0" in started.stdout + started.stderr


def test_errors_are_written_down_without_the_query(tmp_path) -> None:
    """Django itself says nothing of a 500 where DEBUG is off."""
    asks = (
        "import django\n"
        "from django.conf import settings\n"
        "plain = 'django.contrib.staticfiles.storage.StaticFilesStorage'\n"
        "settings.STORAGES['staticfiles'] = {'BACKEND': plain}\n"
        "django.setup()\n"
        "from django.test import Client\n"
        "def fail(request): raise ValueError('broken on purpose')\n"
        "from django.urls import path\n"
        "import mingle.urls; mingle.urls.urlpatterns.insert(0, path('broken', fail))\n"
        "Client(raise_request_exception=False).get('/broken?near=HX1+1UJ', headers={'host': 'localhost'})\n"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "mingle.settings.demo",
        "MINGLE_DATA_DIR": str(tmp_path),
    }
    environment["PYTHONPATH"] = f"{ROOT / 'site'}{os.pathsep}{ROOT}"
    said = subprocess.run(
        [sys.executable, "-c", asks], env=environment, capture_output=True, text=True, check=False
    )
    assert "ERROR django.request: Internal Server Error: /broken" in said.stderr
    assert "ValueError: broken on purpose" in said.stderr
    assert "HX1" not in said.stderr


@pytest.mark.parametrize(
    ("value", "problems"),
    [
        ("", 0),
        ("https://tiles.example/{z}/{x}/{y}.png", 0),
        ("https://{s}.tiles.example:8443/maps/{z}/{x}/{y}@2x.png?key=1", 0),
        ("http://tiles.example/{z}/{x}/{y}.png", 1),
        ("https://tiles.example/{z}/{x}.png", 1),
        ("https://tiles.example; script-src */{z}/{x}/{y}.png", 1),
        ("https://tiles.example/{z}/{x}/{y}.png; script-src *", 1),
    ],
)
def test_tiles_are_a_pattern_that_fits_into_a_policy(value: str, problems: int) -> None:
    given = Environment({"MINGLE_TILES": value})
    assert given.tiles("MINGLE_TILES") == value
    assert len(given.problems) == problems
