"""Named places on the pages of organisations that higher apps fill in their `ready()`.

This app may not import what stands above it, and an organisation's page lists what is on: so the page asks
whoever has filled the slot.
"""

import dataclasses
import datetime
from collections.abc import Callable, Mapping
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


@dataclasses.dataclass(frozen=True, slots=True)
class Pile:
    """Things that wait for an officer: lines with the address where each is dealt with."""

    title: str
    lines: tuple[tuple[str, str], ...]
    none: str
    """What is said where nothing waits."""


class Desk:
    """Higher apps put what waits for an officer on the desk, in the order in which they came."""

    def __init__(self) -> None:
        self._fillers: list[Callable[[User, datetime.datetime], Pile]] = []

    def fill(self, filler: Callable[[User, datetime.datetime], Pile]) -> None:
        """Filling twice with the same function changes nothing."""
        if filler not in self._fillers:
            self._fillers.append(filler)

    def piles(self, user: User, now: datetime.datetime) -> list[Pile]:
        return [filler(user, now) for filler in self._fillers]


WHATS_ON = Slot()  # on an organisation's page
ELSEWHERE = Slot()  # where an organisation was and is no longer
DESK = Desk()  # of the officers, in the CMS
