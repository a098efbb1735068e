"""A small demonstration: three organisations of the real content, with the postcodes they need."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.test import override_settings

import mingle.urls  # noqa: F401 - while the settings are still everybody's
from mingle.demo import loading, reading
from places.models import Postcode

SOME = ("calder-swifts", "lantern-hill-academy", "crossways-youth")


@pytest.fixture
def demo_settings() -> Any:
    with override_settings(DEMO=True, ROOT_URLCONF="tests.mingle.demo.urls"):
        yield


@pytest.fixture(scope="module")
def small(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[[], loading.Loaded]]:
    """Loaded once for a file of tests, in a transaction that ends with it; called, it loads again."""
    everything = reading.organisations()
    some = {slug: everything[slug] for slug in SOME}

    def load() -> loading.Loaded:
        with mock.patch.object(reading, "organisations", return_value=some):
            return loading.load(lambda line: None)

    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, ROOT_URLCONF="tests.mingle.demo.urls"),
        transaction.atomic(),
    ):
        Postcode.objects.bulk_create(
            Postcode(code=code, latitude=53.72, longitude=-1.86, area_code="E08000033")
            for code in {venue["postcode"].replace(" ", "") for venue in reading.venues().values()}
        )
        load()
        yield load
        transaction.set_rollback(True)


@pytest.fixture
def loaded(small: Callable[[], loading.Loaded]) -> Iterator[Callable[[], loading.Loaded]]:
    """What one test changes, the next does not see."""
    with transaction.atomic():
        yield small
        transaction.set_rollback(True)
