"""Pages at which nobody arrives by their address: what a press leads to, and what is said of a fault.

They are made by this process and shown at an address of the live site, whose stylesheets they have.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext

from events.actions import confirming
from events.models import Activity
from tests.factories.answers import send
from tests.journeys import faults, looks
from tests.journeys.pages import EVERYTHING, OPEN_CODE, Shown
from tests.journeys.test_valid_html import complaints
from tests.journeys.test_valid_html import validator as validator  # the fixture

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
FAULTS = ("400", "403", "429", "500", "503")


def _press(client: Client, path: str, **said: str) -> str:
    """What comes of the form at this address, with its hidden fields."""
    fields = dict(FIELD.findall(client.get(path).content.decode()))
    answer = client.post(path, {**fields, **said})
    assert answer.status_code == 200
    return answer.content.decode()


def _link_of_the_mail() -> str:
    activity = Activity.objects.get(uuid=EVERYTHING)
    return f"/confirm/{confirming.token(activity, confirming.season_of(timezone.localdate()))}/"


PRESSED: dict[str, Callable[[Client], str]] = {
    "answer-thanks": lambda client: send(client, f"/r/{OPEN_CODE}").content.decode(),
    "answer-thanks-kiosk": lambda client: send(client, f"/r/{OPEN_CODE}/kiosk").content.decode(),
    "concern-sent": lambda client: _press(client, "/concern/", what="A helper shouts", website=""),
    "confirm": lambda client: client.get(_link_of_the_mail()).content.decode(),
    "confirm-done": lambda client: _press(client, _link_of_the_mail()),
    **{fault: lambda client, fault=fault: render_to_string(f"{fault}.html") for fault in FAULTS},
}


@pytest.mark.parametrize("name", PRESSED)
def test_page_has_no_fault_in_any_state(client: Client, context: BrowserContext, axe: str, name: str) -> None:
    shown, markup = Shown(name, f"/shown/{name}/"), PRESSED[name](client)
    page = context.new_page()
    page.route(f"**{shown.path}", lambda route: route.fulfill(body=markup, content_type="text/html"))
    heard = faults.listen(page, shown)
    found = faults.faults_in(page, shown, axe, looks.LOOKS)
    page.close()
    assert found == []
    assert heard == []


def test_pages_are_valid(client: Client, every_page: object, validator: list[str], tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.html" for name in PRESSED]
    for file in files:
        file.write_text(PRESSED[file.stem](client), encoding="utf-8")
        assert "<h1" in file.read_text(encoding="utf-8")
    assert complaints(validator, files) == []
