"""Forms without a cookie: where they come from, how old they are, how many."""

import datetime

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from organisations import visitor_forms


def post(**headers: str) -> HttpRequest:
    return RequestFactory().post("/concern/", headers=headers)


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, False),
        ({"origin": "http://testserver"}, True),
        ({"origin": "https://elsewhere.example"}, False),
        ({"origin": "http://testserver.elsewhere.example"}, False),
        ({"origin": "null"}, False),
        ({}, True),
    ],
)
def test_only_our_own_pages_send_forms(headers: dict[str, str], ours: bool) -> None:
    assert visitor_forms.is_from_here(post(**headers)) is ours


def test_token_is_good_for_its_form_and_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    token = visitor_forms.token("concern")
    assert visitor_forms.is_good("concern", token) is True
    assert [visitor_forms.is_good("concern", sent) for sent in ("", "made:up:token", f"{token}x")] == [
        False
    ] * 3
    assert visitor_forms.is_good("register", token) is False
    assert token != visitor_forms.token("concern")
    assert len(token) < 70
    later = signing.time.time() + datetime.timedelta(days=1, minutes=1).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert visitor_forms.is_good("concern", token) is False


@pytest.mark.django_db
def test_one_address_is_counted_by_the_hour_and_kept_nowhere() -> None:
    one, other = post(), post()
    other.META["REMOTE_ADDR"] = "192.0.2.9"
    assert [visitor_forms.may_send(one, "concern", an_hour=3) for _time in range(4)] == [True] * 3 + [False]
    assert visitor_forms.may_send(other, "concern", an_hour=3) is True
    assert visitor_forms.may_send(one, "register", an_hour=3) is True
    keys = " ".join(_kept_keys())
    assert ("sent:concern" in keys, "192.0.2.9" in keys, "127.0.0.1" in keys) == (True, False, False)


@pytest.mark.django_db
def test_what_was_sent_is_remembered_for_the_whole_hour() -> None:
    """Django's cache in the database would forget it five minutes after the last one."""
    visitor_forms.may_send(post(), "concern", an_hour=3)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT expires FROM {cache._table} WHERE cache_key LIKE '%sent:concern:%'")
        (expires,) = [row[0] for row in cursor.fetchall()]
    assert expires - timezone.now() > datetime.timedelta(hours=1, minutes=59)


def _kept_keys() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {cache._table}")
        return [key for (key,) in cursor.fetchall()]
