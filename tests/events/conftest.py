"""Time stands still in these tests: whatever their dates are, they are always as far away as today."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.datetime], None]:
    """Noon on Monday 23 November 2026, until a test calls `clock(moment)`."""

    def set_to(moment: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    set_to(NOW)
    return set_to
