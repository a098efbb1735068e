"""The roles and the mail: there in the demonstration, and nowhere else."""

import base64
import os
import re
import string
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import send_mail
from django.test import Client, override_settings

from mingle.demo import loading, reading
from mingle.demo.roles import ROLES

Load = Callable[[], loading.Loaded]
ASK = """
import django
django.setup()
from django.urls import Resolver404, resolve
for path in ("/demo/", "/demo/mail/", "/demo/as/officer/", "/design/"):
    try:
        print(path, resolve(path).func.__module__.startswith("mingle.demo"))
    except Resolver404:
        print(path, False)
"""


@pytest.mark.django_db
def test_other_settings_know_no_demonstration(client: Client) -> None:
    for path in ("/demo/", "/demo/mail/", "/demo/as/officer/", "/design/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in {404, 405}
    assert settings.SESSION_COOKIE_NAME not in client.cookies


@pytest.mark.parametrize(
    ("which", "known"), [("production", False), ("dev", False), ("test", False), ("demo", True)]
)
def test_only_the_demonstrations_settings_route_to_it(which: str, known: bool, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": f"mingle.settings.{which}",
        "MINGLE_DATA_DIR": str(tmp_path),
        "SECRET_KEY": string.printable.strip(),
        "MINGLE_CONCERN_KEYS": base64.urlsafe_b64encode(bytes(32)).decode(),
        "DATABASE_URL": "postgres://nobody@localhost/nothing",
        "MINGLE_ADDRESS": "https://mingle.example",
        "MINGLE_MAIL_FROM": "Mingle <hello@mingle.example>",
        "MINGLE_MAIL": "smtp://localhost",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert [line.split()[1] for line in done.stdout.splitlines()] == [str(known)] * 4


def test_each_role_has_one_button_and_five_things_to_try(demo_settings: None, db: None) -> None:
    body = Client().get("/demo/").content.decode()
    assert [role.slug for role in ROLES] == [
        "visitor",
        "club",
        "teacher",
        "recorder",
        "officer",
        "lead",
    ]
    for role in ROLES:
        assert len(role.tries) == 5
        assert body.count(f'action="/demo/as/{role.slug}/"') == 1


def test_the_form_of_the_session_that_is_open_now_is_a_press_away(loaded: Load) -> None:
    address = re.search(r'href="(/r/[0-9a-z]{8})"', Client().get("/demo/").content.decode())[1]
    assert "I would rather not say" in Client().get(address).content.decode()


def test_a_button_signs_in_and_leads_to_where_the_role_begins(loaded: Load) -> None:
    for role in ROLES[1:]:
        client = Client()
        response = client.post(f"/demo/as/{role.slug}/")
        assert (response.status_code, response.headers["Location"]) == (302, role.start)
        assert f"<strong>{role.person.first_name}" in client.get("/demo/").content.decode()


def test_everything_to_try_is_there_for_its_role(loaded: Load, tmp_path: Path) -> None:
    """A recorder is told to try the CMS, which leads back to the dates. One club is not in this small one."""
    missing = "/organise/mixing/brig-otters/"
    assert "brig-otters" in reading.organisations()
    for role in ROLES:
        client = Client()
        client.post(f"/demo/as/{role.slug}/")
        for path in {path for _words, path in role.tries} - {missing}:
            with override_settings(EMAIL_FILE_PATH=str(tmp_path)):
                last = client.get(path, follow=True)
            led_to = "/organise/" if (role.slug, path) == ("recorder", "/cms/") else path.partition("?")[0]
            assert (last.status_code, last.request["PATH_INFO"]) == (200, led_to)


def test_the_code_of_a_role_that_needs_one_is_shown_and_opens_it_by_hand(loaded: Load) -> None:
    """The officer's, then the safeguarding lead's; the others sign in with the password alone."""
    code, _leads = re.findall(r"Now it is <strong>(\d{6})</strong>", Client().get("/demo/").content.decode())
    client = Client()
    asked = client.post("/accounts/login/", {"login": "officer@demo.example", "password": "mingle-demo"})
    assert asked.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.post(asked.headers["Location"], {"code": code}).headers["Location"] == "/cms/"
    for name in ("club", "school", "recorder"):
        client = Client()
        client.post("/accounts/login/", {"login": f"{name}@demo.example", "password": "mingle-demo"})
        assert "_auth_user_id" in client.session


def test_the_visitors_button_signs_out(loaded: Load) -> None:
    client = Client()
    client.post("/demo/as/officer/")
    assert client.post("/demo/as/visitor/").headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_a_role_is_taken_by_a_form_with_its_token_only(loaded: Load) -> None:
    assert Client().get("/demo/as/officer/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/demo/as/officer/").status_code == 403
    assert Client().post("/demo/as/nobody/").status_code == 404


def test_every_mail_is_shown_as_text(demo_settings: Any, db: None, tmp_path: Path) -> None:
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend", EMAIL_FILE_PATH=tmp_path
    ):
        assert "No mail yet" in Client().get("/demo/mail/").content.decode()
        send_mail("Hello <b>", "Go to http://localhost/x <script>", "a@x.example", ["b@x.example"])
        body = Client().get("/demo/mail/").content.decode()
    assert "Hello &lt;b&gt;" in body
    assert 'href="http://localhost/x"' in body
    assert "<script>" not in body
