"""What a visitor reads where there is nothing to show, in words and with a way on."""

import re

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.test import Client

from organisations.models import Generation, Organisation, State
from tests.factories.activities import make_activity


def said(answer: HttpResponse) -> tuple[int, str, str]:
    """The status, the heading and the first sentences below it."""
    page = answer.content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    lead = re.search(r'<p class="lead">(.*?)</p>', page, re.DOTALL)
    assert heading
    assert lead
    return answer.status_code, heading[1].strip(), lead[1].strip()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/no-such-page/", "/organisers/nobody/", "/organisers/nobody/nothing/"])
def test_what_never_was_is_404_in_words(client: Client, address: str) -> None:
    assert said(client.get(address)) == (
        404,
        "We can’t find that page",
        "There may be a small mistake in the address. Or the page was never here.",
    )


@pytest.mark.django_db
def test_what_was_taken_down_is_410_in_words(client: Client) -> None:
    activity = make_activity()
    Organisation.objects.filter(pk=activity.host_id).update(state=State.SUSPENDED)
    Generation.objects.raised()
    for address in (activity.url, activity.host.page.url):
        assert said(client.get(address)) == (
            410,
            "This is no longer on",
            "The page you are looking for was taken down. There is plenty else to do.",
        )


@pytest.mark.django_db
def test_what_fails_is_500_in_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr("events.views.browse.parse", fail)
    client.raise_request_exception = False
    assert said(client.get("/activities/?q=quite-new")) == (
        500,
        "Something went wrong on our side",
        "It is not your fault. We have made a note of it. Try again in a minute, or try another way:",
    )


@pytest.mark.parametrize("address", ["/", "/activities/?q=quite-new", "/organisers/nobody/"])
def test_without_the_database_it_is_503_in_words_on_every_page(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def away(connection: BaseDatabaseWrapper) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", away)
    client.raise_request_exception = False
    answer = client.get(address)
    assert said(answer) == (
        503,
        "Back in a moment",
        "We are mending something. Nothing you saved is lost. Wait a minute, then load this page again.",
    )
    assert answer.headers["Retry-After"] == "30"
