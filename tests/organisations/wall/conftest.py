"""The world that is crawled, and the hour at which it is."""

import datetime
import functools
import logging
import os
import random
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import client, override_settings
from django.utils import timezone
from wagtail.models import sites

from events import index
from mingle import urls
from tests.organisations.wall import world

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Most answers are this one: our page with its menus says the same, ten times as slowly."""
    return HttpResponseNotFound(b"Nothing here.")


def not_kept(*_: object, **__: object) -> None:
    """Django's client keeps a copy of all that each template was given. The crawl reads what came of it."""


@pytest.fixture
def camps(built: world.World, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> world.World:
    """Whatever stands in the order of uuids stands in the same one at each run."""
    monkeypatch.setattr(os, "urandom", same_each_time(request.node.name))
    return built


def same_each_time(word: str) -> Callable[[int], bytes]:
    return random.Random(word).randbytes  # noqa: S311


@pytest.fixture(scope="module")
def built(committed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.World]:
    """Built once; each crawl takes back what it did. There is one site, so that it is looked for once."""
    patch = pytest.MonkeyPatch()
    patch.setattr(timezone, "now", lambda: NOW)
    patch.setattr(os, "urandom", same_each_time("the world"))
    patch.setattr(urls, "handler404", not_there, raising=False)
    patch.setattr(client, "store_rendered_templates", not_kept)
    logging.disable(logging.ERROR)
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        # Not in the database, where a request that is taken back takes the session back too.
        SESSION_ENGINE="django.contrib.sessions.backends.file",
        SESSION_FILE_PATH=tmp_path_factory.mktemp("sessions"),
    ):
        made = world.build()
        patch.setattr(sites, "get_site_for_hostname", functools.cache(sites.get_site_for_hostname))
        yield made
    logging.disable(logging.NOTSET)
    patch.undo()
    index.forget()
