"""What nearly every page asks about whoever is signed in: it comes with their row, in the same query.

Whoever stands above this app gives a fact a name in its `ready()`. One is as old as the request, no older.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, QuerySet, When

from accounts.models import User

# A condition on people, made when it is asked: apps are not ready yet when they say it.
Fact = Callable[[], Q]
# Keys that belong to the person of that key.
Keys = Callable[[Any], QuerySet]

_facts: dict[str, Fact] = {}
_keys: dict[str, Keys] = {}


def known_as(name: str, fact: Fact) -> None:
    """Conditions must not multiply rows: what lies behind a key is asked with `Exists`."""
    _facts[name] = fact
    _with_all_known.cache_clear()


def keys_known_as(name: str, keys: Keys) -> None:
    """A few numbers of each person, so that a query of their rows need not look for them again."""
    _keys[name] = keys
    _with_all_known.cache_clear()


def people() -> QuerySet[User]:
    """With all that is known, and with Wagtail's own row of each."""
    return _with_all_known().all()


@functools.cache
def _with_all_known() -> QuerySet[User]:
    """Conditions say nothing of the hour, so the question is made once. It is asked with every request, and
    making it costs as much as asking it."""
    known = {_column(name): Case(When(fact(), then=True), default=False) for name, fact in _facts.items()}
    lists = {_column(name): ArraySubquery(keys(OuterRef("pk"))) for name, keys in _keys.items()}
    return User.objects.select_related("wagtail_userprofile").annotate(**known, **lists)


def of(user: User, name: str) -> bool:
    """As the request found it; of anybody else it is asked now."""
    known = getattr(user, _column(name), None)
    return User.objects.filter(_facts[name](), pk=user.pk).exists() if known is None else known


def keys_of(user: User, name: str) -> list[int] | QuerySet:
    """As the request found them; of anybody else they are looked for by the query that needs them."""
    known = getattr(user, _column(name), None)
    return _keys[name](user.pk) if known is None else known


def _column(name: str) -> str:
    return f"known_{name}"
