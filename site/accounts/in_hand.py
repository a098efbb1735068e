"""The second wall: whose rows a request may see, whatever its view forgot to ask.

In the CMS and in the workspace one person is in hand. A manager made of `TheirManager` then gives the rows
that a rule says are theirs, and none where there is no rule: a forgotten filter shows nothing rather than
everything. Jobs, visitors and platform staff have nobody in hand and see what they ask for. Related objects
that are read from a row (`activity.venue`) and what Django checks by itself go past it: who sees the row may
see what it names.

The wall stands around reading. Actions see every row: who else has that address, whom to tell, what the other
school said. All of them are transactions, and no view begins one: inside a transaction the wall is open.
"""

import functools
import operator
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser as Person
from django.db import models, transaction
from django.db.models import Model, Q, QuerySet

Rule = Callable[[Any], Q]


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who is in hand, how many transactions were open by then, and what the rules have said so far."""

    person: Person
    transactions: int
    said: dict[type[Model], Q | None] = field(default_factory=dict)


_hand: ContextVar[_Hand | None] = ContextVar("in_hand", default=None)
_rules: dict[type[Model], list[Rule]] = {}


def rule(model: type[Model], theirs: Rule) -> None:
    """Say which rows of a model are a person's. Apps do it when they are ready; what any says counts."""
    _rules.setdefault(model, []).append(theirs)


@contextmanager
def held_by(person: Person | None) -> Generator[None]:
    """What follows is that person's request; None opens the wall again. As `@held_by(None)` it marks a
    function that itself says whose rows are whose."""
    token = _hand.set(_Hand(person, _open_transactions()) if person else None)
    try:
        yield
    finally:
        _hand.reset(token)


@contextmanager
def held_on() -> Generator[None]:
    """For a transaction that is no action: whoever is in hand stays so inside it."""
    hand = _hand.get()
    with held_by(hand.person if hand else None):
        yield


def anybody() -> bool:
    """Whether somebody's request is being answered."""
    return _hand.get() is not None


def theirs(rows: QuerySet) -> QuerySet:
    """The rows that the person in hand may see."""
    hand = _hand.get()
    if hand is None or _open_transactions() > hand.transactions:
        return rows
    if rows.model not in hand.said:
        hand.said[rows.model] = _what_is_said(rows.model, hand.person)
    said = hand.said[rows.model]
    return rows.none() if said is None else rows.filter(said)


def narrow(rows: QuerySet) -> QuerySet:
    """The same for rows of any model: those without a rule are nobody's secret."""
    return theirs(rows) if rows.model in _rules else rows


def _what_is_said(model: type[Model], person: Person) -> Q | None:
    """Rules are not held to rules."""
    with held_by(None):
        found = [each(person) for each in _rules.get(model, ())]
    return functools.reduce(operator.or_, found) if found else None


def _open_transactions() -> int:
    return len(transaction.get_connection().atomic_blocks)


class TheirManager(models.Manager):
    """A manager that knows who is in hand. With a queryset class: `TheirManager.from_queryset(…)()`."""

    def get_queryset(self) -> QuerySet:
        return theirs(super().get_queryset())
