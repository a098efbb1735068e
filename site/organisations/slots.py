"""Named places on the pages of organisations that higher apps fill in their `ready()`.

This app may not import what stands above it, and an organisation's page lists what is on: so the page asks
whoever has filled the slot.
"""

import dataclasses
import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from accounts.models import User
from organisations.models import Application, Organisation


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
    """Things that wait for an officer: lines, each with the address where it is dealt with, or none."""

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


class ApplyingSlot:
    """On the page of all steps of an application, for who applies."""

    def __init__(self) -> None:
        self._fillers: list[Callable[[Application], Part | None]] = []

    def fill(self, filler: Callable[[Application], Part | None]) -> None:
        """Filling twice with the same function changes nothing."""
        if filler not in self._fillers:
            self._fillers.append(filler)

    def parts(self, application: Application) -> list[Part]:
        given = (filler(application) for filler in self._fillers)
        return [part for part in given if part is not None]


WHATS_ON = Slot()  # on an organisation's page
ELSEWHERE = Slot()  # where an organisation was and is no longer
WORKSPACE = Slot()  # on an organisation's page in the workspace, for its members
APPLYING = ApplyingSlot()
DESK = Desk()  # of the officers, in the CMS
HOME = HomeSlot()  # the first page of the CMS, for organisers and officers


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """Something that an organisation offers, as the app that knows it tells of it."""

    uuid: UUID
    name: str
    host: Organisation
    involved: tuple[Organisation, ...]
    """The host and whoever runs it with them."""
    address: str
    was_public: bool
    is_public: bool
    suspended: bool


class Offers(Protocol):
    """An app that knows what organisations offer, and can take one thing off the site at once."""

    def find(self, uuid: UUID) -> Offer | None: ...

    def count_public(self, organisation: Organisation) -> int: ...

    def suspend(self, *, uuid: UUID, by: User) -> None: ...

    def lift(self, *, uuid: UUID, by: User) -> None: ...


class OffersSlot:
    """One app at most knows them. Without one nothing is offered."""

    def __init__(self) -> None:
        self._known: Offers | None = None

    def fill(self, offers: Offers) -> None:
        self._known = offers

    def find(self, uuid: UUID | None) -> Offer | None:
        return self._known.find(uuid) if self._known and uuid else None

    def count_public(self, organisation: Organisation) -> int:
        return self._known.count_public(organisation) if self._known else 0

    def suspend(self, *, uuid: UUID, by: User) -> None:
        if self._known:
            self._known.suspend(uuid=uuid, by=by)

    def lift(self, *, uuid: UUID, by: User) -> None:
        if self._known:
            self._known.lift(uuid=uuid, by=by)


OFFERS = OffersSlot()
