"""The second wall: whose rows a request may see, whatever its view forgot to ask.

In the CMS one person is in hand. A manager made of `TheirManager` then gives the rows that a rule says are
theirs, and none where there is no rule: a forgotten filter shows nothing rather than everything. Jobs,
visitors and platform staff have nobody in hand and see what they ask for. Related objects that are read from
a row (`activity.venue`) and what Django checks by itself go past it: who sees the row may see what it names.
"""

import functools
import operator
from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser as Person
from django.db import models
from django.db.models import Model, Q, QuerySet

Rule = Callable[[Any], Q]

_person: ContextVar[Person | None] = ContextVar("person_in_hand", default=None)
_rules: dict[type[Model], list[Rule]] = {}


def rule(model: type[Model], theirs: Rule) -> None:
    """Say which rows of a model are a person's. Apps do it when they are ready; what any says counts."""
    _rules.setdefault(model, []).append(theirs)


@contextmanager
def held_by(person: Person | None) -> Generator[None]:
    """What follows is that person's request; None opens the wall again."""
    token = _person.set(person)
    try:
        yield
    finally:
        _person.reset(token)


def anybody() -> bool:
    """Whether somebody's request is being answered."""
    return _person.get() is not None


def theirs(rows: QuerySet) -> QuerySet:
    """The rows that the person in hand may see."""
    person = _person.get()
    if person is None:
        return rows
    found = [each(person) for each in _rules.get(rows.model, ())]
    return rows.filter(functools.reduce(operator.or_, found)) if found else rows.none()


def narrow(rows: QuerySet) -> QuerySet:
    """The same for rows of any model: those without a rule are nobody's secret."""
    return theirs(rows) if rows.model in _rules else rows


class TheirManager(models.Manager):
    """A manager that knows who is in hand. With a queryset class: `TheirManager.from_queryset(…)()`."""

    def get_queryset(self) -> QuerySet:
        return theirs(super().get_queryset())
