"""What becomes of a pair when a round is announced: whoever makes twinnings says so when the app is ready.

Until somebody does, no round can be announced, and no page offers it.
"""

from typing import Protocol

from accounts.models import User
from places.models import School


class Broker(Protocol):
    """Propose a twinning to two schools for a school year. Raises Refused or ValidationError with words."""

    def __call__(self, *, first: School, second: School, year: int, note: str, by: User) -> object: ...


class Brokering:
    def __init__(self) -> None:
        self._broker: Broker | None = None

    def fill(self, broker: Broker | None) -> None:
        self._broker = broker

    @property
    def is_there(self) -> bool:
        return self._broker is not None

    def propose(self, *, first: School, second: School, year: int, note: str, by: User) -> None:
        if self._broker is None:
            raise RuntimeError("Nobody makes twinnings here.")
        self._broker(first=first, second=second, year=year, note=note, by=by)


BROKERING = Brokering()
