"""Named places on the pages of organisations that higher apps fill in their `ready()`.

This app may not import what stands above it, and an organisation's page lists what is on: so the page asks
whoever has filled the slot.
"""

import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from accounts.models import User
from organisations.models import Organisation


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A piece of a page: a template, what it shows, and when that changes by itself."""

    template: str
    context: Mapping[str, Any]
    changes_at: tuple[datetime.datetime, ...] = ()


Filler = Callable[[Organisation, datetime.datetime, int | None], Part | None]


class Slot:
    """Parts stand in the order in which the apps filled the slot."""

    def __init__(self) -> None:
        self._fillers: list[Filler] = []

    def fill(self, filler: Filler) -> None:
        """Filling twice with the same function changes nothing."""
        if filler not in self._fillers:
            self._fillers.append(filler)

    def parts(
        self, organisation: Organisation, now: datetime.datetime, generation: int | None = None
    ) -> list[Part]:
        """`generation` is the number that the page is built for, where it is known."""
        given = (filler(organisation, now, generation) for filler in self._fillers)
        return [part for part in given if part is not None]


HomeFiller = Callable[[User, Sequence[Organisation], datetime.datetime], Part | None]


class HomeSlot:
    """The first page of the CMS, for one person and the organisations that they are an owner or editor of."""

    def __init__(self) -> None:
        self._fillers: list[HomeFiller] = []

    def fill(self, filler: HomeFiller) -> None:
        """Filling twice with the same function changes nothing."""
        if filler not in self._fillers:
            self._fillers.append(filler)

    def parts(self, user: User, mine: Sequence[Organisation], now: datetime.datetime) -> list[Part]:
        given = (filler(user, mine, now) for filler in self._fillers)
        return [part for part in given if part is not None]


WHATS_ON = Slot()  # on an organisation's page
ELSEWHERE = Slot()  # where an organisation was and is no longer
HOME = HomeSlot()  # the first page of the CMS, for organisers and officers
