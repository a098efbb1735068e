from collections.abc import Iterator

import pytest

from places import outcodes


@pytest.fixture(autouse=True)
def _outcodes_unknown() -> Iterator[None]:
    """What a worker remembers of outcodes must not come from another test's database."""
    outcodes.forget()
    yield
    outcodes.forget()
