import datetime
from collections.abc import Iterator

import pytest

from mingle.demo import clock
from pages.actions import tree
from tests.factories.organisations import make_place


@pytest.fixture(autouse=True)
def _page_tree(db: None) -> None:
    tree.plant()
    make_place()


@pytest.fixture
def in_november() -> Iterator[None]:
    """Early in a school year, so that what is planned for some weeks ahead lies in it."""
    with clock.at(datetime.datetime(2026, 11, 27, 9, tzinfo=datetime.UTC)):
        yield
