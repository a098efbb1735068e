"""The world that is crawled, and the hour at which it is."""

import datetime
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import override_settings
from django.utils import timezone

from events import index
from mingle import urls
from tests.organisations.wall import world

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


def not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Most answers are this one: our page with its menus says the same, ten times as slowly."""
    return HttpResponseNotFound(b"Nothing here.")


@pytest.fixture(scope="module")
def camps(committed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.World]:
    """Built once; each crawl takes back what it did."""
    patch = pytest.MonkeyPatch()
    patch.setattr(timezone, "now", lambda: NOW)
    patch.setattr(urls, "handler404", not_there, raising=False)
    logging.disable(logging.ERROR)
    with override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        # Not in the database, where a request that is taken back takes the session back too.
        SESSION_ENGINE="django.contrib.sessions.backends.file",
        SESSION_FILE_PATH=tmp_path_factory.mktemp("sessions"),
    ):
        yield world.build()
    logging.disable(logging.NOTSET)
    patch.undo()
    index.forget()
