"""A canary postcode: a whole one is asked for everywhere and stands in no table, log, cache, link or feed."""

import logging
import re

import pytest
from django.test import Client
from django.urls import reverse

from events.feeds import remembering, words_store
from events.models import FeedTag
from organisations import page_cache
from tests.factories.activities import make_activity
from tests.factories.postcodes import make_outcode, make_postcode
from tests.mingle import test_no_trace
from tests.organisations.test_concerns_leave_no_trace import whole_database

pytestmark = pytest.mark.django_db

CANARY = re.compile(r"hx1(\W|%20|\+)*1uj", re.IGNORECASE)
SPELLINGS = ["HX1 1UJ", "hx11uj", "HX1  1uj", " hx1\u00a01uj "]
ADDRESSES = ["browse", "calendar", "map_points", "embed", "search_card", "organisers", "schools", "home"]
QUERIES = ["near={}", "near={}&radius=3&sort=distance", "near={}&view=calendar", "near={}&view=map", "q={}"]


@pytest.fixture(autouse=True)
def _known() -> None:
    make_outcode("HX1")
    make_postcode("HX11UJ")
    make_activity("Street football")
    test_no_trace.forget()


def search() -> list[str]:
    """Ask for it in each spelling; where each question was led, and what it was answered there."""
    told = []
    for name in ADDRESSES:
        for query in QUERIES:
            for spelt in SPELLINGS:
                answer = Client().get(f"{reverse(name)}?{query.format(spelt)}", follow=True)
                assert answer.status_code < 500
                if query == "q={}" or name not in {"browse", "calendar", "map_points"}:
                    continue  # what stands in the box is what they typed
                body = b"".join(answer) if answer.streaming else answer.content
                told.append(f"{answer.redirect_chain} {answer.headers} {body.decode('latin-1')}")
    return told


def kept_between_requests() -> list[str]:
    """The beginnings of what a worker keeps in memory with it: pages, questions of feeds and lists."""
    kept = [f"{key} {entry}" for key, entry in page_cache.pages._entries.items()]
    kept += [
        repr(value) for store in (remembering.memory, words_store.store) for value in vars(store).values()
    ]
    return [text[:200] for text in kept if CANARY.search(text)]


def test_it_is_led_to_an_address_that_says_less(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = search()
    assert [text[:200] for text in told if CANARY.search(text)] == []
    assert len(told) == 3 * 4 * len(SPELLINGS)
    assert CANARY.search(caplog.text) is None


def test_it_is_in_no_table_and_no_cache() -> None:
    search()
    assert FeedTag.objects.exists()
    tables = {row.partition(" ")[0] for row in whole_database().splitlines() if CANARY.search(row)}
    assert tables == {"places_postcode"}
    assert kept_between_requests() == []


def test_where_it_were_kept_it_would_be_found() -> None:
    address = "/activities/?near=hx1+1uj"
    page_cache.pages._entries[address,] = None
    assert kept_between_requests() == [f"('{address}',) None"]
    test_no_trace.forget()
