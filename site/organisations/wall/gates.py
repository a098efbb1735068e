"""Which views of the CMS are open, to whom, and what they may be asked about.

For anyone who is not platform staff a view answers 404 unless it is opened here; so does an open one when its
address, query or form names something that is not the person's. What an address holds and no check looks at
is refused too. An app opens its own views where it registers them, in `wagtail_hooks.py`:

    gates.open_to(OFFICERS, "desk:index")
    gates.open_to(OFFICERS, "desk:application", pk=gates.by_the_view)
    gates.open_to(permissions.is_lead, "concerns:index")
"""

import dataclasses
import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import Resolver404, resolve

from accounts.models import User
from accounts.requests import SignedIn
from organisations import permissions
from places.permissions import is_platform_staff


class Who(enum.Flag):
    """Those who use the CMS without being platform staff."""

    NOBODY = 0
    ORGANISERS = enum.auto()
    OFFICERS = enum.auto()


ORGANISERS, OFFICERS = Who.ORGANISERS, Who.OFFICERS
BOTH = ORGANISERS | OFFICERS

Address = Mapping[str, Any]
Somebody = Who | Callable[[User], bool]  # one of the two, or whoever a predicate says
Check = Callable[[User, str, Address], bool]
Instead = Callable[[SignedIn, Address], HttpResponse | None]


@dataclasses.dataclass(frozen=True, slots=True)
class Gate:
    """An open view. `address` and `asked` say by which check each name in the address, or in query and form,
    is let through; `instead` may answer in the view's place."""

    who: Somebody
    address: Mapping[str, Check]
    asked: Mapping[str, Check]
    instead: Instead | None = None


_gates: dict[str, Gate] = {}
# For whoever has not signed in, and so for everybody: pages on which one does, and files they are made of.
_doors: set[str] = set()


def open_to(
    who: Somebody,
    *names: str,
    asked: Mapping[str, Check] | None = None,
    instead: Instead | None = None,
    **address: Check,
) -> None:
    """Open views by their full names. Opening one twice is a mistake that would hide one of the two."""
    for name in names:
        if name in _gates:
            raise ValueError(f"{name} is open already")
        _gates[name] = Gate(who, address, asked or {}, instead)


def open_to_everybody(*names: str) -> None:
    """Views that say nothing of anybody, signed in or not."""
    _doors.update(names)


def by_the_view(_user: User, _value: str, _address: Address) -> bool:
    """The view itself looks up what is named among the person's own rows."""
    return True


def one_of(*values: str) -> Check:
    """A word and no id."""
    return lambda _user, value, _address: value in values


def nothing(_user: User, _value: str, _address: Address) -> bool:
    """What must not be asked at all."""
    return False


def is_door(name: str) -> bool:
    return name in _doors


def who_is(request: SignedIn) -> Who:
    """Both, one or none."""
    organiser, officer = permissions.parts_of(request.user)
    return (ORGANISERS if organiser else Who.NOBODY) | (OFFICERS if officer else Who.NOBODY)


def gate(name: str, request: SignedIn) -> Gate | None:
    """The open view of that name, if it is open to whoever asks."""
    found = _gates.get(name)
    if found is None:
        return None
    theirs = found.who & who_is(request) if isinstance(found.who, Who) else found.who(request.user)
    return found if theirs else None


def passes(gate: Gate, request: SignedIn, address: Address) -> bool:
    """Whether all that the request names is the person's own."""
    user = request.user
    if not all(
        name in gate.address and gate.address[name](user, str(value), address)
        for name, value in address.items()
    ):
        return False
    return all(
        check(user, value, address) for name, check in gate.asked.items() for value in _asked(request, name)
    )


def _asked(request: SignedIn, name: str) -> Iterable[str]:
    given = [*request.GET.getlist(name), *request.POST.getlist(name)]
    return [value for value in given if value]


def leads_somewhere(request: SignedIn, address: str) -> bool:
    """Whether a link in a menu leads to a view that is open to whoever looks at it."""
    if is_platform_staff(request.user):
        return True
    try:
        name = resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return False
    return is_door(name) or gate(name, request) is not None
