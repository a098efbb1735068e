import pytest

from pages.actions import tree
from tests.factories.organisations import make_place


@pytest.fixture(autouse=True)
def _page_tree(db: None) -> None:
    tree.plant()
    make_place()
